"""How far money would go down an order of pairs; a question only, nothing rests on the answer (R25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Reach:
    """How many pairs a budget pays, what they ask together, and what it would be with the next one, if there is one."""

    pairs: int
    asked: Decimal
    next_asked: Decimal | None


def running(asked: Sequence[Decimal | None]) -> list[Decimal]:
    """Return the sum down to each pair, in units of the currency; an amount that is not known counts as nothing."""
    sums, total = [], Decimal(0)
    for amount in asked:
        total += amount or Decimal(0)
        sums.append(total)
    return sums


def reach(asked: Sequence[Decimal | None], budget: Decimal) -> Reach:
    """Return how far ``budget`` goes when every pair, from the first on, gets all it asks for.

    The first pair that is too much ends it: no smaller one behind it is taken instead.
    """
    sums = running(asked)
    paid = sum(total <= budget for total in sums)
    return Reach(paid, sums[paid - 1] if paid else Decimal(0), sums[paid] if paid < len(sums) else None)

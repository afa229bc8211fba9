"""What a merged order would make of every pair, and how far money would go down it; nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from reviews.queries.joint import JointRow
from reviews.rules.proposals import Place
from reviews.rules.reach import Reach, reach, running
from seminars.models import CallAgency, Proposal


@dataclass(frozen=True)
class Asked:
    """What one half asks of its agency, with all before it; nothing where only a list tells of the half."""

    side: CallAgency
    amount: Decimal | None
    total: Decimal
    is_beyond: bool


@dataclass(frozen=True)
class Tried:
    """A pair at its place in the merged order, and what would become of it."""

    row: JointRow
    place: int
    reached: Place
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Money:
    """One agency's part: all that is asked of it, from how many pairs that is not known, and how far a budget goes."""

    side: CallAgency
    total: Decimal
    unknown: int
    budget: Decimal | None
    reach: Reach | None


@dataclass(frozen=True)
class WhatIf:
    """The pairs in their merged order, and each agency's money."""

    tried: Sequence[Tried]
    money: Sequence[Money]

    @property
    def both(self) -> int | None:
        """How many pairs both budgets pay, where both are given."""
        reaches = [part.reach.pairs for part in self.money if part.reach]
        return min(reaches) if len(reaches) == len(self.money) else None


def try_out(
    rows: Sequence[JointRow],
    order: Mapping[int, int],
    outcomes: Mapping[int, Place],
    sides: Sequence[CallAgency],
    budgets: Mapping[int, Decimal | None],
) -> WhatIf:
    """Put ``rows`` in the merged ``order`` (places by pair); ``budgets`` are by side, in its currency. One query."""
    ordered = sorted(rows, key=lambda row: (order[row.seminar.pk], row.seminar.pk))
    known = _asked([row.seminar.pk for row in ordered])
    money, columns = [], []
    for side in sides:
        asked = [known.get((row.seminar.pk, side.pk)) for row in ordered]
        sums, budget = running(asked), budgets.get(side.pk)
        reached = None if budget is None else reach(asked, budget)
        money.append(Money(side, sums[-1] if sums else Decimal(0), asked.count(None), budget, reached))
        end = len(asked) if reached is None else reached.pairs
        columns.append([Asked(side, *said, turn >= end) for turn, said in enumerate(zip(asked, sums, strict=True))])
    tried = [
        Tried(row, order[row.seminar.pk], outcomes[row.seminar.pk], [column[turn] for column in columns])
        for turn, row in enumerate(ordered)
    ]
    return WhatIf(tried, money)


def _asked(pairs: Sequence[int]) -> dict[tuple[int, int], Decimal]:
    """Return what each record of the pairs asks for, by pair and side."""
    records = Proposal.objects.filter(seminar__in=pairs).order_by()
    sums = records.annotate(asked=Sum(F("lines__quantity") * F("lines__unit_cost")))
    return {(pair, side): amount or Decimal(0) for pair, side, amount in sums.values_list("seminar", "side", "asked")}

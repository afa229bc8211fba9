"""Ways to merge two agencies' ranks into one order; each only proposes (R25).

All compare exact numbers: the place of each pair in an agency's order, ties sharing the average of their places, and
pairs without a rank sharing the places after the last. A better rank never makes a merged place worse, and the order
in which pairs are given does not count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Ranks = Mapping[int, int | None]
"""The rank of each pair by its id, 1 the best; nothing where it is not ranked."""


@dataclass(frozen=True)
class Order:
    """What an agency's ranks say of each pair (by id), in whole numbers: twice its place, and twice Borda's points.

    They order as the places and the points do, and are quick to compare.
    """

    doubled: Mapping[int, int]
    points: Mapping[int, int]


def places(ranks: Ranks) -> dict[int, Fraction]:
    """Return the place of each pair: ties share the average of the places they take."""
    return {pair: Fraction(doubled, 2) for pair, doubled in order_of(ranks).doubled.items()}


def order_of(ranks: Ranks) -> Order:
    """Return the order that ranks make. Borda's points are the ranked pairs behind, half of those beside."""
    tied: dict[tuple[bool, int], list[int]] = {}
    for pair, rank in ranks.items():
        tied.setdefault((rank is None, rank or 0), []).append(pair)
    doubled: dict[int, int] = {}
    before = 0
    for key in sorted(tied):
        doubled.update(dict.fromkeys(tied[key], 2 * before + len(tied[key]) + 1))
        before += len(tied[key])
    ranked = sum(rank is not None for rank in ranks.values())
    return Order(doubled, {pair: max(2 * ranked - place, 0) for pair, place in doubled.items()})


def _mean(one: Order, other: Order) -> dict[int, int]:
    # The sum orders as its half does.
    return _each(one.doubled, other.doubled, lambda a, b: a + b)


def _worse(one: Order, other: Order) -> dict[int, int]:
    return _each(one.doubled, other.doubled, max)


def _better(one: Order, other: Order) -> dict[int, int]:
    return _each(one.doubled, other.doubled, min)


def _borda(one: Order, other: Order) -> dict[int, int]:
    return _each(one.points, other.points, lambda a, b: -(a + b))


def _geometric(one: Order, other: Order) -> dict[int, int]:
    # The product orders as its square root does, and stays exact.
    return _each(one.doubled, other.doubled, lambda a, b: a * b)


def _each(one: Mapping[int, int], other: Mapping[int, int], join: Callable[[int, int], int]) -> dict[int, int]:
    return {pair: join(place, other[pair]) for pair, place in one.items()}


METHODS: dict[str, Callable[[Order, Order], dict[int, int]]] = {
    "mean": _mean,
    "worse": _worse,
    "better": _better,
    "borda": _borda,
    "geometric": _geometric,
}


def merged(method: str, one: Order, other: Order) -> dict[int, int]:
    """Return the merged place of each pair, 1 the best; ties have the same place and leave a gap after them.

    Both must order the same pairs. Raises KeyError for a method that is not in ``METHODS``.
    """
    found = METHODS[method](one, other)
    ordered = sorted(found.values())
    first: dict[int, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {pair: first[value] for pair, value in found.items()}

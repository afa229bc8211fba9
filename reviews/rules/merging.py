"""Ways to merge two agencies' ranks into one order; each only proposes (R25).

All compare exact numbers: the place of each pair in an agency's order, ties sharing the average of their places, and
pairs without a rank sharing the places after the last. A better rank never makes a merged place worse, and the order
in which pairs are given does not count.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

Ranks = Mapping[int, int | None]
"""The rank of each pair by its id, 1 the best; nothing where it is not ranked."""


def places(ranks: Ranks) -> dict[int, Fraction]:
    """Return the place of each pair: ties share the average of the places they take."""
    return {pair: Fraction(doubled, 2) for pair, doubled in _doubled(ranks).items()}


def _doubled(ranks: Ranks) -> dict[int, int]:
    """Return twice the place of each pair, a whole number: it orders as the place does, and is quick to compare."""
    tied: dict[tuple[bool, int], list[int]] = {}
    for pair, rank in ranks.items():
        tied.setdefault((rank is None, rank or 0), []).append(pair)
    found: dict[int, int] = {}
    before = 0
    for key in sorted(tied):
        found.update(dict.fromkeys(tied[key], 2 * before + len(tied[key]) + 1))
        before += len(tied[key])
    return found


def points(ranks: Ranks) -> dict[int, Fraction]:
    """Return Borda's points: for each pair the number of ranked ones behind it, half of those beside; none unranked."""
    return {pair: Fraction(doubled, 2) for pair, doubled in _doubled_points(ranks).items()}


def _doubled_points(ranks: Ranks) -> dict[int, int]:
    ranked = sum(rank is not None for rank in ranks.values())
    return {pair: max(2 * ranked - doubled, 0) for pair, doubled in _doubled(ranks).items()}


def _mean(one: Ranks, other: Ranks) -> dict[int, int]:
    # The sum orders as its half does.
    return _each(_doubled(one), _doubled(other), lambda a, b: a + b)


def _worse(one: Ranks, other: Ranks) -> dict[int, int]:
    return _each(_doubled(one), _doubled(other), max)


def _better(one: Ranks, other: Ranks) -> dict[int, int]:
    return _each(_doubled(one), _doubled(other), min)


def _borda(one: Ranks, other: Ranks) -> dict[int, int]:
    return _each(_doubled_points(one), _doubled_points(other), lambda a, b: -(a + b))


def _geometric(one: Ranks, other: Ranks) -> dict[int, int]:
    # The product orders as its square root does, and stays exact.
    return _each(_doubled(one), _doubled(other), lambda a, b: a * b)


def _each(one: dict[int, int], other: dict[int, int], join: Callable[[int, int], int]) -> dict[int, int]:
    return {pair: join(place, other[pair]) for pair, place in one.items()}


METHODS: dict[str, Callable[[Ranks, Ranks], dict[int, int]]] = {
    "mean": _mean,
    "worse": _worse,
    "better": _better,
    "borda": _borda,
    "geometric": _geometric,
}


def merged(method: str, one: Ranks, other: Ranks) -> dict[int, int]:
    """Return the merged place of each pair, 1 the best; ties have the same place and leave a gap after them.

    Both must rank the same pairs. Raises KeyError for a method that is not in ``METHODS``.
    """
    found = METHODS[method](one, other)
    ordered = sorted(found.values())
    first: dict[int, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {pair: first[value] for pair, value in found.items()}

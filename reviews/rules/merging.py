"""Ways to merge two agencies' ranks into one order; each only proposes (R25).

All compare exact numbers: the place of each pair in an agency's order, ties sharing the average of their places, and
pairs without a rank sharing the places after the last. A better rank never makes a merged place worse, and the order
in which pairs are given does not count.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

Ranks = Mapping[int, int | None]
"""The rank of each pair by its id, 1 the best; nothing where it is not ranked."""


def places(ranks: Ranks) -> dict[int, Fraction]:
    """Return the place of each pair: ties share the average of the places they take."""
    return _shared({pair: (rank is None, rank or 0) for pair, rank in ranks.items()}.items())


def _shared(keyed: Iterable[tuple[int, tuple[bool, int]]]) -> dict[int, Fraction]:
    tied: dict[tuple[bool, int], list[int]] = {}
    for pair, key in keyed:
        tied.setdefault(key, []).append(pair)
    found: dict[int, Fraction] = {}
    before = 0
    for key in sorted(tied):
        place = before + Fraction(len(tied[key]) + 1, 2)
        found.update(dict.fromkeys(tied[key], place))
        before += len(tied[key])
    return found


def points(ranks: Ranks) -> dict[int, Fraction]:
    """Return Borda's points: for each pair the number of ranked ones behind it, half of those beside; none unranked."""
    ranked = sum(rank is not None for rank in ranks.values())
    return {pair: max(ranked - place, Fraction(0)) for pair, place in places(ranks).items()}


def _mean(one: Ranks, other: Ranks) -> dict[int, Fraction]:
    return _each(places(one), places(other), lambda a, b: (a + b) / 2)


def _worse(one: Ranks, other: Ranks) -> dict[int, Fraction]:
    return _each(places(one), places(other), max)


def _better(one: Ranks, other: Ranks) -> dict[int, Fraction]:
    return _each(places(one), places(other), min)


def _borda(one: Ranks, other: Ranks) -> dict[int, Fraction]:
    return _each(points(one), points(other), lambda a, b: -(a + b))


def _geometric(one: Ranks, other: Ranks) -> dict[int, Fraction]:
    # The product orders as its square root does, and stays exact.
    return _each(places(one), places(other), lambda a, b: a * b)


def _each(
    one: dict[int, Fraction], other: dict[int, Fraction], join: Callable[[Fraction, Fraction], Fraction]
) -> dict[int, Fraction]:
    return {pair: join(place, other[pair]) for pair, place in one.items()}


METHODS: dict[str, Callable[[Ranks, Ranks], dict[int, Fraction]]] = {
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
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {pair: first[value] for pair, value in found.items()}

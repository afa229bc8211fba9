"""What a set of proposals makes of the outcomes of a call (R25)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from reviews.rules.ranking import renumbered

SELECTED, RESERVE, NOT_SELECTED = "selected", "reserve", "not_selected"


@dataclass(frozen=True)
class Place:
    """An outcome, and for the reserve list the rank on it: wished for, or reached."""

    outcome: str
    rank: int | None = None


def changed(
    standing: Mapping[int, Place], wishes: Mapping[int, Place], *, unmoved: Collection[int] = frozenset()
) -> dict[int, Place]:
    """Return what differs from ``standing`` when ``wishes`` come true, both by the id of the pair.

    The reserve list has no ties: a wish takes its place in it, or the last one without a rank, and whoever is behind
    moves up or down, so that no gap is left. Only ``unmoved`` pairs, which are never wished for, keep their ranks: the
    others are put in order round them, ranks wished for count among those others, and a gap before one of them stays.
    """
    outcomes = {**standing, **wishes}
    taken = {standing[pair].rank: pair for pair in unmoved if standing[pair].outcome == RESERVE and pair not in wishes}
    movable = {
        pair: place.rank for pair, place in standing.items() if place.outcome == RESERVE and pair not in taken.values()
    }
    seen = renumbered(movable)
    order = sorted(movable.keys() - wishes.keys(), key=lambda pair: (seen[pair] or 0, pair))
    beyond = len(outcomes) + 1
    wished = sorted(
        (place.rank or seen.get(pair) or beyond, pair) for pair, place in wishes.items() if place.outcome == RESERVE
    )
    for rank, pair in wished:
        order.insert(rank - 1, pair)
    free = (rank for rank in count(1) if rank not in taken)
    ranks: dict[int, int | None] = {pair: rank for rank, pair in taken.items()}
    ranks.update(zip(order, free, strict=False))
    reached = {pair: Place(place.outcome, ranks.get(pair)) for pair, place in outcomes.items()}
    return {pair: place for pair, place in reached.items() if standing.get(pair) != place}


def skipped(told: Mapping[int, int], places: Mapping[int, Place]) -> set[int]:
    """Return the pairs that others move up past: still on the reserve list, with a better rank than one selected.

    ``told`` are the ranks that were announced, by pair: they are what counts, however the list was put in order since.
    """
    rising = [rank for pair, rank in told.items() if pair in places and places[pair].outcome == SELECTED]
    if not rising:
        return set()
    staying = {pair: rank for pair, rank in told.items() if pair not in places or places[pair].outcome == RESERVE}
    return {pair for pair, rank in staying.items() if rank < max(rising)}


def selected(places: Iterable[Place]) -> int:
    """Count those that are selected."""
    return sum(place.outcome == SELECTED for place in places)


def filled(order: Mapping[int, int], capacity: int, reserves: int) -> dict[int, Place]:
    """Return the outcomes that an order of pairs makes: the first ``capacity`` selected, then that many reserves.

    ``order`` gives each pair's place; a tie is broken by the pair's number, which is said where it is shown.
    """
    found: dict[int, Place] = {}
    for turn, pair in enumerate(sorted(order, key=lambda pair: (order[pair], pair))):
        if turn < capacity:
            found[pair] = Place(SELECTED)
        elif turn < capacity + reserves:
            found[pair] = Place(RESERVE, turn - capacity + 1)
        else:
            found[pair] = Place(NOT_SELECTED)
    return found

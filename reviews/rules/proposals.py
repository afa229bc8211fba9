"""What a set of proposals makes of the outcomes of a call (R25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SELECTED, RESERVE, NOT_SELECTED = "selected", "reserve", "not_selected"


@dataclass(frozen=True)
class Place:
    """An outcome, and for the reserve list the rank on it: wished for, or reached."""

    outcome: str
    rank: int | None = None


def changed(standing: Mapping[int, Place], wishes: Mapping[int, Place]) -> dict[int, Place]:
    """Return what differs from ``standing`` when ``wishes`` come true, both by the id of the pair.

    The reserve list stays without gaps and without ties: a wish takes its place in it, or the last one without a
    rank, and whoever is behind moves.
    """
    outcomes = {**standing, **wishes}
    kept = sorted(
        (place.rank or 0, pair) for pair, place in standing.items() if place.outcome == RESERVE and pair not in wishes
    )
    order = [pair for _rank, pair in kept]
    beyond = len(outcomes) + 1
    wished = sorted(
        (place.rank or (standing[pair].rank if pair in standing else None) or beyond, pair)
        for pair, place in wishes.items()
        if place.outcome == RESERVE
    )
    for rank, pair in wished:
        order.insert(rank - 1, pair)
    ranks = {pair: rank for rank, pair in enumerate(order, start=1)}
    reached = {pair: Place(place.outcome, ranks.get(pair)) for pair, place in outcomes.items()}
    return {pair: place for pair, place in reached.items() if standing.get(pair) != place}


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

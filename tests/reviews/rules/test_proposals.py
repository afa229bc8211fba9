"""What proposals make of the outcomes: a reserve list without gaps and ties (R25)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.proposals import NOT_SELECTED, RESERVE, SELECTED, Place, changed, filled, skipped

PLACES = st.one_of(
    st.just(Place(SELECTED)),
    st.just(Place(NOT_SELECTED)),
    st.builds(Place, st.just(RESERVE), st.none() | st.integers(1, 9)),
)


def test_a_pair_joins_the_reserve_list_last_or_where_it_is_put() -> None:
    standing = {1: Place(RESERVE, 1), 2: Place(RESERVE, 2)}
    assert changed(standing, {3: Place(RESERVE)}) == {3: Place(RESERVE, 3)}
    put = {3: Place(RESERVE, 1), 1: Place(RESERVE, 2), 2: Place(RESERVE, 3)}
    assert changed(standing, {3: Place(RESERVE, 1)}) == put


def test_who_leaves_the_reserve_list_leaves_no_gap() -> None:
    standing = {1: Place(RESERVE, 1), 2: Place(RESERVE, 2)}
    assert changed(standing, {1: Place(SELECTED)}) == {1: Place(SELECTED), 2: Place(RESERVE, 1)}


def test_the_same_again_changes_nothing() -> None:
    standing = {1: Place(RESERVE, 1), 2: Place(RESERVE, 2), 3: Place(SELECTED)}
    assert changed(standing, {1: Place(RESERVE), 3: Place(SELECTED)}) == {}


@given(st.lists(st.dictionaries(st.integers(1, 6), PLACES), max_size=4))
def test_ranks_count_up_from_one(rounds: list[dict[int, Place]]) -> None:
    standing: dict[int, Place] = {}
    for wishes in rounds:
        standing |= changed(standing, wishes)
        ranks = sorted(place.rank or 0 for place in standing.values() if place.outcome == RESERVE)
        assert ranks == list(range(1, len(ranks) + 1))
        assert all(standing[pair].outcome == wish.outcome for pair, wish in wishes.items())


@given(st.lists(st.dictionaries(st.integers(1, 6), PLACES), max_size=4), st.sets(st.integers(1, 6)))
def test_what_must_not_move_keeps_its_place_and_ties_never_come(
    rounds: list[dict[int, Place]], hidden: set[int]
) -> None:
    standing: dict[int, Place] = {}
    for turn, wishes in enumerate(rounds):
        unmoved = hidden & standing.keys() if turn % 2 else set()
        wished = {pair: wish for pair, wish in wishes.items() if pair not in unmoved}
        found = changed(standing, wished, unmoved=unmoved)
        assert not found.keys() & unmoved
        standing |= found
        ranks = [place.rank for place in standing.values() if place.outcome == RESERVE]
        assert len(set(ranks)) == len(ranks)


def test_an_order_fills_the_selected_then_the_reserves() -> None:
    told = filled({7: 1, 5: 2, 6: 2, 8: 4}, capacity=1, reserves=2)
    assert told == {7: Place(SELECTED), 5: Place(RESERVE, 1), 6: Place(RESERVE, 2), 8: Place(NOT_SELECTED)}


@pytest.mark.parametrize(
    ("outcomes", "passed"),
    [
        (("selected", "reserve", "reserve"), set()),
        (("reserve", "selected", "reserve"), {1}),
        (("reserve", "reserve", "selected"), {1, 2}),
        (("not_selected", "selected", "reserve"), set()),
        (("selected", "selected", "reserve"), set()),
        (("reserve", "reserve", "reserve"), set()),
    ],
)
def test_the_reserve_list_moves_up_in_the_order_that_was_told(outcomes: tuple[str, ...], passed: set[int]) -> None:
    places = {pair: Place(outcome) for pair, outcome in enumerate(outcomes, start=1)}
    assert skipped({1: 1, 2: 2, 3: 3}, places) == passed

"""Ranks among the pairs that are seen, and round those that are not (R23)."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.ranking import as_seen, placed, renumbered

RANK = st.none() | st.integers(1, 9)
RANKS = st.dictionaries(st.integers(1, 8), RANK)


def test_what_is_seen_is_counted_from_one_with_its_ties() -> None:
    assert renumbered({1: 2, 2: 5, 3: 5, 4: 9, 5: None}) == {1: 1, 2: 2, 3: 2, 4: 4, 5: None}
    assert as_seen({1: 2, 2: 5}, partly=False) == {1: 2, 2: 5}


def test_who_moves_goes_round_what_is_hidden() -> None:
    assert placed({1: 2, 3: 1}, {1: 1, 3: 3}, [2]) == {1: 3, 3: 1}
    assert placed({1: 1, 4: 2, 5: 3}, {1: None, 4: 1, 5: None}, [2, 2, None]) == {1: 1, 4: 4, 5: 5}


@given(st.dictionaries(st.integers(1, 8), st.tuples(RANK, RANK)), st.lists(RANK, max_size=4))
def test_order_and_ties_come_back_and_the_same_again_changes_nothing(
    pairs: dict[int, tuple[int | None, int | None]], hidden: list[int | None]
) -> None:
    standing, wanted = ({pair: both[turn] for pair, both in pairs.items()} for turn in (0, 1))
    stored = placed(wanted, standing, hidden)
    assert renumbered(stored) == renumbered(wanted)
    assert placed(renumbered(stored), stored, hidden) == stored
    assert placed(renumbered(standing), standing, hidden) == standing


@given(RANKS, st.integers(1, 9), st.integers(1, 9))
def test_what_is_shown_does_not_depend_on_where_a_hidden_pair_is_put(
    ranks: dict[int, int | None], one: int, other: int
) -> None:
    """Whoever ranks puts the hidden pair first, last or between: what is behind it moves down by one."""
    worlds = [{pair: rank and rank + (rank >= place) for pair, rank in ranks.items()} for place in (one, other)]
    assert renumbered(worlds[0]) == renumbered(worlds[1]) == renumbered(ranks)

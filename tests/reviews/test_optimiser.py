"""The optimiser against every possible assignment of small worlds, and what it says where there is none."""

import itertools
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.optimiser import EVENNESS, Obstacles, Pairing, Proposed, Task, propose


def task(points: dict[Pairing, int], *, most: int = 9, wanted: int = 1, already: tuple[Pairing, ...] = ()) -> Task:
    reviewers = sorted({reviewer for reviewer, _pair in points} | {reviewer for reviewer, _pair in already})
    pairs = sorted({pair for _reviewer, pair in points} | {pair for _reviewer, pair in already})
    return Task(pairs, dict.fromkeys(reviewers, most), points, already, wanted)


def value(asked: Task, new: tuple[Pairing, ...]) -> float:
    """Return the points of an assignment, what its loads cost taken off."""
    load = Counter(reviewer for reviewer, _pair in asked.given)
    total = 0.0
    for reviewer, pair in new:
        total += asked.points[reviewer, pair] - EVENNESS * load[reviewer]
        load[reviewer] += 1
    return total


def holds(asked: Task, new: tuple[Pairing, ...]) -> bool:
    load = Counter(reviewer for reviewer, _pair in [*asked.given, *new])
    has = Counter(pair for _reviewer, pair in [*asked.given, *new])
    kept = all(load[reviewer] <= asked.most[reviewer] for reviewer, _pair in new)
    enough = all(has[pair] >= asked.wanted for pair in asked.pairs)
    before = Counter(pair for _reviewer, pair in asked.given)
    return kept and enough and all(has[pair] == max(asked.wanted, before[pair]) for pair in asked.pairs)


PAIRINGS = [(reviewer, pair) for reviewer in range(3) for pair in range(3)]


@settings(max_examples=60, deadline=None)
@given(
    points=st.dictionaries(st.sampled_from(PAIRINGS), st.integers(0, 9), min_size=1),
    already=st.sets(st.sampled_from(PAIRINGS), max_size=3),
    most=st.integers(0, 3),
    wanted=st.integers(1, 2),
)
def test_nothing_fits_better(points: dict[Pairing, int], already: set[Pairing], most: int, wanted: int) -> None:
    free = {pairing: fit for pairing, fit in points.items() if pairing not in already}
    asked = task(free, most=most, wanted=wanted, already=tuple(sorted(already)))
    every = (chosen for size in range(len(free) + 1) for chosen in itertools.combinations(sorted(free), size))
    worth = [value(asked, chosen) for chosen in every if holds(asked, chosen)]
    answer = propose(asked)
    if not worth:
        assert answer.new == ()
        assert answer.obstacles is not None
        assert sum(answer.obstacles.unmet.values()) > 0
    else:
        assert holds(asked, answer.new)
        assert value(asked, answer.new) == pytest.approx(max(worth))


def test_who_has_much_gets_less() -> None:
    points = dict.fromkeys([(1, 10), (1, 11), (2, 10), (2, 11)], 3)
    asked = task(points, already=((1, 12), (1, 13)))
    assert propose(asked).new == ((2, 10), (2, 11))


def test_what_is_given_stays_and_counts() -> None:
    asked = task({(2, 10): 1, (3, 10): 5}, wanted=2, already=((1, 10),))
    assert propose(asked) == Proposed(((3, 10),))
    assert propose(task({(2, 10): 1}, already=((1, 10),))) == Proposed()


def test_it_says_which_pairs_lack_people() -> None:
    points = {(1, 10): 1, (1, 11): 1, (2, 11): 1}
    assert propose(task(points, wanted=2)).obstacles == Obstacles({10: 1}, 0, {10: 1})


def test_it_says_by_how_much_all_together_are_short() -> None:
    points = dict.fromkeys(itertools.product((1, 2), (10, 11, 12)), 1)
    found = propose(task(points, most=1)).obstacles
    assert found is not None
    assert (found.lacking, found.short_by, sum(found.unmet.values())) == ({}, 1, 1)
    nobody = propose(Task([10], {}, {}, [], 2)).obstacles
    assert nobody == Obstacles({10: 2}, 2, {10: 2})


def test_it_tells_when_only_the_whole_stands_in_the_way() -> None:
    # Enough people for each pair and enough room over all, but the one who could take both may take one.
    points = {(1, 10): 1, (1, 11): 1, (2, 12): 1}
    asked = Task([10, 11], {1: 1, 2: 5}, points, [], 1)
    found = propose(asked).obstacles
    assert found is not None
    assert (found.lacking, found.short_by, sum(found.unmet.values())) == ({}, 0, 1)


def test_no_answer_in_time_is_none() -> None:
    points = {(reviewer, pair): (reviewer * pair) % 7 for reviewer in range(40) for pair in range(100)}
    assert propose(task(points, wanted=3), seconds=0.0) == Proposed(is_late=True)


def test_200_pairs_by_60_reviewers_take_less_than_five_seconds() -> None:
    points = {
        (reviewer, pair): (reviewer * 7 + pair * 13) % 9
        for reviewer in range(60)
        for pair in range(200)
        if (reviewer + pair) % 11
    }
    begun = time.perf_counter()
    assert len(propose(task(points, most=12, wanted=3)).new) == 600
    assert time.perf_counter() - begun < 5

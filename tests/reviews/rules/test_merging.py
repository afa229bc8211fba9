"""Merging two agencies' ranks: no way depends on the order of the pairs, and a better rank never harms (R25)."""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.merging import METHODS, Order, merged, order_of, places

WORLDS = st.lists(st.tuples(st.none() | st.integers(1, 6), st.none() | st.integers(1, 6)), min_size=1, max_size=8)
METHOD = st.sampled_from(sorted(METHODS))


def orders(world: list, pairs: Iterable[int]) -> tuple[Order, Order]:
    """Return both agencies' orders of the pairs of a world, given in the order of ``pairs``."""
    known = list(pairs)
    one, other = ({pair: world[pair][side] for pair in known} for side in (0, 1))
    return order_of(one), order_of(other)


def test_ties_share_the_average_of_their_places() -> None:
    found = places({1: 1, 2: 2, 3: 2, 4: None, 5: None})
    assert found == {1: 1, 2: Fraction(5, 2), 3: Fraction(5, 2), 4: Fraction(9, 2), 5: Fraction(9, 2)}


def test_each_way_orders_as_its_name_says() -> None:
    one, other = order_of({1: 1, 2: 2, 3: 3}), order_of({1: 3, 2: 2, 3: 1})
    told = {method: list(merged(method, one, other).values()) for method in METHODS}
    assert told == {
        "mean": [1, 1, 1],
        "worse": [2, 1, 2],
        "better": [1, 3, 1],
        "borda": [1, 1, 1],
        "geometric": [1, 3, 1],
    }


@given(METHOD, WORLDS, st.randoms())
def test_the_order_of_the_pairs_does_not_count(method: str, world: list, random: Random) -> None:
    pairs = list(range(len(world)))
    shuffled = sorted(pairs, key=lambda _pair: random.random())
    assert merged(method, *orders(world, pairs)) == merged(method, *orders(world, shuffled))


@given(METHOD, WORLDS)
def test_who_is_no_worse_in_both_is_no_worse_in_the_merged_order(method: str, world: list) -> None:
    one, other = ({pair: ranks[side] for pair, ranks in enumerate(world)} for side in (0, 1))
    told, first, second = merged(method, order_of(one), order_of(other)), places(one), places(other)
    for pair in one:
        for behind in one:
            if first[pair] <= first[behind] and second[pair] <= second[behind]:
                assert told[pair] <= told[behind]

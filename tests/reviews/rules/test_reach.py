"""How far a budget goes down an order of pairs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.reach import Reach, reach, running

ASKED = [Decimal(10), None, Decimal(20), Decimal(5)]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (35, Reach(4, Decimal(35), None)),
        (34, Reach(3, Decimal(30), Decimal(35))),
        (29, Reach(2, Decimal(10), Decimal(30))),  # the last would fit, and is not taken instead
        (9, Reach(0, Decimal(0), Decimal(10))),
    ],
)
def test_the_first_that_is_too_much_ends_it(budget: int, expected: Reach) -> None:
    assert reach(ASKED, Decimal(budget)) == expected


def test_nobody_asks_for_nothing() -> None:
    assert reach([], Decimal(5)) == Reach(0, Decimal(0), None)


@given(st.lists(st.none() | st.decimals(0, 1000, places=2), max_size=10), st.decimals(0, 5000, places=2))
def test_more_money_never_reaches_less_far(asked: list, budget: Decimal) -> None:
    less, more = reach(asked, budget), reach(asked, budget + 1)
    assert less.pairs <= more.pairs
    assert less.asked <= budget
    assert sorted(running(asked)) == running(asked)

"""Scores: exact, and what was not judged never counts as zero (I23)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.scoring import Overall, overall, shown

ONE = Decimal(1)
scores = st.lists(
    st.tuples(st.decimals(min_value="0.01", max_value="9.99", places=2), st.none() | st.integers(1, 5)), max_size=6
)


def test_what_is_not_judged_is_left_out_and_counted() -> None:
    assert overall([(ONE, 5), (ONE, None), (ONE, 4)]) == Overall(Decimal("4.50"), 2, 3)


def test_nothing_judged_is_no_score() -> None:
    assert overall([(ONE, None)] * 6) == Overall(None, 0, 6)
    assert overall([]) == Overall(None, 0, 0)


def test_weights_count() -> None:
    assert overall([(Decimal(3), 5), (ONE, 1)]).score == Decimal("4.00")


def test_a_half_of_a_hundredth_goes_up() -> None:
    # 2.125 and 2.375 are halves; as floats or rounded to even, they would come out differently.
    assert overall([(ONE, 2)] * 7 + [(ONE, 3)]).score == Decimal("2.13")
    assert overall([(ONE, 2)] * 5 + [(ONE, 3)] * 3).score == Decimal("2.38")


@given(scores)
def test_it_lies_between_the_lowest_and_the_highest_and_order_does_not_matter(said: list) -> None:
    result, values = overall(said), [value for _weight, value in said if value is not None]
    assert result == overall(said[::-1])
    if values:
        assert min(values) <= result.score <= max(values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), ([4], Decimal("4.00")), ([1, 2, 2], Decimal("1.67")), ([1] * 7 + [2], Decimal("1.13"))],
)
def test_a_mean_is_exact_and_of_nothing_is_nothing(values: list[int], expected: Decimal | None) -> None:
    assert shown(values) == expected

"""Dates and words moved to another year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules.moving import next_code, same_day, same_weekday, same_words

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("on", "years", "moved"),
    [
        (date(2027, 4, 1), 1, date(2028, 4, 1)),
        (date(2027, 12, 31), 1, date(2028, 12, 31)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2027, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 2, 28), 1, date(2027, 2, 28)),
    ],
)
def test_same_day_is_the_same_day_of_the_month(on: date, years: int, moved: date) -> None:
    assert same_day(on, years) == moved


def test_deadline_stays_on_its_thursday() -> None:
    assert same_weekday(date(2026, 9, 3), 1) == date(2027, 9, 2)
    assert same_weekday(date(2027, 9, 2), 1) == date(2028, 8, 31)


@given(on=DAYS, years=st.integers(1, 5))
def test_same_weekday_is_the_nearest_such_day(on: date, years: int) -> None:
    moved = same_weekday(on, years)
    assert moved.weekday() == on.weekday()
    assert abs(moved - same_day(on, years)) <= timedelta(days=3)


def test_words_move_the_years_of_the_call_alone() -> None:
    known = frozenset({2026, 2027})
    assert same_words("Call 2026, seminars in 2027; since 1974, no 120262", known, 1) == (
        "Call 2027, seminars in 2028; since 1974, no 120262"
    )
    assert same_words("2026年", known, 1) == "2027年"


@pytest.mark.parametrize(
    ("code", "moved"),
    [("inserm-jsps-2026", "inserm-jsps-2027"), ("demonstration", "demonstration-2027"), ("a" * 40, "a" * 35 + "-2027")],
)
def test_code_of_a_copy(code: str, moved: str) -> None:
    assert next_code(code, 2026, 1) == moved

"""What a span of days means."""

from datetime import date

import pytest
from django.utils.translation import override

from seminars.models import CallAgency
from seminars.queries.calendars import holidays_in, span_of
from tests.cast import call_2026, side_of

BOTH = ("FR", "JP")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Showa Day", "Labor Day"]),
        ("fr", ["Showa Day", "Fête du Travail"]),
        ("ja", ["昭和の日", "Labor Day"]),
    ],
)
def test_holidays_are_named_in_the_readers_language_or_in_english(language: str, names: list[str]) -> None:
    with override(language):
        found = holidays_in(date(2027, 4, 29), date(2027, 5, 1), BOTH)
    assert [holiday.name for holiday in found] == names
    assert [holiday.country for holiday in found] == ["JP", "FR"]


def test_a_day_may_be_a_holiday_in_both_countries() -> None:
    found = holidays_in(date(2027, 1, 1), date(2027, 1, 1), BOTH)
    assert [holiday.country for holiday in found] == ["FR", "JP"]


@pytest.fixture
def side(db: None) -> CallAgency:
    """The French side of the call."""
    return side_of(call_2026(), "FR")


def test_nothing_is_said_while_a_day_is_missing(side: CallAgency) -> None:
    assert span_of(None, date(2027, 6, 1), side) is None
    assert span_of(date(2027, 6, 1), None, side) is None


def test_weekends_and_days_are_counted_both_ends_included(side: CallAgency) -> None:
    span = span_of(date(2027, 6, 11), date(2027, 6, 13), side)
    assert span is not None
    assert (span.days, span.violations) == (3, ())
    assert span.weekend == (date(2027, 6, 12), date(2027, 6, 13))


@pytest.mark.parametrize(
    ("start_on", "end_on", "days", "rules"),
    [
        (date(2027, 6, 14), date(2027, 6, 13), 0, ["R7"]),
        (date(2027, 6, 14), date(2027, 6, 14), 1, ["R7"]),
        (date(2027, 3, 31), date(2027, 4, 1), 2, ["R6"]),
        (date(2027, 12, 31), date(2028, 1, 1), 2, ["R6"]),
        (date(1, 1, 1), date(9999, 12, 31), 3652059, ["R7", "R6", "R6"]),
    ],
)
def test_what_the_rules_say_is_told(
    side: CallAgency, start_on: date, end_on: date, days: int, rules: list[str]
) -> None:
    span = span_of(start_on, end_on, side)
    assert span is not None
    assert (span.days, [violation.rule for violation in span.violations]) == (days, rules)

"""R6, R7 and R8: the window and the length, by the venue's calendar."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules import dates, programme
from seminars.rules.dossier import Violation
from tests.seminars.rules.builders import INSERM, SESSION, dossier, terms

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
WINDOW = {"first": date(2027, 4, 1), "last": date(2027, 12, 31)}
TOO_EARLY = Violation("window", "R6", "facts", "start_on", WINDOW)
TOO_LATE = Violation("window", "R6", "facts", "end_on", WINDOW)
REVERSED = Violation("end_before_start", "R7", "facts", "end_on")
NO_START = Violation("missing", "", "facts", "start_on")
NO_END = Violation("missing", "", "facts", "end_on")


def length(days: int) -> Violation:
    return Violation("length", "R7", "facts", "end_on", {"days": days, "minimum": 2, "maximum": 3})


@pytest.mark.parametrize(
    ("start_on", "end_on", "found"),
    [
        (date(2027, 3, 31), date(2027, 4, 1), (TOO_EARLY,)),
        (date(2027, 4, 1), date(2027, 4, 2), ()),
        (date(2027, 12, 30), date(2027, 12, 31), ()),
        (date(2027, 12, 31), date(2028, 1, 1), (TOO_LATE,)),
        (date(2027, 12, 29), date(2027, 12, 31), ()),
        (date(2027, 12, 30), date(2028, 1, 1), (TOO_LATE,)),
        (date(2026, 4, 1), date(2026, 4, 2), (TOO_EARLY,)),
        (date(2028, 4, 1), date(2028, 4, 2), (TOO_LATE,)),
        (date(2027, 3, 31), date(2028, 1, 1), (length(277), TOO_EARLY, TOO_LATE)),
    ],
)
def test_window(start_on: date, end_on: date, found: tuple[Violation, ...]) -> None:
    assert dates.check_span(start_on, end_on, INSERM) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (-400, (REVERSED,)),
        (0, (REVERSED,)),
        (1, (length(1),)),
        (2, ()),
        (3, ()),
        (4, (length(4),)),
        (30, (length(30),)),
    ],
)
def test_length(days: int, found: tuple[Violation, ...]) -> None:
    start_on = date(2027, 6, 1)
    assert dates.check_span(start_on, start_on + timedelta(days=days - 1), INSERM) == found


@pytest.mark.parametrize(
    ("start_on", "end_on", "days"),
    [
        (date(2027, 2, 28), date(2027, 3, 1), 2),
        (date(2028, 2, 28), date(2028, 3, 1), 3),
        (date(2027, 3, 27), date(2027, 3, 28), 2),
        (date(2027, 12, 31), date(2028, 1, 1), 2),
    ],
)
def test_days_are_those_of_the_calendar(start_on: date, end_on: date, days: int) -> None:
    assert dates.seminar_days(start_on, end_on) == days


def test_29_february_2027_is_no_date_and_never_reaches_a_rule() -> None:
    with pytest.raises(ValueError, match=r"day (is out of range|\d+ must be in range)"):
        date.fromisoformat("2027-02-29")


@pytest.mark.parametrize(
    ("start_on", "end_on", "found"),
    [
        (None, None, (NO_START, NO_END)),
        (None, date(2027, 4, 2), (NO_START,)),
        (date(2027, 4, 1), None, (NO_END,)),
        (date(2026, 1, 1), None, (NO_END,)),
    ],
)
def test_a_missing_day(start_on: date | None, end_on: date | None, found: tuple[Violation, ...]) -> None:
    assert dates.check(dossier(start_on=start_on, end_on=end_on), INSERM) == found


def test_the_call_sets_window_and_length() -> None:
    next_year = terms(window_start_on=date(2028, 2, 28), window_end_on=date(2028, 2, 29), min_days=1, max_days=1)
    assert dates.check_span(date(2028, 2, 29), date(2028, 2, 29), next_year) == ()
    assert [found.code for found in dates.check_span(date(2028, 2, 28), date(2028, 3, 1), next_year)] == [
        "length",
        "window",
    ]


@pytest.mark.parametrize("kind", ["travel", "preparatory", "debriefing"])
def test_travel_preparation_and_debriefing_never_count_and_may_fall_outside(kind: str) -> None:
    around = [replace(SESSION, id=day, on=date(2027, 3, 31) + timedelta(days=day), kind=kind) for day in (0, 4)]
    whole = dossier(start_on=date(2027, 4, 1), end_on=date(2027, 4, 3), sessions=(SESSION, *around))
    assert dates.check(whole, INSERM) == ()
    assert programme.check(whole) == ()


def test_a_session_has_no_say_in_the_length() -> None:
    late = replace(SESSION, on=date(2027, 4, 9), starts=time(9), ends=time(10))
    assert dates.check(dossier(sessions=(SESSION, late)), INSERM) == ()


@given(start_on=DAYS, end_on=DAYS)
def test_nothing_is_found_exactly_when_two_or_three_days_lie_inside_the_window(start_on: date, end_on: date) -> None:
    days = [start_on + timedelta(days=n) for n in range((end_on - start_on).days + 1)]
    fine = len(days) in (2, 3) and all(WINDOW["first"] <= day <= WINDOW["last"] for day in days)
    assert (dates.check_span(start_on, end_on, INSERM) == ()) is fine

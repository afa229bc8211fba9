"""The programme by day and session, and R8 for its seminar days."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from seminars.rules import programme
from seminars.rules.dossier import SessionFacts, Violation
from tests.seminars.rules.builders import PERFECT, SESSION, dossier

DAY = date(2027, 4, 1)


def session(number: int, starts: str, ends: str, **changes: Any) -> SessionFacts:
    own = {"id": number, "title": f"Part {number}", "starts": time.fromisoformat(starts)}
    return replace(SESSION, **{**own, "ends": time.fromisoformat(ends), **changes})


def found(code: str, number: int, rule: str = "", on: date = DAY, blocking: bool = True) -> Violation:
    params = {"title": f"Part {number}", "day": on}
    return Violation(code, rule, "programme", f"session-{number}", params, blocking=blocking)


NONE = Violation("no_session", "", "programme", "sessions")


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ((), (NONE,)),
        ((session(1, "09:00", "12:00"),), ()),
        ((session(1, "09:00", "12:00", kind="travel"),), (NONE,)),
        ((session(1, "12:00", "09:00", kind="debriefing"),), (NONE, found("session_times", 1))),
    ],
)
def test_at_least_one_seminar_session(sessions: tuple[SessionFacts, ...], expected: tuple[Violation, ...]) -> None:
    assert programme.check(dossier(sessions=sessions)) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "fine"),
    [
        ("09:00", "09:00:00.000001", True),
        ("09:00", "09:00", False),
        ("09:00", "08:59", False),
        ("00:00", "23:59", True),
        ("22:00", "01:00", False),
        ("22:00", "00:00", False),
    ],
)
def test_a_session_ends_after_it_starts_on_the_same_day(starts: str, ends: str, fine: bool) -> None:
    expected = () if fine else (found("session_times", 1),)
    assert programme.check(dossier(sessions=(session(1, starts, ends),))) == expected


@pytest.mark.parametrize(
    ("on", "kind", "fine"),
    [
        (date(2027, 3, 31), "seminar", False),
        (date(2027, 4, 1), "seminar", True),
        (date(2027, 4, 2), "seminar", True),
        (date(2027, 4, 3), "seminar", False),
        (date(2027, 3, 31), "travel", True),
        (date(2027, 4, 3), "debriefing", True),
        (date(2027, 1, 15), "preparatory", True),
    ],
)
def test_seminar_sessions_lie_within_the_dates(on: date, kind: str, fine: bool) -> None:
    sessions = (session(1, "09:00", "12:00"), session(2, "14:00", "16:00", on=on, kind=kind))
    expected = () if fine else (found("session_outside", 2, "R8", on),)
    assert programme.check(dossier(sessions=sessions)) == expected


@pytest.mark.parametrize("missing", ["start_on", "end_on"])
def test_without_dates_no_session_is_outside_them(missing: str) -> None:
    far = session(1, "09:00", "12:00", on=date(2030, 1, 1))
    assert programme.check(dossier(sessions=(far,), **{missing: None})) == ()


@pytest.mark.parametrize(
    ("times", "overlapping"),
    [
        ((("09:00", "10:00"), ("10:00", "11:00")), ()),
        ((("09:00", "10:00"), ("09:59", "11:00")), (2,)),
        ((("09:00", "10:00"), ("09:00", "10:00")), (2,)),
        ((("09:00", "12:00"), ("09:30", "10:00"), ("11:00", "11:30")), (2, 3)),
        ((("09:00", "12:00"), ("09:30", "10:00"), ("12:00", "12:30")), (2,)),
        ((("11:00", "11:30"), ("09:00", "12:00")), (1,)),
    ],
)
def test_seminar_sessions_at_the_same_time_are_a_warning(
    times: tuple[tuple[str, str], ...], overlapping: tuple[int, ...]
) -> None:
    sessions = tuple(session(number, *pair) for number, pair in enumerate(times, 1))
    expected = tuple(found("session_overlap", number, blocking=False) for number in overlapping)
    assert programme.check(dossier(sessions=sessions)) == expected


def test_sessions_of_different_days_or_kinds_do_not_overlap() -> None:
    tomorrow = session(2, "09:00", "12:00", on=date(2027, 4, 2))
    journey = session(3, "09:00", "12:00", kind="travel")
    assert programme.check(dossier(sessions=(*PERFECT.shared.sessions, tomorrow, journey))) == ()

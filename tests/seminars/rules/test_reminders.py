"""When a reminder goes out: steps, quiet hours, weekends, holidays, clocks and outages (R21, R29, I20)."""

from datetime import UTC, datetime, timedelta

import pytest

from seminars.queries.calendars import calendar_of
from seminars.rules import reminders as rules
from seminars.rules.reminders import NotASchedule

PARIS, TOKYO = calendar_of("Europe/Paris"), calendar_of("Asia/Tokyo")
DAY = 24


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DEADLINE = utc("2026-09-03T08:00")  # Thursday, 10:00 in Paris, 17:00 in Tokyo


@pytest.mark.parametrize(
    ("anchor", "hours", "calendar", "due"),
    [
        # Three hours before is three hours before, awake or not: it is 7:00 in Paris and 14:00 in Tokyo.
        (DEADLINE, -3, PARIS, "2026-09-03T05:00"),
        (DEADLINE, -3, TOKYO, "2026-09-03T05:00"),
        (DEADLINE, -DAY, PARIS, "2026-09-02T08:00"),
        (DEADLINE, -7 * DAY, TOKYO, "2026-08-27T08:00"),
        # 30 days before is a Tuesday; a Saturday becomes the Friday, at the same time of day.
        (DEADLINE, -30 * DAY, PARIS, "2026-08-04T08:00"),
        (DEADLINE, -5 * DAY, PARIS, "2026-08-28T08:00"),
        # 15 August is a holiday in France (and a Saturday in 2026), 11 August in Japan only.
        (DEADLINE, -23 * DAY, TOKYO, "2026-08-10T08:00"),
        (DEADLINE, -23 * DAY, PARIS, "2026-08-11T08:00"),
        # Golden Week: 29 April 2027 is a holiday, 3 to 5 May too; Friday 30 April is not.
        (utc("2027-05-14T03:00"), -10 * DAY, TOKYO, "2027-04-30T03:00"),
        # A night becomes the evening before: 2:00 in Paris.
        (utc("2026-09-10T00:00"), -2 * DAY, PARIS, "2026-09-07T18:00"),
        # The day before a Monday's deadline is a Sunday: Friday would more than double the notice.
        (utc("2026-09-07T08:00"), -DAY, PARIS, "2026-09-06T08:00"),
        (utc("2026-09-07T08:00"), -2 * DAY, PARIS, "2026-09-04T08:00"),
        # Summer time ended on 25 October: 10:00 stays 10:00 for whole days, and hours are hours.
        (utc("2026-10-28T09:00"), -7 * DAY, PARIS, "2026-10-21T08:00"),
        (utc("2026-10-25T02:00"), -3, PARIS, "2026-10-24T23:00"),
        # After its date a reminder goes later, not earlier: Sunday becomes Monday at 8:00.
        (utc("2026-09-05T22:00"), DAY // 2, PARIS, "2026-09-07T06:00"),
        (utc("2026-12-25T09:00"), 0, PARIS, "2026-12-28T07:00"),
    ],
)
def test_a_step_keeps_out_of_quiet_time(anchor: datetime, hours: int, calendar: rules.Calendar, due: str) -> None:
    assert rules.due_at(anchor, hours, calendar) == utc(due)


def test_a_step_that_would_move_before_its_reason_goes_as_soon_as_it_may() -> None:
    saturday = utc("2026-08-29T10:00")
    assert rules.due_at(DEADLINE, -4 * DAY, PARIS, since=saturday) == utc("2026-08-31T06:00")
    assert rules.due_at(DEADLINE, -3 * DAY, PARIS, since=saturday) == utc("2026-08-31T08:00")
    monday, sunday = utc("2026-09-07T08:00"), utc("2026-09-06T06:00")
    assert rules.due_at(monday, -DAY, PARIS, since=sunday) == utc("2026-09-06T08:00")


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        ("2026-09-03T05:59:59.999999", True),
        ("2026-09-03T06:00", False),
        ("2026-09-03T18:00", False),
        ("2026-09-03T18:00:00.000001", True),
        ("2026-09-05T10:00", True),
        ("2026-07-14T10:00", True),
    ],
)
def test_quiet_time_ends_at_eight_and_begins_after_twenty(moment: str, is_quiet: bool) -> None:
    assert PARIS.is_quiet(utc(moment)) == is_quiet


def test_what_an_outage_has_held_back_waits_for_the_morning_unless_its_date_comes_first() -> None:
    due, night = utc("2026-08-27T08:00"), utc("2026-08-27T23:00")
    assert rules.may_go(due, DEADLINE, -7 * DAY, PARIS, due)
    assert rules.may_go(utc("2026-09-03T05:00"), DEADLINE, -3, PARIS, utc("2026-09-03T05:59"))
    assert not rules.may_go(due, DEADLINE, -7 * DAY, PARIS, night)
    assert rules.may_go(due, DEADLINE, -7 * DAY, PARIS, utc("2026-08-28T06:00"))
    assert rules.may_go(due, utc("2026-08-28T05:00"), -DAY, PARIS, night)
    assert not rules.may_go(due, due, 7 * DAY, PARIS, night)
    assert not rules.may_go(due, due + timedelta(hours=1), -1, PARIS, night)  # its date has passed: nothing is urgent


def test_a_digest_is_the_morning_that_has_begun() -> None:
    assert rules.digest_at(utc("2026-08-27T08:00"), PARIS) == utc("2026-08-27T06:00")
    assert rules.digest_at(utc("2026-08-27T04:00"), PARIS) == utc("2026-08-26T06:00")
    assert rules.digest_at(utc("2026-08-30T10:00"), PARIS) == utc("2026-08-28T06:00")


def test_steps_are_read_as_people_write_them() -> None:
    assert rules.read_steps("-3h, -30d −7 d +1d 0d") == (-720, -168, -3, 0, 24)
    assert rules.read_steps("-7j、−30日 －3時間") == (-720, -168, -3)
    assert rules.written((24, -3, -720, 0)) == "-30d -3h +0d +1d"
    for wrong in ("soon", "-7", "1 week", "-500d"):
        with pytest.raises(NotASchedule):
            rules.read_steps(wrong)
    with pytest.raises(NotASchedule):
        rules.read_steps(" ".join(f"-{number}d" for number in range(1, 10)))

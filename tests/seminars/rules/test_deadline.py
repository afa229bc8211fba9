"""R1, R2 and R21 as far as time decides: the deadline is the last permitted moment, to the microsecond."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from seminars.rules.deadline import ImpossibleLocalTime, instant, is_on_time

DEADLINE = datetime(2026, 9, 3, 8, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DATES = st.dates(date(1970, 1, 1), date(2200, 1, 1))
INSTANTS = st.datetimes(timezones=st.just(UTC))
ZONES = st.sampled_from(["Europe/Paris", "Asia/Tokyo", "America/New_York", "Australia/Sydney", "UTC"])


@pytest.mark.parametrize(
    ("arrived_at", "on_time"),
    [
        (DEADLINE - timedelta(days=90), True),
        (DEADLINE - timedelta(seconds=1), True),
        (DEADLINE - MICROSECOND, True),
        (DEADLINE, True),
        (DEADLINE + MICROSECOND, False),
        (DEADLINE + timedelta(milliseconds=1), False),
        (DEADLINE + timedelta(seconds=59), False),
        (DEADLINE + timedelta(days=1), False),
        (datetime(2026, 9, 3, 10, tzinfo=ZoneInfo("Europe/Paris")), True),
        (datetime(2026, 9, 3, 10, 0, 59, tzinfo=ZoneInfo("Europe/Paris")), False),
        (datetime(2026, 9, 3, 17, tzinfo=ZoneInfo("Asia/Tokyo")), True),
        (datetime(2026, 9, 3, 17, 0, 0, 1, tzinfo=ZoneInfo("Asia/Tokyo")), False),
    ],
)
def test_on_time_until_the_very_moment(arrived_at: datetime, on_time: bool) -> None:
    assert is_on_time(arrived_at, DEADLINE) is on_time


@pytest.mark.parametrize(
    ("arrived_at", "admitted_until", "on_time"),
    [
        (DEADLINE + timedelta(days=2), DEADLINE + timedelta(days=2), True),
        (DEADLINE + timedelta(days=2) + MICROSECOND, DEADLINE + timedelta(days=2), False),
        (DEADLINE + MICROSECOND, DEADLINE, False),
        (DEADLINE, DEADLINE - timedelta(days=5), True),
        (DEADLINE + MICROSECOND, DEADLINE - timedelta(days=5), False),
    ],
)
def test_late_admission_moves_the_moment_for_one_record_and_never_earlier(
    arrived_at: datetime, admitted_until: datetime, on_time: bool
) -> None:
    assert is_on_time(arrived_at, DEADLINE, admitted_until) is on_time


def test_each_side_has_its_own_deadline() -> None:
    arrived_at = DEADLINE + timedelta(hours=1)
    assert [is_on_time(arrived_at, own) for own in (DEADLINE, DEADLINE + timedelta(hours=2))] == [False, True]


@given(earlier=INSTANTS, later=INSTANTS, deadline_at=INSTANTS, admitted_until=st.none() | INSTANTS)
def test_what_arrives_earlier_is_never_worse_off(
    earlier: datetime, later: datetime, deadline_at: datetime, admitted_until: datetime | None
) -> None:
    earlier, later = sorted((earlier, later))
    assert is_on_time(earlier, deadline_at, admitted_until) >= is_on_time(later, deadline_at, admitted_until)


@given(arrived_at=INSTANTS, deadline_at=INSTANTS, admitted_until=INSTANTS)
def test_late_admission_never_shuts_anybody_out(
    arrived_at: datetime, deadline_at: datetime, admitted_until: datetime
) -> None:
    assert is_on_time(arrived_at, deadline_at, admitted_until) >= is_on_time(arrived_at, deadline_at)


@pytest.mark.parametrize(
    ("on", "at", "zone", "expected"),
    [
        (date(2026, 9, 3), time(10), "Europe/Paris", DEADLINE),
        (date(2026, 9, 3), time(17), "Asia/Tokyo", DEADLINE),
        (date(2026, 9, 3), time(8), "UTC", DEADLINE),
        (date(2026, 12, 1), time(10), "Europe/Paris", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        (date(2027, 1, 1), time(0), "Asia/Tokyo", datetime(2026, 12, 31, 15, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 59, 59), "Europe/Paris", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(3), "Europe/Paris", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 59, 59), "Europe/Paris", datetime(2026, 10, 24, 23, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(3), "Europe/Paris", datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), "Asia/Tokyo", datetime(2026, 3, 28, 17, 30, tzinfo=UTC)),
    ],
)
def test_an_announced_local_time_is_one_instant(on: date, at: time, zone: str, expected: datetime) -> None:
    assert instant(on, at, zone) == expected
    assert instant(on, at, zone).tzinfo is UTC


@pytest.mark.parametrize(
    ("on", "at", "zone"),
    [
        (date(2026, 3, 29), time(2), "Europe/Paris"),
        (date(2026, 3, 29), time(2, 59, 59, 999999), "Europe/Paris"),
        (date(2026, 10, 25), time(2), "Europe/Paris"),
        (date(2026, 10, 25), time(2, 59, 59, 999999), "Europe/Paris"),
        (date(2026, 10, 25), time(2, 30, fold=1), "Europe/Paris"),
        (date(2026, 11, 1), time(1, 30), "America/New_York"),
        (date.min, time(0), "Asia/Tokyo"),
        (date.max, time(23, 59), "America/New_York"),
    ],
)
def test_a_doubtful_local_time_is_refused(on: date, at: time, zone: str) -> None:
    with pytest.raises(ImpossibleLocalTime) as refusal:
        instant(on, at, zone)
    assert refusal.value.args == (f"{on} {at} {zone}",)


@given(on=DATES, at=st.times(), zone=ZONES)
@example(on=date(2026, 3, 29), at=time(2, 30), zone="Europe/Paris")
@example(on=date(2026, 10, 25), at=time(2, 30), zone="Europe/Paris")
def test_an_instant_reads_as_the_announced_time_again_or_is_refused(on: date, at: time, zone: str) -> None:
    local = datetime.combine(on, at, ZoneInfo(zone))
    readings = {local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    try:
        found = instant(on, at, zone)
    except ImpossibleLocalTime:
        assert len(readings) == 2
    else:
        assert readings == {found}
        assert (found.astimezone(ZoneInfo(zone)).date(), found.astimezone(ZoneInfo(zone)).time()) == (on, at)


@given(on=st.dates(date(1952, 1, 1)), at=st.times())
def test_tokyo_has_no_doubtful_time(on: date, at: time) -> None:
    assert instant(on, at, "Asia/Tokyo") == datetime.combine(on, at, UTC) - timedelta(hours=9)


@given(on=DATES, at=st.times(), days=st.integers(1, 400), zone=ZONES)
def test_the_same_time_on_a_later_day_is_a_later_instant(on: date, at: time, days: int, zone: str) -> None:
    try:
        instants = [instant(day, at, zone) for day in (on, on + timedelta(days=days))]
    except ImpossibleLocalTime:
        assume(False)
    assert instants[0] < instants[1]

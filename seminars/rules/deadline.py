"""R1 and R2: each side's deadline, to the microsecond; and what a local deadline is as an instant."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class ImpossibleLocalTime(ValueError):
    """The clocks of that zone never show this local time, or show it twice."""


def instant(on: date, at: time, zone: str) -> datetime:
    """Return the UTC instant of an announced local date and time.

    Raises ImpossibleLocalTime when daylight saving makes the local time doubtful, which an announced deadline
    may not be, or when its instant lies outside the years 1 to 9999.
    """
    local = datetime.combine(on, at.replace(fold=0), ZoneInfo(zone))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ImpossibleLocalTime(f"{on} {at} {zone}")
    try:
        return local.astimezone(UTC)
    except OverflowError as outside:
        raise ImpossibleLocalTime(f"{on} {at} {zone}") from outside


def is_on_time(arrived_at: datetime, deadline_at: datetime, admitted_until: datetime | None = None) -> bool:
    """Say whether what arrived at ``arrived_at`` is on time (R1, R2).

    The deadline names the last permitted moment: 10:00:00.000000 passes, one microsecond later fails. A late
    admission by an officer moves that moment for one record, never earlier than the deadline.
    """
    return arrived_at <= (max(deadline_at, admitted_until) if admitted_until else deadline_at)

"""What a copy of a call says before anybody has changed it: the same terms, everything moved by some years."""

from datetime import datetime
from zoneinfo import ZoneInfo

from seminars.models import Call, CallAgency
from seminars.rules.deadline import ImpossibleLocalTime, instant
from seminars.rules.moving import next_code, same_day, same_weekday, same_words

YEARS = 1
DATES = ("window_start_on", "window_end_on", "announce_from_on", "announce_until_on")
WORDS = tuple(f"{name}_{language}" for name in ("title", "summary", "format") for language in ("en", "fr", "ja"))
SIDE_WORDS = tuple(f"{name}_{language}" for name in ("pays", "filing") for language in ("en", "fr", "ja"))
OWN = ("id", "loaded", "is_published", "is_demonstration", "admin_note")
"""What stays with the call that is copied."""


def clock_of(call: Call) -> str:
    """Return the time zone in which a call opens: that of its first side; fetch the call with its sides."""
    sides = call.sides.all()
    return sides[0].deadline_zone if sides else "UTC"


def copy_of(call: Call) -> tuple[Call, list[CallAgency]]:
    """Return an unsaved copy of ``call`` and of its sides, a year later; fetch the call with its sides.

    Deadlines and the opening keep their local time and their day of the week; deadlines are to be confirmed.
    """
    years, known = YEARS, frozenset({call.year, call.seminar_year})
    columns = [column.attname for column in Call._meta.concrete_fields if column.name not in OWN]
    copy = Call(**{name: getattr(call, name) for name in columns})
    copy.code = next_code(call.code, call.year, years)
    copy.year, copy.seminar_year = call.year + years, call.seminar_year + years
    for name in DATES:
        setattr(copy, name, same_day(getattr(call, name), years))
    for name in WORDS:
        setattr(copy, name, same_words(getattr(call, name), known, years))
    copy.opens_at = _moved(call.opens_at, clock_of(call), years)
    return copy, [_side(side, known, years) for side in call.sides.all()]


def _moved(at: datetime, zone: str, years: int) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    on = same_weekday(local.date(), years)
    try:
        return instant(on, local.time(), zone)
    except ImpossibleLocalTime:
        return datetime.combine(on, local.time(), ZoneInfo(zone))


def _side(side: CallAgency, known: frozenset[int], years: int) -> CallAgency:
    left = ("id", "call", "deadline_at", "last_number")
    columns = [column.attname for column in CallAgency._meta.concrete_fields if column.name not in left]
    copy = CallAgency(**{name: getattr(side, name) for name in columns})
    copy.agency = side.agency
    copy.deadline_on = same_weekday(side.deadline_on, years)
    copy.deadline_confirmed = False
    for name in SIDE_WORDS:
        setattr(copy, name, same_words(getattr(side, name), known, years))
    return copy

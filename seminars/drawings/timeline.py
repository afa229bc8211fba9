"""When a call happens: its deadlines as they were announced, and the picture of its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts import formats
from seminars.choices import CallState
from seminars.models import Call, CallAgency

MONTHS = {"en": "MMMM y", "fr": "MMMM y", "ja": "y年M月"}
# Labels drawn closer than this share of the width, in per cent, would be written over each other.
ROOM_FOR_A_YEAR, ROOM_FOR_A_MONTH = 12, 6


def _language() -> str:
    return (get_language() or "en")[:2]


@dataclass(frozen=True)
class Announced:
    """One side's deadline in words: as announced, by the other clocks, and how long it is until then."""

    side: CallAgency
    day: str
    time: str
    zone: str
    others: str
    is_past: bool
    left: str


def announced(side: CallAgency, at: datetime) -> Announced:
    """Return the deadline of ``side`` as it was announced: its own date, time and zone first."""
    language, reader = _language(), timezone.get_current_timezone_name()
    clocks = formats.clocks(side.deadline_at, language, side.deadline_zone, (reader, *formats.BOTH_SIDES))
    return Announced(
        side=side,
        day=formats.weekday(side.deadline_on, language),
        time=side.deadline_time.isoformat("seconds" if side.deadline_time.second else "minutes"),
        zone=formats.zone_name(side.deadline_zone, language),
        others=formats.separator(language).join(clocks[1:]),
        is_past=at > side.deadline_at,
        left=time_left(side.deadline_at, at),
    )


def time_left(deadline_at: datetime, at: datetime) -> str:
    """Say when a deadline is, in days of the reader's calendar: "Closes in 12 days"."""
    if at > deadline_at:
        return _("Closed")
    zone = timezone.get_current_timezone()
    days = (deadline_at.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days == 0:
        return _("Closes today")
    return ngettext("Closes in %(days)d day", "Closes in %(days)d days", days) % {"days": days}


def next_change(call: Call, at: datetime) -> str:
    """Say what happens next: when the call opens, when its next deadline is, or that it is closed."""
    if call.state_at(at) == CallState.UPCOMING:
        opening = call.opens_at.astimezone(timezone.get_current_timezone()).date()
        return _("Opens on %(date)s") % {"date": formats.day(opening, _language())}
    ahead = [side.deadline_at for side in call.sides.all() if side.deadline_at >= at]
    return time_left(min(ahead), at) if ahead else _("Closed")


@dataclass(frozen=True)
class Stretch:
    """One part of the year: its name, its dates in words, and its bar in per cent of the whole width."""

    key: str
    name: str | Promise
    dates: str
    x: str
    width: str
    state: str
    """``done``, ``now`` or ``ahead``."""


@dataclass(frozen=True)
class Mark:
    """A moment on the picture: where it stands in per cent, and what is written there."""

    x: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """The picture of a call's year; every bar has its words beside it."""

    stretches: tuple[Stretch, ...]
    years: tuple[Mark, ...]
    months: tuple[Mark, ...]
    deadlines: tuple[tuple[CallAgency, str], ...]
    now: str
    """Where today's line stands; empty outside the picture."""
    today: date


def months_between(start: date, end: date) -> str:
    """Write a span of whole months as such ("January 2027"), any other span by its days."""
    language = _language()
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(1)).day == 1:
        return format_date(start, MONTHS[language], locale=formats.LOCALES[language])
    return formats.days(start, end, language)


def draw(call: Call, today: date, sides: Sequence[CallAgency] | None = None) -> Timeline:
    """Return the picture of ``call``'s year as it stands on ``today``: days of the first side's calendar.

    ``sides`` are those of a call that is not stored yet.
    """
    sides = list(call.sides.all()) if sides is None else sides
    zone = ZoneInfo(sides[0].deadline_zone if sides else "UTC")
    last_deadline_at = max((side.deadline_at for side in sides), default=call.opens_at)
    opening, closing = call.opens_at.astimezone(zone).date(), last_deadline_at.astimezone(zone).date()
    last_report = call.window_end_on + timedelta(days=call.report_days)
    first = opening.replace(day=1)
    days = (_next_month(last_report) - first).days

    def place(on: date) -> str:
        return f"{(on - first).days / days * 100:.2f}%"

    def stretch(key: str, name: str | Promise, start: date, end: date, dates: str) -> Stretch:
        width = f"{((end - start).days + 1) / days * 100:.2f}%"
        state = "ahead" if today < start else "now" if today <= end else "done"
        return Stretch(key, name, dates, place(start), width, state)

    language = _language()
    day = timedelta(days=1)
    parts = [stretch("filing", _("Filing on both sides"), opening, closing, formats.days(opening, closing, language))]
    if closing + day < call.announce_from_on:
        between = (closing + day, call.announce_from_on - day)
        name = _("Each agency evaluates, then both select together")
        parts.append(stretch("evaluation", name, *between, formats.days(*between, language)))
    for key, name, start, end in (
        ("results", _("Results"), call.announce_from_on, call.announce_until_on),
        ("seminars", _("Seminar"), call.window_start_on, call.window_end_on),
    ):
        parts.append(stretch(key, name, start, end, months_between(start, end)))
    within = ngettext(
        "Within %(days)d day after the seminar", "Within %(days)d days after the seminar", call.report_days
    ) % {"days": call.report_days}
    parts.append(stretch("report", _("Final report"), call.window_start_on, last_report, within))
    return Timeline(
        stretches=tuple(parts),
        **_calendar(first, days),
        deadlines=tuple((side, place(side.deadline_at.astimezone(zone).date())) for side in sides),
        now=place(today) if first <= today < first + timedelta(days) else "",
        today=today,
    )


def _next_month(on: date) -> date:
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def _calendar(first: date, days: int) -> dict[str, tuple[Mark, ...]]:
    """Return the years, each written where it begins, and the first month of each other quarter."""
    language = _language()
    years, months, month = [], [], first
    while (passed := (month - first).days) < days:
        x = passed / days * 100
        if month.month == 1 or month == first:
            years.append((x, str(month.year)))
        elif month.month in (4, 7, 10) and x - years[-1][0] >= ROOM_FOR_A_MONTH:
            name = format_date(month, "LLL", locale=formats.LOCALES[language])
            months.append(Mark(f"{x:.2f}%", name))
        month = _next_month(month)
    if len(years) > 1 and years[1][0] < ROOM_FOR_A_YEAR:
        years.pop(0)
    return {"years": tuple(Mark(f"{x:.2f}%", year) for x, year in years), "months": tuple(months)}

"""A call's dates as an iCalendar file (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from accounts import formats
from seminars.models import Call

REMIND_BEFORE = (timedelta(days=7), timedelta(days=1))


def calendar_of(call: Call, *, address: str, changed_at: datetime) -> bytes:
    """Return the calendar of ``call`` in the active language; fetch the call with its sides.

    ``address`` is the call's page, absolute; ``changed_at`` when the call was changed last. Deadlines and the
    opening are instants in UTC, the results and the seminar are whole days. Identifiers stay the same from one
    version to the next, so that a calendar moves an event instead of adding another one.
    """
    calendar = new_calendar(call.title)
    for event in events_of(call, address):
        put(calendar, event, address, changed_at)
    return calendar.to_ical()


def new_calendar(name: str) -> Calendar:
    """Return a calendar of ours without an event yet."""
    calendar = Calendar()
    calendar.add("prodid", "-//Joint Seminars//Calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def put(calendar: Calendar, event: Event, address: str, changed_at: datetime) -> None:
    """Add an event that leads to ``address``; its identifier is made one of this site."""
    event["uid"] = f"{event['uid']}@{urlsplit(address).hostname}"
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("url", address)
    calendar.add_component(event)


def events_of(call: Call, address: str) -> Iterator[Event]:
    """Return every date of a call as an event in the active language."""
    yield from dates_of(call, address)
    window = _("Period for the seminar: %(call)s") % {"call": call.title}
    yield days_event(f"{call.code}-seminar", window, call.window_start_on, call.window_end_on, address)


def dates_of(call: Call, address: str) -> Iterator[Event]:
    """Return the opening of a call, its deadlines and when its results come, in the active language."""
    yield _event(f"{call.code}-opening", _("Call opens: %(call)s") % {"call": call.title}, call.opens_at, address)
    for side in call.sides.all():
        words = (
            _("Deadline of %(agency)s: %(call)s")
            if side.deadline_confirmed
            else _("Deadline of %(agency)s (to be confirmed): %(call)s")
        )
        title = words % {"agency": side.agency.acronym, "call": call.title}
        clocks = formats.clocks(side.deadline_at, (get_language() or "en")[:2], side.deadline_zone)
        uid = f"{call.code}-deadline-{side.agency.code}"
        event = _event(uid, title, side.deadline_at, "\n".join((*clocks, address)))
        if not side.deadline_confirmed:
            event.add("status", "TENTATIVE")
        for before in REMIND_BEFORE:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", -before)
            event.add_component(alarm)
        yield event
    results = _("Results expected: %(call)s") % {"call": call.title}
    yield days_event(f"{call.code}-results", results, call.announce_from_on, call.announce_until_on, address)


def _event(uid: str, title: str, starts: datetime | date, description: str) -> Event:
    event = Event()
    event["uid"] = uid
    event.add("summary", title)
    event.add("dtstart", starts)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def days_event(uid: str, title: str, first: date, last: date, description: str) -> Event:
    """Return an event of whole days, both included."""
    event = _event(uid, title, first, description)
    event.add("dtend", last + timedelta(days=1))
    return event

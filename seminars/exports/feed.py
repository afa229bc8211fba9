"""What a private calendar address tells: the dates that its owner may see now, and nothing about anybody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from icalendar import Calendar

from accounts import formats
from accounts.models import HistoryEntry, User
from seminars.choices import CONFIRMED, ProposalState, SeminarState, ToldOutcome
from seminars.exports.calendar import dates_of, days_event, new_calendar, put
from seminars.models import Call, Feed, Proposal
from seminars.models.proposal_queries import ProposalQuerySet

ENDED = (ProposalState.WITHDRAWN, ProposalState.LAPSED)
STATUSES = {SeminarState.CONFIRMED: "CONFIRMED", SeminarState.CANCELLED: "CANCELLED"}


def feed_of(feed: Feed, *, at: datetime) -> bytes:
    """Return the calendar of a feed as its owner sees it at ``at``, in the owner's language and clock.

    Deadlines of the calls that the owner takes part in or runs; dates of the owner's own seminars, by their title;
    and of the confirmed pairs that the owner oversees for an agency, by their number alone, since calendars are
    shown to others. A seminar is tentative until it is confirmed, and cancelled once it is; one that was announced as
    not selected is left out. Nothing else says what was decided. Six queries at most, whatever the number of events.
    """
    owner = feed.owner
    with override(owner.language), timezone.override(owner.time_zone):
        calendar = new_calendar(_("Joint seminars: %(name)s") % {"name": feed.name})
        if feed.has_deadlines:
            _put_calls(calendar, owner)
        if feed.has_seminars:
            _put_own_seminars(calendar, owner, at)
            _put_overseen_seminars(calendar, owner)
        return calendar.to_ical()


def _put_calls(calendar: Calendar, owner: User) -> None:
    taking_part = Proposal.objects.owned_by(owner).exclude(state=ProposalState.WITHDRAWN).values("side__call")
    visible = Q(pk__in=Call.objects.visible_to(owner).filter(pk__in=taking_part).values("pk"))
    if owner.officer_agencies:
        visible |= Q(pk__in=Call.objects.run_by(owner).values("pk"))
    calls = list(Call.objects.filter(visible).with_sides())
    changed = _last_changes(calls)
    for call in calls:
        page = reverse("call", args=[call.code]) if call.is_published else reverse("desk_call", args=[call.code])
        address = settings.SITE_URL + page
        for event in dates_of(call, address):
            put(calendar, event, address, changed.get(call.pk, call.opens_at))


def _last_changes(calls: Iterable[Call]) -> dict[int, datetime]:
    entries = HistoryEntry.objects.about(*calls).order_by().values_list("subject_id")
    return dict(entries.annotate(last=Max("at")))


def _put_own_seminars(calendar: Calendar, owner: User, at: datetime) -> None:
    for record in _dated(Proposal.objects.owned_by(owner)):
        if record.state_at(at) not in ENDED:
            page = reverse("proposal", args=[record.pk])
            _put_seminar(calendar, record, f"record-{record.pk}", str(record), page)


def _put_overseen_seminars(calendar: Calendar, owner: User) -> None:
    if not owner.officer_agencies:
        return
    own = Proposal.objects.overseen_by(owner).that_stand_for(owner)
    told: set[int] = set()
    for record in _dated(own.filter(seminar__state__in=CONFIRMED).exclude(state=ProposalState.WITHDRAWN)):
        if record.coordinator_id == owner.pk or record.seminar_id in told:
            continue
        told.add(record.seminar_id)
        name = _("Seminar %(number)s") % {"number": record.seminar}
        _put_seminar(
            calendar, record, f"seminar-{record.seminar_id}", name, reverse("desk_seminar", args=[record.seminar_id])
        )


def _dated(records: ProposalQuerySet) -> Iterable[Any]:
    dated = records.filter(start_on__isnull=False, end_on__isnull=False).exclude(told_outcome=ToldOutcome.INELIGIBLE)
    # A condition on the pair in exclude() would leave out records without one.
    dated = dated.filter(Q(seminar__isnull=True) | ~Q(seminar__state=SeminarState.NOT_SELECTED))
    return dated.select_related("side", "seminar__call").order_by("start_on", "pk")


def _put_seminar(calendar: Calendar, record: Any, uid: str, name: str, page: str) -> None:
    address = settings.SITE_URL + page
    event = days_event(uid, name, record.start_on, record.end_on, address)
    country = formats.country(record.venue_country, (get_language() or "en")[:2]) if record.venue_country else ""
    event.add("location", ", ".join(filter(None, (record.venue_name, record.venue_city, country))))
    state = SeminarState(record.seminar.state) if record.seminar else SeminarState.FORMING
    event.add("status", STATUSES.get(state, "TENTATIVE"))
    put(calendar, event, address, record.changed_at)

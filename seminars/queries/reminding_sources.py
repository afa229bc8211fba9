"""Who is to be reminded of what until both halves of a pair are submitted, and what a call offers for it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Membership, User
from seminars.choices import CONFIRMED, ProposalState, ReminderAudience, SeminarState
from seminars.models import Call, CallAgency, Correction, Proposal, Recusal, Submission
from seminars.models.proposal_queries import UNFINISHED, fetch_listed
from seminars.queries.shared import differing
from seminars.queries.steps import pending_invitation
from seminars.reminding import Kind, Stage, Want
from seminars.rules import retention

COORDINATOR, OFFICER = ReminderAudience.COORDINATOR.value, ReminderAudience.OFFICER.value
INSTITUTION = ReminderAudience.INSTITUTION.value
DAY = 24
NOON = time(12)
AFTERMATH = timedelta(days=2)
"""How long after its last deadline a call is still looked through in full."""


def _sides(ids: Collection[int]) -> Mapping[int, CallAgency]:
    return CallAgency.objects.select_related("call", "agency").in_bulk(ids)


def _records(ids: Collection[int]) -> Mapping[int, Proposal]:
    return Proposal.objects.with_pairing().in_bulk(ids)


KINDS = (
    Kind(
        "draft",
        _("Record not submitted"),
        _("deadline of the record"),
        _("Your record is not submitted yet"),
        {COORDINATOR: (-30 * DAY, -7 * DAY, -2 * DAY, -DAY, -3)},
        _records,
        mandatory_from=-DAY,
    ),
    Kind(
        "approval",
        _("Institution's approval missing"),
        _("deadline of the record"),
        _("The institution's approval is missing"),
        {
            INSTITUTION: (-7 * DAY, -3 * DAY, -DAY, -3),
            COORDINATOR: (-7 * DAY, -3 * DAY, -DAY, -3),
            OFFICER: (-2 * DAY, -DAY),
        },
        _records,
        mandatory_from=-DAY,
        subjects={INSTITUTION: _("Your institution's approval is awaited")},
    ),
    Kind(
        "correction",
        _("Correction not sent"),
        _("end of the correction"),
        _("Your correction is awaited"),
        {COORDINATOR: (-3 * DAY, -DAY, -3)},
        _records,
        mandatory_from=-DAY,
    ),
    Kind(
        "partner_not_invited",
        _("Partner not invited"),
        _("deadline of the record"),
        _("Your partner is not invited yet"),
        {COORDINATOR: (-30 * DAY, -14 * DAY, -4 * DAY)},
        _records,
    ),
    Kind(
        "invitation_open",
        _("Invitation not accepted"),
        _("day the invitation was sent"),
        _("Your partner has not answered yet"),
        {COORDINATOR: (7 * DAY, 14 * DAY)},
        _records,
    ),
    Kind(
        "pair_unconfirmed",
        _("Pair not confirmed"),
        _("deadline of the record"),
        _("Your pair waits for your confirmation"),
        {COORDINATOR: (-21 * DAY, -7 * DAY, -3 * DAY, -DAY)},
        _records,
        mandatory_from=-DAY,
    ),
    Kind(
        "one_sided",
        _("Submitted on one side only"),
        _("deadline of the missing half"),
        _("Only one half is submitted"),
        {COORDINATOR: (-7 * DAY, -3 * DAY, -DAY), OFFICER: (-2 * DAY, -DAY)},
        _records,
    ),
    Kind(
        "differences",
        _("Differences open"),
        _("deadline of the record"),
        _("The two halves of your seminar differ"),
        {COORDINATOR: (-14 * DAY, -5 * DAY, -2 * DAY)},
        _records,
    ),
    Kind(
        "retention",
        _("Personal data to be removed soon"),
        _("last day they are kept"),
        _("Personal data are kept for a few more weeks only"),
        {OFFICER: (-90 * DAY, -30 * DAY)},
        _sides,
        stage=Stage.END,
    ),
)


@dataclass(frozen=True)
class Officers:
    """The officers of a call by agency, and the pairs each is shut out of (SAFETY 3)."""

    by_agency: Mapping[int, list[User]]
    shut_out: frozenset[tuple[int, int]]

    def of(self, agency_id: int, seminar_id: int | None) -> list[User]:
        """Return the officers of an agency who may know of a pair."""
        found = self.by_agency.get(agency_id, [])
        return [officer for officer in found if seminar_id is None or (officer.pk, seminar_id) not in self.shut_out]


def officers_of(call: Call) -> Officers:
    """Fetch the officers of a call, in two queries."""
    by_agency: dict[int, list[User]] = {}
    agencies = [side.agency_id for side in call.sides.all()]
    acting = Membership.objects.filter(role=Role.OFFICER, agency__in=agencies, user__is_active=True)
    for membership in acting.select_related("user").order_by("pk"):
        by_agency.setdefault(membership.agency_id, []).append(membership.user)
    people = [officer.pk for officers in by_agency.values() for officer in officers]
    recusals = Recusal.objects.filter(user__in=people, seminar__call=call).values_list("user", "seminar")
    return Officers(by_agency, frozenset(recusals))


def source(call: Call, at: datetime) -> Iterator[Want]:
    """Yield who is to be reminded at ``at`` of what the two halves of a pair still lack."""
    records = _living(call, at)
    halves: dict[int, list[Proposal]] = {}
    for record in records:
        if record.seminar_id:
            halves.setdefault(record.seminar_id, []).append(record)
    officers = officers_of(call)
    yield from _retention(call, officers, at)
    differ = _differing(halves, at)
    for record in records:
        pair = halves.get(record.seminar_id, []) if record.seminar_id else []
        record.partner = next((half for half in pair if half.pk != record.pk), None)
        yield from _filing(record, officers, at)
        yield from _pairing(record, at)
        yield from _missing_half(record, officers, at)
        if record.seminar and record.pk in differ and at <= record.closes_at:
            yield _want("differences", record, record.closes_at, record.seminar.paired_at or record.created_at)


def _living(call: Call, at: datetime) -> list[Proposal]:
    """Return the records of a call that are not over, with what the sources look at; few once it is closed."""
    sides = {side.pk: side for side in call.sides.all()}
    found = Proposal.objects.filter(side__in=sides).exclude(state__in=(ProposalState.WITHDRAWN, ProposalState.LAPSED))
    if call.last_deadline_at + AFTERMATH < at:
        found = found.filter(Q(admitted_until__gte=at) | Q(correct_until__gte=at))
    asked = Correction.objects.filter(closed_at__isnull=True).defer("kept").select_related("decision")
    related = found.select_related("seminar", "coordinator").prefetch_related(
        "invitations",
        Prefetch("submissions", Submission.objects.select_related("approval").defer("snapshot")),
        Prefetch("corrections", asked),
    )
    records = list(related)
    for record in records:
        record.side = sides[record.side_id]
    fetch_listed(records)
    return records


def _want(kind: str, record: Proposal, anchor_at: datetime, since: datetime, audience: str = COORDINATOR) -> Want:
    return Want(kind, audience, record.pk, record.coordinator, record.side_id, anchor_at, since, record.seminar_id)


def _filing(record: Proposal, officers: Officers, at: datetime) -> Iterator[Want]:
    state = record.state_at(at)
    if state == ProposalState.DRAFT:
        ended = [filing.ended_at for filing in record.submissions.all() if filing.ended_at]
        yield _want("draft", record, record.closes_at, max([record.created_at, *ended]))
    elif state == ProposalState.AWAITING_INSTITUTION or record.correction_sent_at:
        yield from _approval(record, officers)
    elif record.correct_until and record.is_being_corrected(at):
        decisions = [correction.decision for correction in record.corrections.all()]
        asked = [decision.told_at or decision.decided_at for decision in decisions]
        yield _want("correction", record, record.correct_until, max(asked, default=record.changed_at))


def _approval(record: Proposal, officers: Officers) -> Iterator[Want]:
    """Yield who is told that an institution has not answered: its officer, who has no account, first of all (R5)."""
    filings, closes_at = record.submissions.all(), record.closes_at
    since = max((filing.arrived_at for filing in filings), default=record.changed_at)
    common = (record.side_id, closes_at, since, record.seminar_id)
    for filing in filings:
        if filing.ended_at is None and filing.counted_at is None and hasattr(filing, "approval"):
            yield Want("approval", INSTITUTION, record.pk, None, *common, filing.approval)
    yield _want("approval", record, closes_at, since)
    for officer in officers.of(record.side.agency_id, record.seminar_id):
        yield Want("approval", OFFICER, record.pk, officer, *common)


def _pairing(record: Proposal, at: datetime) -> Iterator[Want]:
    if at > record.closes_at:
        return
    if record.seminar is None:
        invitation = pending_invitation(record, at=at)
        if invitation is None:
            yield _want("partner_not_invited", record, record.side.deadline_at, record.created_at)
        else:
            yield _want("invitation_open", record, invitation.sent_at, invitation.sent_at)
    elif record.seminar.state == SeminarState.FORMING and record.pair_confirmed_at is None:
        yield _want("pair_unconfirmed", record, record.closes_at, record.seminar.formed_at)


def _missing_half(record: Proposal, officers: Officers, at: datetime) -> Iterator[Want]:
    """Yield who is told that only ``record`` is submitted: its coordinator, and the officers who may read it (R3)."""
    partner = record.partner
    other = record.side.counterpart
    if record.state != ProposalState.SUBMITTED or other is None or record.listed is not None:
        return
    if partner and partner.state == ProposalState.SUBMITTED:
        return
    closes_at = partner.closes_at if partner else other.deadline_at
    if at > closes_at + AFTERMATH:
        return
    since = max((filing.counted_at for filing in record.submissions.all() if filing.counted_at), default=at)
    yield _want("one_sided", record, closes_at, since)
    shared = record.seminar is not None and record.seminar.state in CONFIRMED
    for side in (record.side, other) if shared else (record.side,):
        for officer in officers.of(side.agency_id, record.seminar_id):
            yield Want("one_sided", OFFICER, record.pk, officer, side.pk, closes_at, since, record.seminar_id)


def _differing(halves: Mapping[int, list[Proposal]], at: datetime) -> frozenset[int]:
    """Return the ids of records in confirmed pairs that differ in what stops a submission, and are not both filed."""
    open_pairs = [
        half.pk
        for pair in halves.values()
        if len(pair) == 2 and any(half.state in UNFINISHED and at <= half.closes_at for half in pair)
        for half in pair
        if half.seminar and half.seminar.state in CONFIRMED
    ]
    if not open_pairs:
        return frozenset()
    found = Proposal.objects.with_dossier().filter(pk__in=open_pairs)
    return frozenset(record.pk for record in found if any(differing(record).values()))


def _retention(call: Call, officers: Officers, at: datetime) -> Iterator[Want]:
    """Yield the officers of both sides before the next period of a call's records ends."""
    for side in call.sides.all():
        zone = ZoneInfo(side.deadline_zone)
        ends = (
            retention.ends_on(call.window_end_on, call.keep_funded_years),
            retention.ends_on(call.announce_until_on, call.keep_other_years),
        )
        ahead = [end for on in ends if (end := datetime.combine(on, NOON, zone).astimezone(UTC)) > at]
        if ahead and Proposal.objects.filter(side=side, data_ended_at__isnull=True).exists():
            for officer in officers.of(side.agency_id, None):
                yield Want("retention", OFFICER, side.pk, officer, side.pk, min(ahead), call.opens_at)

"""Ending the period of records: their people go, what was decided stays."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from accounts.actions.erasure import DOMAIN
from accounts.actions.history import empty_history, record
from accounts.models import HistoryEntry, User
from seminars import mails
from seminars.actions.erasure import erase_person
from seminars.choices import SELECTED
from seminars.files import storage
from seminars.models import Approval, Call, Invitation, ListedApplication, Note, Proposal, Submission
from seminars.permissions import erasure_refusal, require, retention_refusal
from seminars.queries.snapshots import canonical
from seminars.rules import retention

NOBODY = f"nobody@{DOMAIN}"
LISTED = (
    *("family_name", "given_name", "family_name_kanji", "given_name_kanji", "family_name_kana", "given_name_kana"),
    *("email", "orcid", "department", "partner_family_name", "partner_given_name", "partner_email"),
)


@dataclass(frozen=True)
class Period:
    """The funded records of a call, or all others, and the last day on which their personal data are kept."""

    call: Call
    is_funded: bool
    last_day: date

    @property
    def records(self) -> QuerySet[Proposal]:
        """The records of the period that still have their people."""
        funded = Q(seminar__state__in=SELECTED)
        left = Proposal.objects.filter(side__call=self.call, data_ended_at__isnull=True)
        return left.filter(funded) if self.is_funded else left.exclude(funded)


def periods_of(call: Call) -> tuple[Period, Period]:
    """Return the two periods of a call."""
    return (
        Period(call, True, retention.ends_on(call.window_end_on, call.keep_funded_years)),
        Period(call, False, retention.ends_on(call.announce_until_on, call.keep_other_years)),
    )


def over(today: date) -> list[Period]:
    """Return the periods that have ended by ``today`` and still have records with people in them."""
    periods = (period for call in Call.objects.order_by("pk") for period in periods_of(call))
    return [period for period in periods if today > period.last_day and period.records.exists()]


def tell_over(*, at: datetime) -> int:
    """Write to all administrators of each period that has ended, once; return how many mails there are by now."""
    people = list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))
    told = [mails.period_over(period, to=person, at=at) for period in over(at.date()) for person in people]
    return len(told)


def end_period(period: Period, *, by: User, at: datetime) -> int:
    """Take the people out of the records of a period that has ended; return how many records. Raises Refused.

    Each record is one transaction, so that an interruption leaves whole records; asked again, the rest follows. The
    coordinators who have no other record here, no role, and nothing under way are erased too.
    """
    require(retention_refusal(period.last_day, by, at))
    ended = [pk for pk in list(period.records.values_list("pk", flat=True)) if _end_record(pk, by=by, at=at)]
    people = User.objects.filter(proposals__in=ended).exclude(proposals__data_ended_at__isnull=True).distinct()
    for person in people:
        if erasure_refusal(person, by, at) is None:
            erase_person(person, by=by, reason="The period of the last record has ended.", at=at)
    return len(ended)


@transaction.atomic
def _end_record(pk: int, *, by: User, at: datetime) -> bool:
    call = Call.objects.select_for_update(of=("self",)).get(sides__proposals=pk)
    found = Proposal.objects.get(pk=pk)
    if found.data_ended_at is not None:
        return False
    # First, as long as it is known who is meant; it locks panels, which come before records.
    for ender in settings.PERIOD_ENDERS:
        import_string(ender)(found.seminar_id, by=by, at=at)
    proposal = Proposal.objects.select_for_update().get(pk=pk)
    for attachment in proposal.attachments.all():
        transaction.on_commit(partial(storage.remove, str(attachment.file.name)))
    proposal.attachments.all().delete()
    for place, person in enumerate(proposal.participants.order_by("pk"), start=1):
        for name in retention.PERSONAL:
            setattr(person, name, "")
        person.family_name = retention.number_of(place)
        person.save(update_fields=[*retention.PERSONAL])
    proposal.sessions.update(speaker="")
    proposal.lines.update(note="")
    _end_filings(proposal.submissions.all())
    Invitation.objects.filter(proposal=proposal).update(email=NOBODY, name="", message="")
    Note.objects.filter(proposal=proposal, deleted_at__isnull=True).update(text="", deleted_at=at)
    listed = Q(record=proposal) | Q(seminar=proposal.seminar_id, seminar__isnull=False)
    ListedApplication.objects.filter(listed).update(**dict.fromkeys(LISTED, ""), received={}, earlier=[])
    empty_history(HistoryEntry.objects.about(proposal))
    Proposal.objects.filter(pk=pk).update(
        institution_officer_name="", institution_officer_email="", director_name="", data_ended_at=at
    )
    record(proposal, "data_ended", by=by, at=at)
    if not Proposal.objects.filter(side__call=call, data_ended_at__isnull=True).exists():
        for ender in settings.CALL_ENDERS:
            import_string(ender)(call.pk, by=by, at=at)
    return True


def _end_filings(submissions: Iterable[Submission]) -> None:
    """Take the people out of frozen copies; the fingerprint stays that of what was filed."""
    for submission in submissions:
        submission.snapshot = canonical(retention.without_people(json.loads(submission.snapshot)))
        submission.save(update_fields=["snapshot"])
        Approval.objects.filter(submission=submission).update(officer_name="–", officer_email=NOBODY)
        empty_history(HistoryEntry.objects.about(submission))

"""Telling coordinators about eligibility, at an instant that both agencies have agreed on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.actions.messages import Addressee, addressee_of, render_message
from accounts.models import User
from seminars import mails
from seminars.actions.proposals import plain
from seminars.choices import Eligibility, ProposalState, SeminarState
from seminars.models import Call, CallAgency, EligibilityDecision, EligibilityNotice, Proposal
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.permissions import Refused, agree_refusal, change_notice_refusal, require

FINAL = (SeminarState.ELIGIBLE, SeminarState.INELIGIBLE)


@dataclass(frozen=True)
class Letter:
    """A mail as its recipient would read it, before it is written down."""

    addressee: Addressee
    subject: str
    text: str


def to_tell(call: Call) -> ProposalQuerySet:
    """Return the submitted records of ``call`` with a last word that their coordinators have not been told."""
    fresh = EligibilityDecision.objects.in_force().filter(told_at__isnull=True).exclude(outcome=Eligibility.CORRECTION)
    paired = Q(seminar__state__in=FINAL, seminar__in=fresh.filter(seminar__isnull=False).values("seminar"))
    alone = Q(pk__in=fresh.filter(seminar__isnull=True).values("proposal"))
    records = Proposal.objects.filter(paired | alone, side__call=call, state=ProposalState.SUBMITTED)
    decisions = EligibilityDecision.objects.in_force().select_related("side__agency")
    return (
        records.with_side()
        .prefetch_related(
            Prefetch("seminar__eligibility_decisions", decisions, to_attr="decided"),
            Prefetch("eligibility_decisions", decisions, to_attr="decisions"),
        )
        .order_by("side__agency__accent", "pk")
    )


def decisions_on(proposal: Proposal) -> list[EligibilityDecision]:
    """Return the decisions in force on a record that ``to_tell`` found: both agencies' for a pair."""
    confirmed = proposal.seminar is not None and proposal.seminar.is_confirmed
    held: Any = proposal
    found: list[EligibilityDecision] = held.seminar.decided if confirmed else held.decisions
    return sorted(found, key=lambda decision: decision.side.agency.accent)


def letter_to(proposal: Proposal, *, at: datetime) -> Letter:
    """Return the letter that a notice would send about a record, as its coordinator would read it."""
    context = mails.eligibility_context(proposal, decisions_on(proposal))
    subject, text, _html = render_message(
        "eligibility_told", to=proposal.coordinator, about=proposal, context=context, at=at
    )
    return Letter(addressee_of(proposal.coordinator), subject, text)


def _lock(notice: EligibilityNotice) -> EligibilityNotice:
    held = EligibilityNotice.objects.select_for_update(of=("self",)).select_related("call", "side__agency")
    return held.get(pk=notice.pk)


@transaction.atomic
def plan_notice(side: CallAgency, *, due_at: datetime, by: User, at: datetime) -> EligibilityNotice:
    """Plan when the coordinators of the call are told; it goes once the other side's officers have agreed.

    Raises Refused: not an officer of ``side``, an instant that is not in the future, or a notice that waits already.
    """
    if side.agency_id not in by.officer_agencies:
        raise Refused(_("Only an officer of this agency may do this."))
    _require_future(due_at, at)
    alone = side.call.sides.count() == 1
    agreed = {"agreed_at": at, "agreed_by": by} if alone else {}
    try:
        with transaction.atomic():
            notice = EligibilityNotice.objects.create(
                call=side.call, side=side, due_at=due_at, planned_at=at, planned_by=by, **agreed
            )
    except IntegrityError as clash:
        raise Refused(_("A notice waits already: move or cancel that one.")) from clash
    record(side.call, "notice_planned", by=by, at=at, after={"due_at": plain(due_at)})
    return notice


def _require_future(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise Refused(_("Choose a moment in the future."))


@transaction.atomic
def agree_to_notice(notice: EligibilityNotice, *, due_at: datetime, by: User, at: datetime) -> None:
    """Agree, for the other agency, that coordinators are told at ``due_at``; refused where it was moved meanwhile."""
    held = _lock(notice)
    require(agree_refusal(held, by))
    if held.due_at != due_at:
        raise Refused(_("The notice has just been moved. Please look at it again."))
    held.agreed_at, held.agreed_by = at, by
    held.save(update_fields=["agreed_at", "agreed_by"])
    record(held.call, "notice_agreed", by=by, at=at, after={"due_at": plain(held.due_at)})


@transaction.atomic
def move_notice(notice: EligibilityNotice, side: CallAgency, *, due_at: datetime, by: User, at: datetime) -> None:
    """Move a notice that has not gone; the agency of ``side`` has planned it then, and the other agrees anew."""
    held = _lock(notice)
    require(change_notice_refusal(held, by))
    if side.agency_id not in by.officer_agencies or side.call_id != held.call_id:
        raise Refused(_("Only an officer of this agency may do this."))
    _require_future(due_at, at)
    before = {"due_at": plain(held.due_at)}
    alone = held.call.sides.count() == 1
    held.side, held.due_at, held.planned_at, held.planned_by = side, due_at, at, by
    held.agreed_at, held.agreed_by = (at, by) if alone else (None, None)
    held.save(update_fields=["side", "due_at", "planned_at", "planned_by", "agreed_at", "agreed_by"])
    record(held.call, "notice_moved", by=by, at=at, before=before, after={"due_at": plain(due_at)})


@transaction.atomic
def cancel_notice(notice: EligibilityNotice, *, by: User, at: datetime) -> None:
    """Cancel a notice that has not gone: nobody is told anything. Raises Refused."""
    held = _lock(notice)
    require(change_notice_refusal(held, by))
    held.cancelled_at, held.cancelled_by = at, by
    held.save(update_fields=["cancelled_at", "cancelled_by"])
    record(held.call, "notice_cancelled", by=by, at=at, before={"due_at": plain(held.due_at)})


def send_due(*, at: datetime) -> int:
    """Send every notice that is due or overdue at ``at`` and agreed by both; return how many letters were written."""
    waiting = EligibilityNotice.objects.filter(
        due_at__lte=at, agreed_at__isnull=False, sent_at__isnull=True, cancelled_at__isnull=True
    )
    return sum(_send(pk, at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _send(pk: int, at: datetime) -> int:
    held = EligibilityNotice.objects.select_for_update(of=("self",)).select_related("call").get(pk=pk)
    if held.sent_at or held.cancelled_at or held.agreed_at is None or held.due_at > at:
        return 0
    # Nobody decides or reopens between the reading of the decisions and the letters.
    concerned = Proposal.objects.filter(side__call=held.call, state=ProposalState.SUBMITTED).order_by("pk")
    list(concerned.select_for_update().values_list("pk", flat=True))
    held.sent_at = at
    held.save(update_fields=["sent_at"])
    return _tell(held, to_tell(held.call), at)


def _tell(notice: EligibilityNotice, records: Iterable[Proposal], at: datetime) -> int:
    told, letters = set(), 0
    for proposal in records:
        decisions = decisions_on(proposal)
        outcome = mails.told_outcome(decisions)
        told |= {decision.pk for decision in decisions}
        Proposal.objects.filter(pk=proposal.pk).update(told_outcome=outcome, told_at=at)
        mails.eligibility_told(proposal, decisions, notice, at=at)
        record(proposal, "eligibility_told", by=None, at=at, after={"told_outcome": outcome})
        letters += 1
    EligibilityDecision.objects.filter(pk__in=told, told_at__isnull=True).update(told_at=at, notice=notice)
    record(notice.call, "notice_sent", by=None, at=at, after={"letters": letters})
    return letters

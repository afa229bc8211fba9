"""Filing a record, and taking it back: one transaction each, the same for screens, tasks and commands."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.actions import corrections
from seminars.actions.approval_links import new_link
from seminars.actions.locks import lock_pair
from seminars.choices import ProposalState
from seminars.models import Approval, CallAgency, Proposal, Submission
from seminars.models.proposal_queries import UNFINISHED
from seminars.permissions import Refused, reopen_refusal, require, submit_refusal, withdraw_refusal
from seminars.queries.dossiers import violations_of
from seminars.queries.snapshots import canonical, sha256, snapshot_of
from seminars.rules import completeness, states
from seminars.rules.dossier import Violation

GRACE = timedelta(minutes=5)
"""A record lapses by rule at its deadline. The task that writes it down waits this long, so that a submission which
arrived in time and still waits for its lock finds a draft."""


class Incomplete(Exception):
    """The record breaks rules that stop a submission; ``violations`` says which."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        """Keep the violations for the page that lists them."""
        super().__init__(violations)
        self.violations = violations


def _next_number(side: CallAgency) -> str:
    CallAgency.objects.filter(pk=side.pk).update(last_number=F("last_number") + 1)
    number = CallAgency.objects.values_list("last_number", flat=True).get(pk=side.pk)
    return f"{side.agency.acronym.upper()}-{side.call.year}-{side.call_id}-{number:04d}"


def _move(proposal: Proposal, verb: str, at: datetime) -> None:
    before = proposal.state
    proposal.state = states.target(states.PROPOSAL, verb)
    moved = Proposal.objects.filter(pk=proposal.pk, state=before).update(state=proposal.state, changed_at=at)
    if moved != 1:
        raise Refused(_("This record has just changed. Please look at it again."))


def _end_submission(proposal: Proposal, at: datetime) -> None:
    proposal.submissions.filter(ended_at__isnull=True).update(ended_at=at)


@transaction.atomic
def submit(proposal_id: int, *, form_uuid: UUID, by: User, at: datetime) -> Submission:
    """File a record and return its submission; the same ``form_uuid`` twice returns the first (SAFETY 7).

    ``at`` is the instant the request arrived. Raises Refused (not the coordinator, not a draft, after the
    deadline, R1) or Incomplete with what the rules find (R3–R19). Where the call asks for it, the institution's
    officer is asked to approve, and only the approval counts as submitted (R5). A correction that an officer asked
    for is filed the same way; the filing in force ends only when the corrected one counts.
    """
    proposal = lock_pair(proposal_id)
    earlier = Submission.objects.filter(form_uuid=form_uuid).first()
    if earlier and earlier.proposal_id == proposal.pk and earlier.by_id == by.pk:
        return earlier
    require(submit_refusal(proposal, by, at))
    if earlier:
        raise Refused(_("This form was sent before, for another record. Please open the page again."))
    stopping = completeness.blocking(violations_of(proposal))
    if stopping:
        raise Incomplete(stopping)
    text = canonical(snapshot_of(proposal))
    approved_by_institution, correcting = proposal.side.asks_institution_approval, proposal.is_being_corrected(at)
    submission = Submission.objects.create(
        proposal=proposal,
        form_uuid=form_uuid,
        number=_next_number(proposal.side),
        arrived_at=at,
        counted_at=None if approved_by_institution or correcting else at,
        by=by,
        snapshot=text,
        sha256=sha256(text),
    )
    verb = "send_to_institution" if approved_by_institution else "submit"
    if not correcting:
        _move(proposal, verb, at)
    elif approved_by_institution:
        Proposal.objects.filter(pk=proposal.pk).update(correction_sent_at=at)
    else:
        corrections.complete(submission, at=at)
    record(proposal, verb, by=by, at=at, after={"number": submission.number, "sha256": submission.sha256})
    if approved_by_institution:
        _ask_institution(submission, at)
    else:
        mails.receipt(submission, at=at)
        if not correcting:
            mails.filed_alone(proposal, at=at)
    return submission


def _ask_institution(submission: Submission, at: datetime) -> None:
    proposal = submission.proposal
    approval = Approval.objects.create(
        submission=submission,
        officer_name=proposal.institution_officer_name,
        officer_email=proposal.institution_officer_email,
        asked_at=at,
    )
    mails.approval_request(approval, new_link(approval, at=at), at=at)


def approval_refusal(approval: Approval, at: datetime) -> str | None:
    """Say why the institution's officer can no longer answer at ``at``: answered, taken back, or too late (R5)."""
    proposal = approval.submission.proposal
    if approval.approved_at or approval.returned_at:
        return _("This request has been answered already.")
    awaited = proposal.state == ProposalState.AWAITING_INSTITUTION or proposal.correction_sent_at is not None
    if approval.submission.ended_at or not awaited:
        return _("The coordinator has taken this record back. A new request follows when it is submitted again.")
    if at > proposal.closes_at:
        return _("The deadline has passed. This record can no longer be approved.")
    return None


def newer_request(approval: Approval, at: datetime) -> Approval | None:
    """Return the request for the same record, to the same address, that awaits an answer in place of this one."""
    later = Approval.objects.select_related("submission__proposal__side").defer("submission__snapshot")
    same = later.filter(submission__proposal=approval.submission.proposal_id, officer_email=approval.officer_email)
    newest = same.filter(pk__gt=approval.pk).order_by("pk").last()
    return newest if newest and approval_refusal(newest, at) is None else None


def _lock_approval(approval: Approval) -> tuple[Approval, Proposal]:
    proposal = lock_pair(approval.submission.proposal_id)
    fresh = Approval.objects.select_related("submission").get(pk=approval.pk)
    fresh.submission.proposal = proposal
    return fresh, proposal


@transaction.atomic
def approve(approval: Approval, *, at: datetime) -> Submission:
    """Record the institution's approval: from ``at`` on the record counts as submitted (R5). Raises Refused."""
    approval, proposal = _lock_approval(approval)
    require(approval_refusal(approval, at))
    approval.approved_at = at
    approval.save(update_fields=["approved_at"])
    submission = approval.submission
    correcting = proposal.correction_sent_at is not None
    if correcting:
        corrections.complete(submission, at=at)
    else:
        submission.counted_at = at
        submission.save(update_fields=["counted_at"])
        _move(proposal, "approve", at)
    record(proposal, "approve", by=None, label=approval.officer_name, at=at, after={"number": submission.number})
    mails.approved(approval, at=at)
    mails.receipt(submission, at=at)
    if not correcting:
        mails.filed_alone(proposal, at=at)
    return submission


@transaction.atomic
def return_for_correction(approval: Approval, *, reason: str, at: datetime) -> None:
    """Give the record back to its coordinator with a reason; it is a draft again. Raises Refused."""
    approval, proposal = _lock_approval(approval)
    require(approval_refusal(approval, at))
    approval.returned_at, approval.reason = at, reason
    approval.save(update_fields=["returned_at", "reason"])
    if proposal.correction_sent_at is not None:
        proposal.submissions.filter(pk=approval.submission_id).update(ended_at=at)
        Proposal.objects.filter(pk=proposal.pk).update(correction_sent_at=None)
    else:
        _end_submission(proposal, at)
        _move(proposal, "return_for_correction", at)
    record(proposal, "return_for_correction", by=None, label=approval.officer_name, at=at, reason=reason)
    mails.returned(approval, at=at)


@transaction.atomic
def reopen(proposal_id: int, *, by: User, at: datetime) -> Proposal:
    """Make a filed record a draft again: it must be submitted anew in time (R21). Raises Refused."""
    proposal = lock_pair(proposal_id)
    require(reopen_refusal(proposal, by, at))
    _end_submission(proposal, at)
    _move(proposal, "reopen", at)
    record(proposal, "reopen", by=by, at=at)
    mails.reopened(proposal, at=at)
    return proposal


@transaction.atomic
def withdraw(proposal_id: int, *, reason: str, by: User, at: datetime) -> Proposal:
    """Take a record out of the call for good; the pair is void with it (R3, R21). Raises Refused."""
    proposal = lock_pair(proposal_id)
    require(withdraw_refusal(proposal, by, at))
    _end_submission(proposal, at)
    proposal.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True, declined_at__isnull=True).update(
        revoked_at=at
    )
    _move(proposal, "withdraw", at)
    record(proposal, "withdraw", by=by, at=at, reason=reason)
    mails.withdrawn(proposal, by=by, at=at)
    return proposal


def lapse_due(*, at: datetime) -> int:
    """Write down the lapse of every unfinished record whose deadline passed more than ``GRACE`` before ``at``.

    One transaction per record, so that one that fails stops no other. Returns how many lapsed now.
    """
    before = at - GRACE
    due = Proposal.objects.filter(
        Q(admitted_until__isnull=True) | Q(admitted_until__lt=before),
        state__in=UNFINISHED,
        side__deadline_at__lt=before,
    )
    return sum(_lapse(proposal_id, at) for proposal_id in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _lapse(proposal_id: int, at: datetime) -> bool:
    proposal = lock_pair(proposal_id)
    if proposal.state not in UNFINISHED or proposal.state_at(at - GRACE) != ProposalState.LAPSED:
        return False
    _end_submission(proposal, at)
    _move(proposal, "lapse", at)
    record(proposal, "lapse", by=None, at=at, after={"closed_at": proposal.closes_at.isoformat()})
    mails.lapsed(proposal, at=at)
    return True

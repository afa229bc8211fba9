"""Validating a selected seminar's budget, the coordinator's word on it, and what follows (R14, R27).

What is done on either side locks the call first, so that an acceptance and a change never both count.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.evaluation import lock_call
from reviews.actions.report_opening import open_report
from reviews.choices import AwardState, CancelState, ChangeState
from reviews.models import Award, AwardLine, Cancellation, CancelRequest, Change, ListedAward
from reviews.permissions import (
    accept_refusal,
    answer_refusal,
    decline_award_refusal,
    propose_refusal,
    reported_refusal,
    settle_listed_refusal,
    validate_refusal,
)
from reviews.queries.award import unsettled_listed
from reviews.rules.award import Granted, above_cap, wrong_lines
from seminars.models import CallAgency, Proposal, Recusal, Seminar
from seminars.permissions import Refused, require
from seminars.rules import states

STALE = gettext_lazy("The budget has changed meanwhile: read it again.")


def _lock(proposal: Proposal) -> tuple[Proposal, Award | None]:
    """Lock the call, the pair and the award, and return the record and its award as they are after the lock."""
    lock_call(proposal.side.call)
    assert proposal.seminar_id is not None  # noqa: S101 - only records of pairs are reached
    list(Seminar.objects.filter(pk=proposal.seminar_id).select_for_update().values_list("pk", flat=True))
    found = Proposal.objects.with_side().get(pk=proposal.pk)
    award = Award.objects.filter(proposal=found).select_for_update(of=("self",)).first()
    if award:
        award.proposal = found
    return found, award


def require_not_shut_out(pair: int | None, by: User) -> None:
    """Raise Refused for who is in conflict with a pair, or coordinates it (R23)."""
    recused = Recusal.objects.filter(seminar=pair, user=by).exists()
    if recused or Proposal.objects.filter(seminar=pair, coordinator=by).exists():
        raise Refused(_("You have a conflict of interest with this pair."))


@transaction.atomic
def validate(
    proposal: Proposal, granted: Mapping[int, Granted], *, version: int | None, by: User, at: datetime
) -> Award:
    """Write down what is granted of every line, by the line's id; the coordinator no longer reads an earlier version.

    ``version`` is the award's as read, None for none yet. Raises Refused: not the agency's officer, in conflict, not
    selected, accepted already, changed meanwhile, a line above what was asked for or lowered without a reason, or a
    total above the cap (R14).
    """
    proposal, award = _lock(proposal)
    require(validate_refusal(proposal, award, by))
    require_not_shut_out(proposal.seminar_id, by)
    if (award.version if award else None) != version:
        raise Refused(STALE)
    requested = {line.pk: line.amount for line in proposal.lines.all()}
    if set(granted) - set(requested) or wrong_lines(requested, granted, decimals=proposal.side.decimals):
        raise Refused(_("A line is not valid: at most what was requested, and a reason where it is less."))
    if above_cap((line.approved for line in granted.values()), proposal.side.cap):
        raise Refused(_("The total is above the maximum of the call."))
    before = {"approved": str(award.approved), "state": award.state} if award else {}
    if award is None:
        award = Award(proposal=proposal)
    else:
        award.version += 1
    award.state, award.validated_at, award.validated_by = AwardState.VALIDATING, at, by
    award.save()
    for pk, line in granted.items():
        values = {"requested": requested[pk], "approved": line.approved, "reason": line.reason.strip()}
        AwardLine.objects.update_or_create(line_id=pk, defaults={"award": award, **values})
    record(award, "award_validated", by=by, at=at, before=before, after={"approved": str(award.approved)})
    return award


@transaction.atomic
def propose(proposal: Proposal, *, version: int, by: User, at: datetime) -> None:
    """Send what is granted to the coordinator, as read in ``version``. Raises Refused."""
    proposal, award = _lock(proposal)
    require(propose_refusal(proposal, award, by))
    require_not_shut_out(proposal.seminar_id, by)
    award = _as_read(award, version)
    _move(award, AwardState.PROPOSED, "award_proposed", by=by, at=at, proposed_at=at)
    mails.award_proposed(award, at=at)


@transaction.atomic
def answer(proposal: Proposal, *, text: str, version: int, by: User, at: datetime) -> None:
    """Tell the agency, as its coordinator, why one does not agree. Raises Refused."""
    proposal, award = _lock(proposal)
    require(answer_refusal(proposal, award, by))
    award = _as_read(award, version)
    if not text.strip():
        raise Refused(_("Say why you do not agree."))
    _move(award, AwardState.ANSWERED, "award_answered", by=by, at=at, answered_at=at, answer=text.strip())
    mails.award_answered(award, at=at)


@transaction.atomic
def accept(proposal: Proposal, *, version: int, by: User, at: datetime) -> bool:
    """Accept the validated budget as read in ``version``; say whether the seminar is confirmed by it (R27).

    It is, when no other side with a cap waits for its coordinator. Raises Refused.
    """
    proposal, award = _lock(proposal)
    require(accept_refusal(proposal, award, by))
    _move(_as_read(award, version), AwardState.ACCEPTED, "award_accepted", by=by, at=at, accepted_at=at)
    return _confirm(_seminar_of(proposal), by=by, at=at)


@transaction.atomic
def settle_listed(side: CallAgency, seminar: Seminar, *, by: User, at: datetime) -> bool:
    """Note that an agency has settled the budget of its half, known from a list only; say whether that confirms it.

    Raises Refused: not the side's officer, in conflict with the pair, not selected, the half is a record or its side
    has no cap, or noted already.
    """
    lock_call(side.call)
    seminar = Seminar.objects.select_for_update(of=("self",)).select_related("call").get(pk=seminar.pk)
    require(settle_listed_refusal(side, seminar, by))
    require_not_shut_out(seminar.pk, by)
    made = ListedAward.objects.create(seminar=seminar, side=side, settled_at=at, settled_by=by)
    record(seminar, "listed_budget_settled", by=by, at=at, after={"side": made.side_id})
    return _confirm(seminar, by=by, at=at)


def _confirm(seminar: Seminar, *, by: User, at: datetime) -> bool:
    """Confirm a seminar when no side with a cap waits any more; say whether it is."""
    capped = Proposal.objects.filter(seminar=seminar, side__cap__isnull=False)
    if capped.exclude(award__state=AwardState.ACCEPTED).exists() or unsettled_listed(seminar):
        return False
    move_seminar(seminar, "confirm_seminar", by=by, at=at)
    open_report(seminar)
    mails.seminar_confirmed(seminar, at=at)
    return True


@transaction.atomic
def decline_seminar(proposal: Proposal, *, reason: str, by: User, at: datetime) -> None:
    """Give a selected or confirmed seminar up, as one of its coordinators. Raises Refused."""
    proposal, _award = _lock(proposal)
    require(decline_award_refusal(proposal, by))
    if not reason.strip():
        raise Refused(_("Say why you give the seminar up."))
    seminar = _seminar_of(proposal)
    cancel_seminar(seminar, proposal.side, reason=reason.strip(), cancelled_by=by, by=by, at=at)
    mails.seminar_declined(seminar, by=proposal, at=at)


def cancel_seminar(
    seminar: Seminar, side: CallAgency, *, reason: str, cancelled_by: User, by: User, at: datetime
) -> None:
    """Write down why a locked seminar does not take place, and end what is under way on it.

    ``by`` has the last word; where that is not who cancels for ``side``, it is who agreed for the other agency.
    Raises Refused once the report is handed in.
    """
    require(reported_refusal(seminar.pk))
    agreed_by = None if by == cancelled_by else by
    who = {"side": side, "cancelled_at": at, "cancelled_by": cancelled_by, "agreed_by": agreed_by}
    Cancellation.objects.create(seminar=seminar, reason=reason, **who)
    move_seminar(seminar, "cancel", by=by, at=at, reason=reason)
    asked = Change.objects.filter(seminar=seminar, state=ChangeState.ASKED)
    asked.update(state=ChangeState.WITHDRAWN, ended_at=at)
    requests = CancelRequest.objects.filter(seminar=seminar, state=CancelState.ASKED)
    requests.update(state=CancelState.WITHDRAWN, ended_at=at, ended_by=by)


def _seminar_of(proposal: Proposal) -> Seminar:
    return Seminar.objects.select_related("call").get(proposals=proposal)


def _as_read(award: Award | None, version: int) -> Award:
    if award is None or award.version != version:
        raise Refused(STALE)
    return award


def _move(award: Award, state: AwardState, verb: str, *, by: User, at: datetime, **values: object) -> None:
    before = {"state": award.state}
    award.state, award.version = state, award.version + 1
    for name, value in values.items():
        setattr(award, name, value)
    award.save()
    record(award, verb, by=by, at=at, before=before, after={"state": state.value, "approved": str(award.approved)})


def move_seminar(seminar: Seminar, verb: str, *, by: User, at: datetime, reason: str = "") -> None:
    """Move a locked seminar to where ``verb`` leads, and record it."""
    before = {"state": seminar.state}
    seminar.state = states.target(states.SEMINAR, verb)
    seminar.save(update_fields=["state"])
    record(seminar, verb, by=by, at=at, before=before, after={"state": seminar.state}, reason=reason)

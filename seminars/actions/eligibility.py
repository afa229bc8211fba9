"""Deciding on eligibility: each agency for its own half, both together for the pair."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.actions import corrections
from seminars.actions.proposals import plain
from seminars.choices import Eligibility, SeminarState, ToldOutcome
from seminars.models import Call, CallAgency, EligibilityDecision, Proposal, Seminar
from seminars.permissions import Refused, decide_refusal, reopen_decision_refusal, require
from seminars.queries.eligibility import Case, Half, cases, decision_state
from seminars.rules import admission, states

LANGUAGES = ("en", "fr", "ja")
VERBS = {
    SeminarState.ELIGIBLE: "find_eligible",
    SeminarState.INELIGIBLE: "find_ineligible",
    SeminarState.PAIRED: "reopen_eligibility",
}
Target = Seminar | Proposal


def lock_case(target: Target, *, by: User, at: datetime) -> Case:
    """Lock the records of a pair, or one record, in id order, and return the case as it is after the lock.

    Raises Refused where the pairing has changed since ``target`` was read.
    """
    scope = {"seminar": target} if isinstance(target, Seminar) else {"pk": target.pk}
    records = Proposal.objects.filter(**scope)
    list(records.order_by("pk").select_for_update().values_list("pk", flat=True))
    call_id = target.call_id if isinstance(target, Seminar) else target.side.call_id
    found = cases(by, Call.objects.with_terms().get(pk=call_id), at, records)
    if len(found) != 1 or (found[0].seminar is None) != isinstance(target, Proposal):
        raise Refused(_("The pairing of this record has just changed. Please look at it again."))
    return found[0]


def _half(case: Case, side: CallAgency) -> Half:
    half = case.half_of(side)
    if half is None:
        raise Refused(_("Only a submitted record is decided on."))
    return half


@transaction.atomic
def decide(
    target: Target,
    side: CallAgency,
    *,
    outcome: str,
    reasons: Mapping[str, str],
    rules: Sequence[str],
    correct_by: datetime | None = None,
    by: User,
    at: datetime,
) -> EligibilityDecision:
    """Write down what an agency decides on its half of a pair, or on a record alone.

    ``reasons`` is by language; all three are needed to refuse, and to ask for a correction. ``rules`` are the numbers
    behind the decision; ``correct_by`` is how long a record that needs correction may be changed. Raises Refused.
    """
    case = lock_case(target, by=by, at=at)
    half = _half(case, side)
    require(decide_refusal(case, half, by, at, outcome))
    if outcome != Eligibility.ELIGIBLE and not all(reasons.get(language) for language in LANGUAGES):
        raise Refused(_("The reasons are needed in all three languages."))
    if outcome == Eligibility.CORRECTION and not (correct_by and admission.is_possible(correct_by, at)):
        raise Refused(_("A correction ends in the future, and within 30 days."))
    correcting = outcome == Eligibility.CORRECTION
    decision = EligibilityDecision.objects.create(
        side=half.side,
        seminar=case.seminar,
        proposal=half.record,
        outcome=outcome,
        rules=list(rules) if outcome != Eligibility.ELIGIBLE else [],
        **{f"reason_{language}": reasons.get(language, "") for language in LANGUAGES},
        correct_by=correct_by if correcting else None,
        decided_at=at,
        decided_by=by,
        told_at=at if correcting else None,
    )
    after = {"outcome": outcome, "rules": decision.rules} | ({"correct_until": plain(correct_by)} if correcting else {})
    record(
        half.record or case.seminar or target,
        "eligibility_decided",
        by=by,
        at=at,
        after={name: value for name, value in after.items() if value},
        reason=reasons.get(by.language, "") if outcome != Eligibility.ELIGIBLE else "",
    )
    if correcting and half.filing:
        corrections.begin(decision, half.filing, at=at)
    settle(case, by=by, at=at)
    return decision


def settle(case: Case, *, by: User | None, at: datetime) -> None:
    """Bring the state of a pair in line with the decisions in force, read anew."""
    if case.seminar is None:
        return
    in_force = EligibilityDecision.objects.in_force().filter(seminar=case.seminar)
    outcomes = dict(in_force.values_list("side_id", "outcome"))
    becomes = decision_state([outcomes.get(half.side.pk) for half in case.halves if half.is_filed])
    was = case.seminar.state
    if becomes == was:
        return
    if not states.allowed(states.SEMINAR, VERBS[becomes], was):
        # From one last word to the other there is no way but through reopening, which ends a decision first.
        raise Refused(_("This pair has gone further than eligibility."))
    Seminar.objects.filter(pk=case.seminar.pk, state=was).update(state=becomes)
    case.seminar.state = becomes
    record(case.seminar, VERBS[becomes], by=by, at=at, before={"state": was}, after={"state": becomes})


@transaction.atomic
def reopen_decision(target: Target, side: CallAgency, *, reason: str, by: User, at: datetime) -> None:
    """End the decision of an agency on its half, so that it can decide again; a correction under way ends with it.

    The coordinators hear of it where they had been told the outcome. Raises Refused.
    """
    case = lock_case(target, by=by, at=at)
    half = _half(case, side)
    require(reopen_decision_refusal(case, half, by))
    if not reason:
        raise Refused(_("Reopening needs a reason."))
    decision = half.decision
    assert decision is not None  # noqa: S101 - or the permission had refused
    end(decision, case, reason=reason, by=by, at=at)
    if half.correction:
        corrections.give_up(corrections.open_of(half.correction.proposal), by=by, at=at)
    settle(case, by=by, at=at)


def end(decision: EligibilityDecision, case: Case, *, reason: str, by: User | None, at: datetime) -> None:
    """End a decision in force; call it with the case locked, and settle the pair afterwards."""
    decision.ended_at, decision.ended_by, decision.end_reason = at, by, reason
    decision.save(update_fields=["ended_at", "ended_by", "end_reason"])
    before = {"outcome": decision.outcome}
    subject = decision.proposal or decision.seminar or case.first
    record(subject, "eligibility_reopened", by=by, at=at, before=before, reason=reason)
    if decision.notice_id is None:
        return
    for half in case.halves:
        told = half.record
        if told and told.told_outcome in (ToldOutcome.ELIGIBLE, ToldOutcome.INELIGIBLE):
            Proposal.objects.filter(pk=told.pk).update(told_outcome=ToldOutcome.REOPENED, told_at=at)
            mails.eligibility_reopened(told, at=at)


def end_alone(records: Sequence[Proposal], *, at: datetime) -> None:
    """End the decisions on records that were judged alone and have now become halves of a pair.

    Call it in the transaction that makes the pair, with the records locked.
    """
    waiting = EligibilityDecision.objects.in_force().filter(proposal__in=records, seminar__isnull=True)
    for decision in waiting.select_related("proposal__coordinator", "proposal__side__agency"):
        decision.ended_at = at
        decision.save(update_fields=["ended_at"])
        proposal = decision.proposal
        assert proposal is not None  # noqa: S101 - a constraint of the decision
        record(proposal, "eligibility_reopened", by=None, at=at, before={"outcome": decision.outcome})
        if decision.notice_id and proposal.told_outcome:
            Proposal.objects.filter(pk=proposal.pk).update(told_outcome=ToldOutcome.REOPENED, told_at=at)
            mails.eligibility_reopened(proposal, at=at)

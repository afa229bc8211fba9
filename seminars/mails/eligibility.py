"""Mails about eligibility: corrections asked for, what came of them, and the outcome once it may be told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.actions.messages import queue_message
from accounts.models import User
from seminars.choices import Eligibility, ToldOutcome
from seminars.models import Correction, EligibilityDecision, EligibilityNotice, Proposal


def told_outcome(decisions: Sequence[EligibilityDecision]) -> ToldOutcome:
    """Return what the last words of all who decided come to: ineligible when one says so."""
    refused = any(decision.outcome == Eligibility.INELIGIBLE for decision in decisions)
    return ToldOutcome.INELIGIBLE if refused else ToldOutcome.ELIGIBLE


def eligibility_context(proposal: Proposal, decisions: Sequence[EligibilityDecision]) -> dict[str, Any]:
    """Return what the letter on a record's eligibility says; reasons are read in the language it is made in."""
    return {
        "proposal": proposal,
        "partner": proposal.partner if proposal.seminar and proposal.seminar.is_confirmed else None,
        "outcome": told_outcome(decisions),
        "refusals": [decision for decision in decisions if decision.outcome == Eligibility.INELIGIBLE],
    }


def eligibility_told(
    proposal: Proposal, decisions: Sequence[EligibilityDecision], notice: EligibilityNotice, *, at: datetime
) -> None:
    """Tell a coordinator whether the record is eligible, and why not; once for each notice."""
    context = eligibility_context(proposal, decisions)
    to = proposal.coordinator
    queue_message("eligibility_told", to=to, about=proposal, context=context, at=at, key=f"notice-{notice.pk}")


def eligibility_reopened(proposal: Proposal, *, at: datetime) -> None:
    """Tell a coordinator, who knew the outcome, that it is being examined again."""
    _tell_coordinator("eligibility_reopened", proposal, {}, at)


def correction_asked(decision: EligibilityDecision, *, at: datetime) -> None:
    """Tell the coordinator what to correct, and until when; the filing in force stays so meanwhile."""
    proposal = decision.proposal
    assert proposal is not None  # noqa: S101 - a constraint of the decision
    _tell_coordinator("correction_asked", proposal, {"decision": decision, "until": decision.correct_by}, at)


def correction_ended(correction: Correction, *, by_officer: bool, at: datetime) -> None:
    """Tell the coordinator that a correction has ended without a new filing: the earlier one stands."""
    context = {"correction": correction, "by_officer": by_officer, "earlier": correction.earlier}
    _tell_coordinator("correction_ended", correction.proposal, context, at)


def correction_received(correction: Correction, *, at: datetime) -> None:
    """Tell the officers of the agency that a correction has come in and that they decide anew."""
    proposal = correction.proposal
    context = {"proposal": proposal, "submission": correction.submission}
    for officer in User.objects.officers_of([proposal.side.agency_id]):
        queue_message("correction_received", to=officer, about=correction, context=context, at=at)


def _tell_coordinator(kind: str, proposal: Proposal, context: dict[str, Any], at: datetime) -> None:
    values = {"proposal": proposal, **context}
    queue_message(kind, to=proposal.coordinator, about=proposal, context=values, at=at, key=at.isoformat())

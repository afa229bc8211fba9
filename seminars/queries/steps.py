"""How far the two records of a pair have come towards each other, as both coordinators see it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from seminars.choices import PairingStep, ProposalState, SeminarState
from seminars.models import Invitation, Proposal


@dataclass(frozen=True)
class Step:
    """One step of the line: ``done``, ``now`` (the one reached last) or ``todo``; ``at`` where it is known."""

    key: str
    label: str | Promise
    state: str
    at: datetime | None = None


def _is_paired(proposal: Proposal) -> bool:
    return proposal.seminar is not None and proposal.seminar.state != SeminarState.FORMING


def _filed(proposal: Proposal) -> tuple[bool, bool]:
    """Say which halves are submitted; the partner's counts once the pair is confirmed, a listed one always."""
    partner = proposal.partner if _is_paired(proposal) else None
    theirs = proposal.listed is not None or bool(partner and partner.state == ProposalState.SUBMITTED)
    return proposal.state == ProposalState.SUBMITTED, theirs


def pending_invitation(proposal: Proposal, *, at: datetime) -> Invitation | None:
    """Return the invitation that can still be accepted at ``at``, or nothing; fetch the record ``with_pairing``."""
    return next((sent for sent in proposal.invitations.all() if sent.is_pending(at)), None)


def deciding_invitation(proposal: Proposal, *, at: datetime) -> Invitation | None:
    """Return the invitation that made the pair, whoever sent it, else the pending one, else nothing."""
    partner = proposal.partner
    if proposal.seminar is None or partner is None:
        return pending_invitation(proposal, at=at)
    accepted = [
        (sent.accepted_at, sent)
        for record, other in ((proposal, partner), (partner, proposal))
        for sent in record.invitations.all()
        if sent.accepted_at and sent.accepted_by_id == other.coordinator_id
    ]
    return max(accepted, key=lambda pair: pair[0])[1] if accepted else None


def pairing_step(proposal: Proposal, *, at: datetime) -> PairingStep:
    """Return the step that a record has reached at ``at``; fetch it ``with_pairing``.

    A record that is submitted has come that far, partner or not; the pair is complete only when both are.
    """
    filed = _filed(proposal)
    if all(filed):
        return PairingStep.COMPLETE
    if any(filed):
        return PairingStep.ONE_SIDE_SUBMITTED
    if _is_paired(proposal):
        return PairingStep.CONFIRMED
    if proposal.seminar is not None:
        return PairingStep.ACCEPTED
    pending = pending_invitation(proposal, at=at)
    if pending is None:
        return PairingStep.NOT_INVITED
    return PairingStep.OPENED if pending.opened_at else PairingStep.INVITED


def pairing_line(proposal: Proposal, *, at: datetime) -> tuple[Step, ...]:
    """Return the line of steps, shown alike to both; each step by itself is done or not.

    A record may be submitted before it has a partner, so a later step can be done before an earlier one. A pair that
    an officer made begins with its confirmation: nobody was invited.
    """
    invitation = deciding_invitation(proposal, at=at)
    together, filed = proposal.seminar is not None, _filed(proposal)
    reached: dict[PairingStep, tuple[bool, datetime | None]] = {
        PairingStep.INVITED: (together or invitation is not None, invitation.sent_at if invitation else None),
        PairingStep.OPENED: (
            together or bool(invitation and invitation.opened_at),
            invitation.opened_at if invitation else None,
        ),
        PairingStep.ACCEPTED: (together, invitation.accepted_at if invitation else None),
        PairingStep.CONFIRMED: (_is_paired(proposal), proposal.seminar.paired_at if proposal.seminar else None),
        PairingStep.ONE_SIDE_SUBMITTED: (any(filed), None),
        PairingStep.COMPLETE: (all(filed), None),
    }
    if proposal.seminar is not None and proposal.seminar.matched_by_id is not None:
        for step in (PairingStep.INVITED, PairingStep.OPENED, PairingStep.ACCEPTED):
            del reached[step]
    here = pairing_step(proposal, at=at)

    def state(step: PairingStep, *, done: bool) -> str:
        if step is here and step is not PairingStep.COMPLETE:
            return "now"
        return "done" if done else "todo"

    return tuple(Step(step.value, step.label, state(step, done=done), when) for step, (done, when) in reached.items())

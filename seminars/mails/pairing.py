"""Mails between the two coordinators of a pair, and to whoever is invited."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from accounts.actions.messages import queue_message
from accounts.models import User
from seminars.mails.addresses import invitee
from seminars.models import CallAgency, Invitation, Proposal


def quoted(text: str) -> str:
    """Return somebody's own words as mails quote them, each line behind ``>``."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def invitation(sent: Invitation, token: str, side: CallAgency, *, at: datetime) -> None:
    """Invite the counterpart to file on ``side``; the link with ``token`` is the only copy of the secret."""
    proposal = sent.proposal
    context = {
        "proposal": proposal,
        "inviter": proposal.coordinator,
        "call": side.call,
        "side": side,
        "expires_at": sent.expires_at,
        "message": quoted(sent.message),
        "token": token,
    }
    queue_message("invitation", to=invitee(sent, side), about=sent, context=context, at=at)


def invitation_accepted(sent: Invitation, by: User, *, at: datetime) -> None:
    """Tell who invited that the counterpart has accepted, and that both confirm the pair now."""
    context = {"proposal": sent.proposal, "partner": by}
    queue_message("invitation_accepted", to=sent.proposal.coordinator, about=sent, context=context, at=at)


def invitation_declined(sent: Invitation, *, at: datetime) -> None:
    """Tell who invited that the counterpart has declined."""
    context = {"proposal": sent.proposal, "email": sent.email}
    queue_message("invitation_declined", to=sent.proposal.coordinator, about=sent, context=context, at=at)


def pair_awaits_you(proposal: Proposal, partner: Proposal, *, at: datetime) -> None:
    """Tell the partner that the coordinator of ``proposal`` has confirmed the pair, and that theirs is awaited."""
    context = {"proposal": partner, "by": proposal.coordinator}
    queue_message("pair_awaits_you", to=partner.coordinator, about=partner, context=context, at=at, key=at.isoformat())


def pair_confirmed(proposal: Proposal, partner: Proposal, *, at: datetime) -> None:
    """Tell both coordinators that the pair is confirmed, and until when each files."""
    for own, other in ((proposal, partner), (partner, proposal)):
        context = {"proposal": own, "partner": other}
        queue_message("pair_confirmed", to=own.coordinator, about=own, context=context, at=at, key=at.isoformat())


def partner_asks(
    proposal: Proposal, partner: Proposal, facts: Callable[[], Sequence[Any]], note: str, *, at: datetime
) -> None:
    """Tell the partner which shared facts the coordinator of ``proposal`` sees differ, with a note.

    ``facts`` returns the rows of ``seminars.queries.comparison`` from the partner's point of view; it is called while
    the mail is made, in the partner's language.
    """
    context = {"proposal": partner, "by": proposal.coordinator, "facts": facts, "note": quoted(note)}
    queue_message("partner_asks", to=partner.coordinator, about=partner, context=context, at=at, key=at.isoformat())


def pair_left(proposal: Proposal, partner: Proposal, reason: str, *, at: datetime) -> None:
    """Tell both that the coordinator of ``proposal`` has taken the pair apart, and why; both records stay."""
    for own, other in ((proposal, partner), (partner, proposal)):
        context = {
            "proposal": own,
            "partner": other,
            "by": proposal.coordinator,
            "mine": own is proposal,
            "reason": quoted(reason),
        }
        queue_message("pair_left", to=own.coordinator, about=own, context=context, at=at, key=at.isoformat())

"""Answers to an invitation, and how far a pair has come."""

from datetime import datetime, timedelta

from accounts.models import User
from seminars.actions import pairing
from seminars.choices import PairingStep
from seminars.models import Invitation, Proposal
from seminars.queries.steps import pairing_step
from tests import cast

MICROSECOND = timedelta(microseconds=1)
LATER = cast.BEFORE + timedelta(hours=2)


def accept(invitation: Invitation, by: User, at: datetime = LATER, attach: Proposal | None = None) -> Proposal:
    """Accept, and return the record that ``by`` now has in the pair."""
    return pairing.accept_invitation(invitation, by=by, at=at, attach=attach)


def step_of(proposal: Proposal, at: datetime = LATER) -> PairingStep:
    """Return where the pair of a record stands, as the database has it now."""
    return pairing_step(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=at)


def stranger() -> User:
    """Somebody of Kyoto whom nobody invited."""
    return cast.user("yuki.sato@kyoto.example", family_name="Sato", given_name="Yuki")

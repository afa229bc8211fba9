"""Inviting a partner, taking the invitation back, opening and declining it."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import HistoryEntry, Message
from accounts.tokens import hashed
from seminars.actions import pairing, submission
from seminars.choices import PairingStep
from seminars.models import CallAgency, Invitation
from seminars.permissions import Refused
from seminars.permissions.invitation import INVITATIONS_A_DAY
from tests import cast
from tests.seminars.inviting import LATER, MICROSECOND, accept, step_of

pytestmark = pytest.mark.django_db


def test_invite_keeps_only_the_hash_of_the_secret() -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji())
    token = cast.token_of(invitation)
    assert len(token) >= 43
    assert invitation.token_hash == hashed(token)
    assert token not in str(list(Invitation.objects.values()) + list(HistoryEntry.objects.values()))


def test_invite_writes_the_address_in_small_letters() -> None:
    assert cast.invited(cast.draft_of(cast.marie()), "Kenji.Tanaka@Kyoto.example").email == cast.kenji().email


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        (cast.BEFORE, cast.BEFORE + timedelta(days=30)),
        (cast.DEADLINE - timedelta(days=30), cast.DEADLINE),
        (cast.DEADLINE - timedelta(days=2), cast.DEADLINE),
    ],
)
def test_invite_ends_after_30_days_or_at_the_partners_deadline(at: datetime, expires_at: datetime) -> None:
    proposal = cast.draft_of(cast.marie())
    assert cast.invited(proposal, cast.kenji(), at=at).expires_at == expires_at


def test_invite_again_takes_the_earlier_invitation_back() -> None:
    proposal = cast.draft_of(cast.marie())
    first = cast.invited(proposal, cast.kenji())
    second = cast.invited(proposal, cast.kenji(), at=LATER)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at) == (LATER, None)
    with pytest.raises(Refused, match="taken back"):
        accept(first, cast.verified(cast.kenji()))


def test_invite_is_history_and_mail() -> None:
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji())
    entry = HistoryEntry.objects.about(proposal).get(verb="invited")
    assert (entry.actor, entry.after) == (cast.marie(), {"email": cast.kenji().email})
    assert Message.objects.get(kind="invitation").address == cast.kenji().email


@pytest.mark.parametrize(
    "email", ["marie.lefevre@inserm.example", "Marie.Lefevre@INSERM.example", "mıke@kyoto.example"]
)
def test_invite_oneself_or_an_address_with_other_letters_is_refused(email: str) -> None:
    proposal = cast.draft_of(cast.marie())
    with pytest.raises(Refused, match=r"own address|plain letters"):
        cast.invited(proposal, email)


def test_invite_a_second_own_address_is_refused() -> None:
    EmailAddress.objects.create(user=cast.marie(), email="marie@example.org", verified=False)
    with pytest.raises(Refused, match="own address"):
        cast.invited(cast.draft_of(cast.marie()), "marie@example.org")


def test_invite_by_somebody_else_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    with pytest.raises(Refused, match="Only the coordinator"):
        pairing.invite(
            proposal, email="a@b.example", name="", language="en", message="", by=cast.kenji(), at=cast.BEFORE
        )


def test_invite_after_the_partners_deadline_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    CallAgency.objects.filter(agency__country="JP").update(deadline_at=LATER)
    cast.invited(proposal, cast.kenji(), at=LATER)
    with pytest.raises(Refused, match="deadline of your partner's agency"):
        cast.invited(proposal, cast.kenji(), at=LATER + MICROSECOND)


def test_invite_from_an_ended_record_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    submission.withdraw(proposal.pk, reason="", by=cast.marie(), at=cast.BEFORE)
    with pytest.raises(Refused, match="ended"):
        cast.invited(proposal, cast.kenji())


def test_invite_too_often_is_refused_until_the_next_day() -> None:
    proposal = cast.draft_of(cast.marie())
    for _ in range(INVITATIONS_A_DAY):
        cast.invited(proposal, cast.kenji())
    with pytest.raises(Refused, match="tomorrow"):
        cast.invited(proposal, cast.kenji(), at=cast.BEFORE + timedelta(days=1) - MICROSECOND)
    cast.invited(proposal, cast.kenji(), at=cast.BEFORE + timedelta(days=1))


def test_invite_with_a_partner_is_refused() -> None:
    french, japanese = cast.forming_pair()
    for proposal in (french, japanese):
        with pytest.raises(Refused, match="partner already"):
            cast.invited(proposal, "third@example.org")


def test_revoke_shuts_the_link() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="taken back"):
        accept(invitation, cast.verified(cast.kenji()), LATER + MICROSECOND)
    with pytest.raises(Refused, match="no invitation"):
        pairing.revoke_invitation(proposal, by=cast.marie(), at=LATER)


def test_revoke_by_somebody_else_is_refused() -> None:
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji())
    with pytest.raises(Refused, match="no invitation"):
        pairing.revoke_invitation(proposal, by=cast.kenji(), at=LATER)


def test_open_is_noted_the_first_time_only() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    assert step_of(proposal) == PairingStep.INVITED
    assert pairing.open_invitation(invitation, at=cast.BEFORE) is True
    assert pairing.open_invitation(invitation, at=LATER) is False
    invitation.refresh_from_db()
    assert invitation.opened_at == cast.BEFORE
    assert step_of(proposal) == PairingStep.OPENED


def test_decline_shuts_the_link_and_tells_the_inviter() -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    pairing.decline_invitation(invitation, at=LATER)
    with pytest.raises(Refused, match="declined"):
        accept(invitation, cast.verified(cast.kenji()), LATER + MICROSECOND)
    with pytest.raises(Refused, match="declined"):
        pairing.decline_invitation(invitation, at=LATER)
    entry = HistoryEntry.objects.about(proposal).get(verb="invitation_declined")
    assert (entry.actor, entry.actor_label) == (None, cast.kenji().email)
    assert Message.objects.get(kind="invitation_declined").recipient == cast.marie()
    assert step_of(proposal) == PairingStep.NOT_INVITED

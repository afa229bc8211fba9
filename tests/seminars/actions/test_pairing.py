"""Confirming a pair and leaving it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import HistoryEntry, Message, User
from seminars.actions import pairing, submission
from seminars.choices import PairingStep, ProposalState, SeminarState
from seminars.models import Seminar
from seminars.permissions import Refused
from tests import cast
from tests.racing import done_at_once
from tests.seminars.inviting import LATER, MICROSECOND, step_of, stranger

pytestmark = pytest.mark.django_db


def test_confirm_by_one_waits_for_the_other() -> None:
    french, japanese = cast.forming_pair()
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    assert cast.reread(french).pair_confirmed_at == LATER
    assert step_of(japanese) == PairingStep.ACCEPTED
    assert Message.objects.get(kind="pair_awaits_you").recipient == cast.kenji()


def test_confirm_by_both_makes_the_pair() -> None:
    french, japanese = cast.forming_pair()
    pairing.confirm_pair(japanese, by=cast.kenji(), at=cast.BEFORE)
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    seminar = cast.reread(french).seminar
    assert seminar is not None
    assert (seminar.state, seminar.paired_at) == (SeminarState.PAIRED, LATER)
    assert {message.recipient for message in Message.objects.filter(kind="pair_confirmed")} == {
        cast.marie(),
        cast.kenji(),
    }
    assert HistoryEntry.objects.about(seminar).get().verb == "paired"


@pytest.mark.parametrize("who", [cast.kenji, stranger])
def test_confirm_for_somebody_else_is_refused(who: Callable[[], User]) -> None:
    french, _japanese = cast.forming_pair()
    with pytest.raises(Refused, match="Only the coordinator"):
        pairing.confirm_pair(french, by=who(), at=LATER)


def test_confirm_twice_or_without_a_partner_is_refused() -> None:
    french, _japanese = cast.forming_pair()
    pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="already"):
        pairing.confirm_pair(french, by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="no partner"):
        pairing.confirm_pair(cast.draft_of(stranger()), by=stranger(), at=LATER)


def test_confirm_with_a_withdrawn_partner_is_refused() -> None:
    french, japanese = cast.forming_pair()
    submission.withdraw(japanese.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    with pytest.raises(Refused, match="partner's record has ended"):
        pairing.confirm_pair(french, by=cast.marie(), at=LATER)


def test_leave_keeps_both_records_and_tells_both() -> None:
    french, japanese = cast.confirmed_pair()
    pairing.leave_pair(french, reason="We go separate ways.", by=cast.marie(), at=LATER)
    for proposal in (cast.reread(french), cast.reread(japanese)):
        assert (proposal.seminar, proposal.pair_confirmed_at, proposal.state) == (None, None, ProposalState.DRAFT)
        assert proposal.title_en == "Ageing neurons"
        assert HistoryEntry.objects.about(proposal).get(verb="pair_left").reason == "We go separate ways."
    assert Seminar.objects.count() == 0
    texts = {message.recipient: message.text for message in Message.objects.filter(kind="pair_left")}
    assert "> We go separate ways." in texts[cast.kenji()]
    assert set(texts) == {cast.marie(), cast.kenji()}
    cast.invited(french, cast.kenji(), at=LATER)


def test_leave_once_something_is_submitted_is_refused() -> None:
    french, japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    with pytest.raises(Refused, match="Reopen your record first"):
        pairing.leave_pair(french, reason="x", by=cast.marie(), at=LATER)
    with pytest.raises(Refused, match="partner has submitted"):
        pairing.leave_pair(japanese, reason="x", by=cast.kenji(), at=LATER)


def test_leave_a_withdrawn_partner_is_possible_even_after_submitting() -> None:
    french, japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    submission.withdraw(japanese.pk, reason="", by=cast.kenji(), at=cast.BEFORE)
    with pytest.raises(Refused, match="ended"):
        pairing.leave_pair(japanese, reason="x", by=cast.kenji(), at=LATER)
    left = pairing.leave_pair(french, reason="x", by=cast.marie(), at=LATER)
    assert (left.seminar, left.state) == (None, ProposalState.SUBMITTED)


def test_leave_after_the_deadline_is_refused() -> None:
    """R21: frozen afterwards."""
    french, _japanese = cast.confirmed_pair()
    with pytest.raises(Refused, match="deadline"):
        pairing.leave_pair(french, reason="x", by=cast.marie(), at=cast.DEADLINE + MICROSECOND)


@pytest.mark.django_db(transaction=True)
def test_confirm_at_once_by_both_makes_the_pair_once() -> None:
    french, japanese = cast.forming_pair()
    done = done_at_once(
        lambda: pairing.confirm_pair(french, by=cast.marie(), at=LATER),
        lambda: pairing.confirm_pair(japanese, by=cast.kenji(), at=LATER),
    )
    assert done == [True, True]
    assert Seminar.objects.get().state == SeminarState.PAIRED
    assert Message.objects.filter(kind="pair_confirmed").count() == 2
    assert HistoryEntry.objects.filter(verb="paired").count() == 1

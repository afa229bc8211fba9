"""How far a pair has come, in the words both sides read."""

from uuid import uuid4

import pytest

from seminars.actions import submission
from seminars.choices import PairingStep, ProposalState
from seminars.models import Proposal
from seminars.queries.steps import pairing_line
from tests import cast
from tests.seminars.inviting import LATER, step_of

pytestmark = pytest.mark.django_db


def test_steps_follow_the_pair_to_its_end() -> None:
    french, japanese = cast.confirmed_pair()
    assert step_of(french) == step_of(japanese) == PairingStep.CONFIRMED
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    assert step_of(french) == step_of(japanese) == PairingStep.ONE_SIDE_SUBMITTED
    Proposal.objects.update(state=ProposalState.SUBMITTED)
    assert step_of(french) == step_of(japanese) == PairingStep.COMPLETE


def test_the_line_of_steps_is_the_same_for_both() -> None:
    pair = cast.forming_pair()
    lines = [
        pairing_line(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=LATER) for proposal in pair
    ]
    assert [(step.key, step.state) for step in lines[0]] == [
        ("invited", "done"),
        ("opened", "done"),
        ("accepted", "now"),
        ("confirmed", "todo"),
        ("one_side", "todo"),
        ("complete", "todo"),
    ]
    assert lines[0] == lines[1]
    assert [step.at for step in lines[0]] == [cast.BEFORE, cast.BEFORE, cast.BEFORE, None, None, None]


def test_a_record_submitted_before_it_has_a_partner_shows_both_truths() -> None:
    proposal = cast.complete_draft(cast.marie())
    submission.submit(proposal.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    line = pairing_line(Proposal.objects.with_dossier().with_pairing().get(pk=proposal.pk), at=LATER)
    assert [step.state for step in line] == ["todo", "todo", "todo", "todo", "now", "todo"]
    assert step_of(proposal) == PairingStep.ONE_SIDE_SUBMITTED

"""Inviting reviewers, their answers, and what shuts them out (R23, SAFETY 3, 14)."""

import re
from datetime import timedelta

import pytest

from accounts.models import Membership, Message
from reviews.actions.conflict import decide_conflict, declare_conflict, detect_conflicts, withdraw_declaration
from reviews.actions.reviewer import (
    LIFETIME,
    accept_review_invitation,
    decline_review_invitation,
    describe_reviewer,
    enrol_officer,
    invite_again,
    invite_reviewer,
    remove_reviewer,
)
from reviews.choices import AssignmentState, ConflictState, ReviewerState
from reviews.models import Assignment, Conflict, Reviewer
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews import world
from tests.seminars.filed import filed_pair, officer, side

pytestmark = pytest.mark.django_db
AT = world.BEGUN


def invited(email: str = "aya@example.jp", country: str = "JP") -> Reviewer:
    values = {"email": email, "name": "Aya Mori", "language": "ja"}
    return invite_reviewer(side(country), **values, by=officer(country), at=AT)


def somebody(email: str = "aya@example.jp") -> object:
    return cast.verified(cast.user(email, family_name="Mori", given_name="Aya"))


def test_who_accepts_becomes_a_reviewer_of_the_agency() -> None:
    reviewer, person = invited(), somebody()
    accept_review_invitation(reviewer, by=person, at=AT)
    held = Membership.objects.get(user=person)
    assert (held.agency, held.role, held.given_by) == (side("JP").agency, "reviewer", officer("JP"))
    assert Message.objects.filter(kind="review_answered").count() == 1
    with pytest.raises(Refused):
        accept_review_invitation(reviewer, by=person, at=AT)


def test_the_secret_is_in_the_mail_only_and_ends() -> None:
    reviewer = invited()
    text = Message.objects.get(kind="review_invitation").text
    token = re.findall(r"/reviews/invitations/([\w-]+)/", text)[0]
    assert token not in reviewer.token_hash
    with pytest.raises(Refused):
        accept_review_invitation(reviewer, by=somebody(), at=AT + LIFETIME)
    accept_review_invitation(reviewer, by=somebody(), at=AT + LIFETIME - timedelta.resolution)


@pytest.mark.parametrize("email", ["eve@example.jp", "ayа@example.jp"])
def test_only_the_invited_address_accepts(email: str) -> None:
    reviewer = invited()
    stranger = cast.user("eve@example.jp")
    cast.verified(stranger)
    with pytest.raises(Refused):
        accept_review_invitation(reviewer, by=stranger, at=AT)


def test_nobody_reviews_for_both_agencies_and_the_inviting_officer_is_not_told_why() -> None:
    accept_review_invitation(invited(), by=somebody(), at=AT)
    with pytest.raises(Refused, match="both agencies"):
        accept_review_invitation(invited(country="FR"), by=somebody(), at=AT)
    with pytest.raises(Refused):
        accept_review_invitation(invited("officer@inserm.example"), by=cast.verified(officer("FR")), at=AT)


def test_declining_needs_a_reason_and_can_be_asked_again() -> None:
    reviewer = invited()
    with pytest.raises(Refused):
        decline_review_invitation(reviewer, reason=" ", at=AT)
    decline_review_invitation(reviewer, reason="No time", at=AT)
    invite_again(reviewer, by=officer("JP"), at=AT + timedelta(days=1))
    reviewer.refresh_from_db()
    assert (reviewer.state, reviewer.decline_reason) == (ReviewerState.INVITED, "")


def test_officers_of_the_agency_only() -> None:
    with pytest.raises(Refused):
        invite_reviewer(side("JP"), email="a@example.jp", name="", language="ja", by=officer("FR"), at=AT)
    with pytest.raises(Refused):
        enrol_officer(side("JP"), by=officer("FR"), at=AT)
    reviewer = enrol_officer(side("FR"), by=officer("FR"), at=AT)
    with pytest.raises(Refused):
        remove_reviewer(reviewer, by=officer("JP"), at=AT)


def test_removing_withdraws_what_is_not_sealed() -> None:
    first, second = world.pairs_in_review(2)
    reviewer = world.reviewer("FR")
    open_one, sealed = world.assigned(reviewer, first), world.assigned(reviewer, second)
    world.judged(sealed)
    remove_reviewer(reviewer, by=officer("FR"), at=AT)
    states = dict(Assignment.objects.values_list("pk", "state"))
    assert states == {open_one.pk: AssignmentState.WITHDRAWN, sealed.pk: AssignmentState.ACKNOWLEDGED}


def test_a_declared_conflict_shuts_out_and_takes_the_assignment_back() -> None:
    pair = world.pairs_in_review()[0]
    reviewer = world.reviewer("FR")
    assignment = world.assigned(reviewer, pair)
    conflict = declare_conflict(side("FR"), pair, statement="We are friends", by=reviewer.user, at=AT)
    assert Recusal.objects.filter(user=reviewer.user, seminar=pair).exists()
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.WITHDRAWN
    withdraw_declaration(conflict, by=reviewer.user, at=AT)
    assert not Recusal.objects.exists()


def conflicted() -> tuple[Seminar, Reviewer]:
    """Marie's and Kenji's pair, and a Japanese reviewer of Kenji's laboratory."""
    pair = filed_pair()
    Seminar.objects.filter(pk=pair.pk).update(state=SeminarState.ELIGIBLE)
    person = cast.user("jun@example.jp", family_name="Ito", given_name="Jun", laboratory="Neural Systems Laboratory")
    reviewer = world.reviewer("JP", person)
    world.begin()
    return pair, reviewer


def test_what_is_detected_shuts_out_until_an_officer_sets_it_aside() -> None:
    pair, reviewer = conflicted()
    conflict = Conflict.objects.get(user=reviewer.user)
    assert (conflict.state, [reason["code"] for reason in conflict.reasons]) == ("detected", ["laboratory"])
    assert Message.objects.filter(kind="conflicts_detected", recipient=officer("JP")).exists()
    for by, reason in ((officer("FR"), "Why"), (reviewer.user, "Why"), (officer("JP"), " ")):
        with pytest.raises(Refused):
            decide_conflict(conflict, stands=False, reason=reason, by=by, at=AT)
    decide_conflict(conflict, stands=False, reason="Another laboratory of that name", by=officer("JP"), at=AT)
    assert not Recusal.objects.filter(user=reviewer.user, seminar=pair).exists()
    assert detect_conflicts(side("JP"), at=AT) == []
    decide_conflict(conflict, stands=True, reason="It is the same after all", by=officer("JP"), at=AT)
    assert Recusal.objects.filter(user=reviewer.user, seminar=pair).exists()


def test_a_new_reason_opens_what_was_set_aside() -> None:
    pair, reviewer = conflicted()
    conflict = Conflict.objects.get(user=reviewer.user)
    decide_conflict(conflict, stands=False, reason="Another laboratory of that name", by=officer("JP"), at=AT)
    describe_reviewer(
        reviewer,
        areas=[],
        keywords=["neurons"],
        maximum_load=3,
        affiliations=[("Kyoto University", "")],
        collaborators=[("健二 田中", "", "")],
        by=reviewer.user,
        at=AT,
    )
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.DETECTED
    assert {reason["code"] for reason in conflict.reasons} == {"laboratory", "collaborator"}
    assert Recusal.objects.filter(user=reviewer.user, seminar=pair).exists()


def test_a_coordinator_never_judges_the_own_pair() -> None:
    filed_pair()
    Seminar.objects.update(state=SeminarState.ELIGIBLE)
    world.begin()
    reviewer = world.reviewer("FR", cast.marie())
    detect_conflicts(side("FR"), at=AT)
    conflict = Conflict.objects.get(user=cast.marie())
    assert conflict.reasons[0]["code"] == "coordinates"
    assert Assignment.objects.of(reviewer.user).count() == 0

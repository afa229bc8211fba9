"""Giving pairs to reviewers, and their answers (R23)."""

from threading import Event

import pytest
from django.db import transaction

from accounts.models import HistoryEntry, Message, User
from reviews.actions import assignment as actions
from reviews.choices import AssignmentState, ConflictState, ReviewerState
from reviews.models import Assignment, Conflict, Panel, Reviewer
from seminars.models import Recusal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.racing import at_once
from tests.reviews import world
from tests.seminars.filed import bare_pair, officer, side

pytestmark = pytest.mark.django_db


def give(*wanted: tuple[Reviewer, Seminar], by: User | None = None, **options: bool) -> list[Assignment]:
    ids = [(person.pk, pair.pk) for person, pair in wanted]
    return actions.assign(side("FR"), ids, by=by or officer("FR"), at=world.BEGUN, **options)


def seal_panel() -> None:
    Panel.objects.filter(side=side("FR")).update(sealed_at=world.AFTER_DUE, sealed_by=officer("FR"))


def mails(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("address").values_list("address", flat=True))


def test_a_batch_gives_pairs_with_one_mail_each() -> None:
    pairs = world.pairs_in_review(2)
    one, two = world.reviewer("FR"), world.reviewer("FR")
    made = give((one, pairs[0]), (one, pairs[1]), (two, pairs[0]))
    assert {item.state for item in made} == {AssignmentState.GIVEN}
    assert mails("assignments_given") == sorted([one.email, two.email])
    assert "2 joint seminars" in Message.objects.get(kind="assignments_given", address=one.email).text
    assert HistoryEntry.objects.filter(verb="assigned").count() == 3
    assert give((one, pairs[0])) == []
    assert Message.objects.filter(kind="assignments_given").count() == 2


def test_nobody_in_conflict_is_ever_given_the_pair() -> None:
    pair = world.pairs_in_review()[0]
    declared, recused = world.reviewer("FR"), world.reviewer("FR")
    coordinator = world.reviewer("FR", user=pair.proposals.first().coordinator)
    values = {"side": side("FR"), "seminar": pair, "noted_at": world.BEGUN}
    conflict = Conflict.objects.create(user=declared.user, state=ConflictState.DETECTED, **values)
    Recusal.objects.create(user=recused.user, seminar=pair, since=world.BEGUN)
    for person in (declared, recused, coordinator):
        with pytest.raises(Refused):
            give((world.reviewer("FR"), pair), (person, pair))
    assert Assignment.objects.count() == Message.objects.filter(kind="assignments_given").count() == 0
    conflict.delete()
    assert len(give((declared, pair))) == 1


def test_an_officer_gives_no_pair_they_are_shut_out_of() -> None:
    pair = world.pairs_in_review()[0]
    Recusal.objects.create(user=officer("FR"), seminar=pair, since=world.BEGUN)
    with pytest.raises(Refused):
        give((world.reviewer("FR"), pair))


def test_only_own_reviewers_and_pairs_in_review_are_brought_together() -> None:
    pair, other = world.pairs_in_review()[0], bare_pair("Not in review")
    invited = world.reviewer("FR")
    Reviewer.objects.filter(pk=invited.pk).update(state=ReviewerState.INVITED)
    for wrong in ((world.reviewer("JP"), pair), (invited, pair), (world.reviewer("FR"), other)):
        with pytest.raises(Refused):
            give(wrong)
    with pytest.raises(Refused):
        give((world.reviewer("FR"), pair), by=officer("JP"))


def test_nothing_is_given_before_the_evaluation_nor_after_the_seal() -> None:
    cast.call_2026()
    person = world.reviewer("FR")
    with pytest.raises(Refused, match="has not begun"):
        give((person, bare_pair()))
    pair = world.pairs_in_review()[0]
    given = give((person, pair))[0]
    seal_panel()
    with pytest.raises(Refused, match="sealed"):
        give((world.reviewer("FR"), pair))
    with pytest.raises(Refused, match="sealed"):
        actions.withdraw(given, by=officer("FR"), at=world.AFTER_DUE)
    with pytest.raises(Refused, match="sealed"):
        actions.decline(given, reason="Late.", by=person.user, at=world.AFTER_DUE)


def test_a_proposal_keeps_to_the_agreed_load_and_a_hand_need_not() -> None:
    pairs = world.pairs_in_review(2)
    person = world.reviewer("FR", maximum_load=1)
    give((person, pairs[0]), keep_to_load=True)
    with pytest.raises(Refused, match="more pairs than agreed"):
        give((person, pairs[1]), keep_to_load=True)
    assert len(give((person, pairs[1]))) == 1


def test_a_withdrawn_pair_can_be_given_again() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = give((person, pair))[0]
    actions.withdraw(given, by=officer("FR"), at=world.BEGUN)
    assert not Assignment.objects.of(person.user).exists()
    with pytest.raises(Refused, match="no longer in force"):
        actions.withdraw(given, by=officer("FR"), at=world.BEGUN)
    assert len(give((person, pair))) == 1


def test_a_sealed_review_stays() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = world.assigned(person, pair)
    world.judged(given)
    for verb in (
        lambda: actions.withdraw(given, by=officer("FR"), at=world.REVIEWED),
        lambda: actions.decline(given, reason="No time.", by=person.user, at=world.REVIEWED),
    ):
        with pytest.raises(Refused, match="sealed already"):
            verb()


def test_a_reviewer_acknowledges_once() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = give((person, pair))[0]
    with pytest.raises(Refused, match="Only the reviewer"):
        actions.acknowledge(given, by=officer("FR"), at=world.BEGUN)
    actions.acknowledge(given, by=person.user, at=world.BEGUN)
    given.refresh_from_db()
    assert (given.state, given.answered_at) == (AssignmentState.ACKNOWLEDGED, world.BEGUN)
    with pytest.raises(Refused, match="already"):
        actions.acknowledge(given, by=person.user, at=world.BEGUN)


def test_a_decline_needs_a_reason_and_tells_the_officers_who_may_know() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = give((person, pair))[0]
    shut_out = cast.officer_of(cast.inserm(), "second@inserm.example")
    Recusal.objects.create(user=shut_out, seminar=pair, since=world.BEGUN)
    with pytest.raises(Refused, match="Say why"):
        actions.decline(given, reason=" ", by=person.user, at=world.BEGUN)
    actions.decline(given, reason="We share a grant.", by=person.user, at=world.BEGUN)
    given.refresh_from_db()
    assert (given.state, given.reason) == (AssignmentState.DECLINED, "We share a grant.")
    assert mails("assignment_declined") == [officer("FR").email]
    told = Message.objects.get(kind="assignment_declined")
    assert str(person.user) not in told.subject
    assert "We share a grant." not in told.text


def test_the_officer_chases_what_is_not_sealed() -> None:
    pairs = world.pairs_in_review(3)
    late, done = world.reviewer("FR"), world.reviewer("FR")
    given = [world.assigned(late, pairs[0]), world.assigned(late, pairs[1]), world.assigned(done, pairs[2])]
    foreign = world.assigned(world.reviewer("JP"), pairs[0])
    world.judged(given[2])
    ids = [item.pk for item in (*given, foreign)]
    assert actions.chase(side("FR"), ids, by=officer("FR"), at=world.REVIEWED) == 1
    assert mails("assignments_chased") == [late.email]
    assert Assignment.objects.filter(chased_at=world.REVIEWED).count() == 2
    with pytest.raises(Refused):
        actions.chase(side("FR"), ids, by=officer("JP"), at=world.REVIEWED)


@pytest.mark.django_db(transaction=True)
def test_two_officers_give_the_same_pair_once() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    agency_side, by = side("FR"), officer("FR")
    given = at_once(*[lambda: len(actions.assign(agency_side, [(person.pk, pair.pk)], by=by, at=world.BEGUN))] * 2)
    assert sorted(given) == [0, 1]
    assert Assignment.objects.active().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_conflict_noted_at_the_same_moment_holds_the_pair_back() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    agency_side, by = side("FR"), officer("FR")
    locked = Event()

    def note_conflict() -> None:
        with transaction.atomic():
            actions.lock_panel(agency_side)
            locked.set()
            Recusal.objects.create(user=person.user, seminar=pair, since=world.BEGUN)

    def give_meanwhile() -> None:
        locked.wait(10)
        actions.assign(agency_side, [(person.pk, pair.pk)], by=by, at=world.BEGUN)

    _noted, refusal = at_once(note_conflict, give_meanwhile)
    assert "conflict of interest" in str(refusal)
    assert not Assignment.objects.exists()

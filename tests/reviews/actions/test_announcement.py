"""Planning, releasing and going out: everybody at once, never before both agencies have said so (R26, I15)."""

from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import HistoryEntry, Message
from reviews.actions import announcement as actions
from reviews.actions.decision import refuse
from reviews.models import Announcement, Decision, Release, Signature, Told
from seminars.choices import SeminarState
from seminars.models import Proposal, Seminar
from seminars.permissions import Refused
from tests import cast
from tests.racing import at_once, done_at_once
from tests.reviews import settled, world
from tests.reviews.settled import BOTH, DUE, PLANNED
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db
OUTCOMES = ("selected", "reserve", "not_selected")
TICK = timedelta.resolution


def states() -> list[str]:
    return list(Seminar.objects.order_by("pk").values_list("state", flat=True))


def letters() -> list[Message]:
    return list(Message.objects.filter(kind="outcome_told").order_by("pk"))


def test_everybody_is_told_at_once_and_once() -> None:
    pairs = world.pairs_in_review(3)
    world.evaluated(pairs, 2)
    settled.decided(pairs, OUTCOMES)
    settled.planned(pairs[0].call)
    settled.release(*BOTH)
    assert actions.announce_due(at=DUE - TICK) == 0
    assert states() == ["in_review"] * 3
    assert letters() == []
    assert actions.announce_due(at=DUE + timedelta(days=2)) == 1
    assert states() == list(OUTCOMES)
    assert [told.reserve_rank for told in Told.objects.order_by("pk")] == [None, 2, None]
    assert {mail.address for mail in letters()} == set(Proposal.objects.values_list("coordinator__email", flat=True))
    assert len(letters()) == 6
    assert actions.announce_due(at=DUE + timedelta(days=3)) == 0
    assert len(letters()) == 6


def test_a_letter_gives_the_own_agencys_scores_and_comments_and_no_name() -> None:
    pair = world.pairs_in_review()[0]
    people = [world.reviewer("FR"), world.reviewer("FR"), world.reviewer("JP")]
    for person, value, words in zip(people, (4, 1, 2), ("Bold.", "Clear.", "Far."), strict=True):
        scores = (value, value, value, value, value, None if value == 4 else value)
        world.judged(world.assigned(person, pair), scores, comment_coordinators=words)
    settled.announced([pair], ["selected"])
    french = Message.objects.get(kind="outcome_told", recipient__proposals__side=side("FR"))
    assert pair.call.criteria.all()[0].title_en in french.text
    assert "2.50 (2)" in french.text or "2,50 (2)" in french.text
    assert "1.00 (1)" in french.text or "1,00 (1)" in french.text
    assert [words in french.text for words in ("Bold.", "Clear.", "Far.", "For the panel.")] == [
        True,
        True,
        False,
        False,
    ]
    assert french.text.index("Bold.") < french.text.index("Clear.")
    for mail in letters():
        assert not any(str(person.user) in mail.text + mail.html + mail.subject for person in people)


def test_the_subject_is_the_same_whatever_the_outcome() -> None:
    settled.announced(world.pairs_in_review(3), OUTCOMES)
    assert len({(mail.subject, mail.language) for mail in letters()}) == len({mail.language for mail in letters()})


def test_letters_without_scores_still_give_the_comments() -> None:
    pair = world.pairs_in_review()[0]
    world.judged(world.assigned(world.reviewer("FR"), pair))
    settled.announced([pair], ["not_selected"], shows_scores=False)
    mail = Message.objects.get(kind="outcome_told", recipient__proposals__side=side("FR"))
    assert "For the coordinators." in mail.text
    assert "(1)" not in mail.text


def test_nothing_goes_out_without_both_releases() -> None:
    pairs = world.pairs_in_review()
    settled.decided(pairs, ["selected"])
    settled.planned(pairs[0].call)
    settled.release("FR")
    assert actions.announce_due(at=DUE) == 0
    settled.release("JP")
    actions.take_back(side("FR"), by=officer("FR"), at=PLANNED)
    assert actions.announce_due(at=DUE) == 0
    settled.release("FR")
    assert actions.announce_due(at=DUE) == 1


def test_an_open_decision_holds_the_announcement_up() -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "reserve"], ["FR"])
    settled.planned(pairs[0].call)
    with pytest.raises(Refused, match="Not every pair"):
        settled.release("FR")


def test_other_decisions_need_other_releases() -> None:
    pairs = world.pairs_in_review()
    decision = settled.decided(pairs, ["selected"])[0]
    settled.planned(pairs[0].call)
    settled.release(*BOTH)
    Signature.objects.filter(decision=decision, side=side("JP")).update(refuses=True, reason="No money.")
    assert actions.announce_due(at=DUE) == 0
    settled.release("FR")
    assert Release.objects.filter(voided_at__isnull=True).count() == 1
    settled.release("JP")
    assert actions.announce_due(at=DUE) == 1
    assert states() == ["not_selected"]


def refuse_mails_to(address: str) -> None:
    """Let the database refuse to keep any mail to an address, until the end of the test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_mail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$"
        )
        condition = f"WHEN (NEW.address = '{address}') EXECUTE FUNCTION refuse_mail()"
        cursor.execute(f"CREATE TRIGGER refuse_mail BEFORE INSERT ON accounts_message FOR EACH ROW {condition}")


def test_one_that_cannot_go_out_tells_nobody_anything_and_names_the_pair() -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "not_selected"])
    settled.planned(pairs[0].call)
    settled.release(*BOTH)
    other = settled.another_call_released()
    refuse_mails_to(pairs[1].proposals.order_by("-pk")[0].coordinator.email)
    assert actions.announce_due(at=DUE) == 1  # the other call does not wait for it
    assert states() == ["in_review", "in_review", "not_selected"]
    held = Announcement.objects.get(call=pairs[0].call)
    assert (held.failed_at, held.failed_pair, held.announced_at) == (DUE, pairs[1], None)
    assert {told.seminar for told in Told.objects.all()} == {other}
    assert len(letters()) == 2
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DROP TRIGGER refuse_mail ON accounts_message")
    assert actions.announce_due(at=DUE) == 1
    assert states() == ["selected", "not_selected", "not_selected"]
    assert len(letters()) == 6


def test_two_people_release() -> None:
    pairs = world.pairs_in_review()
    settled.decided(pairs, ["selected"])
    settled.planned(pairs[0].call)
    both = cast.officer_of(cast.inserm(), "both@example.org")
    cast.officer_of(cast.jsps(), "both@example.org")
    actions.release(side("FR"), by=both, at=PLANNED)
    with pytest.raises(Refused):
        actions.release(side("JP"), by=both, at=PLANNED)
    with pytest.raises(Refused, match="already"):
        settled.release("FR")
    with pytest.raises(Refused, match="Only an officer"):
        actions.release(side("JP"), by=officer("FR"), at=PLANNED)


def test_moving_voids_the_releases_and_cancelling_ends_it() -> None:
    pairs = world.pairs_in_review()
    call = pairs[0].call
    settled.decided(pairs, ["selected"])
    first = settled.planned(call)
    settled.release(*BOTH)
    moved = actions.plan(call, due_at=DUE + timedelta(days=1), shows_scores=False, by=officer("JP"), at=PLANNED)
    assert (moved.pk, moved.shows_scores) == (first.pk, False)
    assert not Release.objects.filter(voided_at__isnull=True).exists()
    settled.release(*BOTH)
    actions.cancel(call, by=officer("FR"), at=PLANNED)
    assert actions.announce_due(at=DUE + timedelta(days=2)) == 0
    with pytest.raises(Refused, match="No announcement"):
        actions.cancel(call, by=officer("FR"), at=PLANNED)
    with pytest.raises(Refused, match="No announcement"):
        settled.release("FR")
    with pytest.raises(Refused, match="no release"):
        actions.take_back(side("FR"), by=officer("FR"), at=PLANNED)
    verbs = HistoryEntry.objects.filter(subject_kind="reviews.announcement").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "planned", "released", "released", "moved", "released", "released", "cancelled",
    ]  # fmt: skip


def test_what_cannot_be_planned() -> None:
    pairs = world.pairs_in_review()
    call = pairs[0].call
    with pytest.raises(Refused, match="not been opened"):
        settled.planned(call)
    settled.decided(pairs, ["selected"])
    with pytest.raises(Refused, match="Only an officer"):
        settled.planned(call, by=cast.marie())
    with pytest.raises(Refused, match="in the future"):
        actions.plan(call, due_at=PLANNED, shows_scores=True, by=officer("FR"), at=PLANNED)


def test_a_reserve_that_moves_up_gets_its_own_letter() -> None:
    pairs = world.pairs_in_review(2)
    settled.announced(pairs, ["selected", "reserve"])
    call, later = pairs[0].call, DUE + timedelta(days=30)
    Seminar.objects.filter(pk=pairs[0].pk).update(state=SeminarState.CANCELLED)
    decision = Decision.objects.get(seminar=pairs[1])
    Signature.objects.filter(decision=decision).update(voided_at=later)
    Decision.objects.filter(pk=decision.pk).update(outcome="selected", reserve_rank=None, version=1)
    for country in BOTH:
        settled.sign(decision, country)
    actions.plan(call, due_at=later, shows_scores=True, by=officer("FR"), at=DUE)
    assert states() == ["cancelled", "reserve"]
    for country in BOTH:
        actions.release(side(country), by=officer(country), at=DUE)
    assert actions.announce_due(at=later) == 1
    assert states() == ["cancelled", "selected"]
    assert len(letters()) == 6


@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_cancellation_at_once_leave_no_release_that_counts() -> None:
    pairs = world.pairs_in_review()
    call, japanese, people = pairs[0].call, side("JP"), {country: officer(country) for country in BOTH}
    settled.decided(pairs, ["selected"])
    settled.planned(call)
    settled.release("FR")
    _released, cancelled = done_at_once(
        lambda: actions.release(japanese, by=people["JP"], at=PLANNED),
        lambda: actions.cancel(call, by=people["FR"], at=PLANNED),
    )
    assert cancelled
    assert Announcement.objects.get().cancelled_at == PLANNED
    assert not Release.objects.filter(voided_at__isnull=True).exists()
    assert actions.announce_due(at=DUE) == 0


@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_refusal_at_once_let_nothing_go_out_that_was_not_released_by_both() -> None:
    pairs = world.pairs_in_review()
    call, japanese, people = pairs[0].call, side("JP"), {country: officer(country) for country in BOTH}
    [decision] = settled.decided(pairs, ["selected"])
    settled.planned(call)
    settled.release("FR")
    answers = at_once(
        lambda: actions.release(japanese, by=people["JP"], at=PLANNED),
        lambda: refuse(call, decision, version=0, reason="No.", by=people["FR"], at=PLANNED),
    )
    assert answers == [None, None]
    assert actions.announce_due(at=DUE) == 0
    assert (states(), letters()) == (["in_review"], [])
    assert Decision.objects.get().outcome == "not_selected"


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_two_releases_and_a_cancellation_leave_one_outcome() -> None:
    pairs = world.pairs_in_review(2)
    call, by = pairs[0].call, officer("FR")
    settled.decided(pairs, ["selected", "not_selected"])
    settled.planned(call)
    french = side("FR")
    assert sorted(done_at_once(*[lambda: actions.release(french, by=by, at=PLANNED)] * 2)) == [False, True]
    settled.release("JP")
    answers = at_once(
        lambda: actions.announce_due(at=DUE),
        lambda: actions.announce_due(at=DUE),
        lambda: actions.cancel(call, by=by, at=PLANNED),
    )
    announcement = Announcement.objects.get()
    if announcement.cancelled_at:
        assert answers == [0, 0, None]
        assert states() == ["in_review"] * 2
        assert letters() == []
    else:
        assert sorted(answers[:2]) == [0, 1]
        assert isinstance(answers[2], Refused)
        assert states() == ["selected", "not_selected"]
        assert len(letters()) == 4

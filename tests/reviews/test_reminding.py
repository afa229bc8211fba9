"""Reminders of evaluation, selection and budgets: each agency's own people only (R24, R25, R29)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import Message
from reviews.actions import assignment as assignments
from reviews.actions import report_signing
from reviews.choices import AssignmentState, Outcome
from reviews.models import Assignment, Decision, Panel, Selection, Signature
from seminars.actions.reminders import ensure_rules, plan_reminders, send_due_reminders
from seminars.models import Recusal, Reminder
from tests import cast
from tests.reviews import reported, world
from tests.seminars.filed import officer, side

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plan(at: datetime = world.BEGUN) -> None:
    plan_reminders(cast.call_2026(), at=at)


def steps(kind: str, **of: object) -> list[int]:
    found = Reminder.objects.planned().filter(kind=kind, **of).order_by("hours")
    return list(found.values_list("hours", flat=True))


@pytest.fixture(autouse=True)
def _rules() -> None:
    ensure_rules(cast.call_2026(), at=cast.OPENING)
    for country in ("FR", "JP"):
        officer(country)


def test_a_reviewer_is_reminded_once_for_all_pairs_until_answered() -> None:
    pairs = world.pairs_in_review(2)
    person = world.reviewer("FR")
    given = [world.assigned(person, pair, AssignmentState.GIVEN) for pair in pairs]
    plan()
    assert steps("review_unacknowledged", subject=given[0].pk) == [168, 336, 504, 672]
    at = world.BEGUN + 9 * DAY  # a Friday
    assert send_due_reminders(at=at) == 1
    mail = Message.objects.get(kind="reminders", recipient=person.user)
    assert mail.subject == "Your answer is awaited"
    assert not Message.objects.open_to_administrators().filter(pk=mail.pk).exists()
    assert "2 joint seminars" in mail.text
    assert (mail.unsubscribe_url, "Seminar 001" in mail.text) == ("", False)
    for assignment in given:
        assignments.acknowledge(assignment, by=person.user, at=at)
    plan(at)
    assert steps("review_unacknowledged") == []
    assert len(steps("review_unsealed")) == 2 * 6


def test_an_officers_chase_puts_the_next_reminder_off_by_a_week() -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = world.assigned(person, pair, AssignmentState.GIVEN)
    chased_at = world.BEGUN + 6 * DAY
    assignments.chase(side("FR"), [given.pk], by=officer("FR"), at=chased_at)
    plan(chased_at)
    assert Reminder.objects.filter(hours=168, kind="review_unacknowledged").get().due_at >= chased_at + 7 * DAY


def test_nobody_is_reminded_of_a_pair_they_are_shut_out_of_nor_after_the_seal() -> None:
    pairs = world.pairs_in_review(2)
    person = world.reviewer("FR")
    for pair in pairs:
        world.assigned(person, pair)
    plan()
    Recusal.objects.create(user=person.user, seminar=pairs[0], since=world.BEGUN)
    plan()
    assert len(steps("review_unsealed")) == 6
    assert len(steps("panel_unsealed")) == 6
    Panel.objects.filter(side=side("FR")).update(sealed_at=world.AFTER_DUE, sealed_by=officer("FR"))
    plan()
    assert steps("review_unsealed") == []
    of_panels = Reminder.objects.planned().filter(kind="panel_unsealed")
    assert set(of_panels.values_list("side", flat=True)) == {side("JP").pk}


def test_officers_see_nothing_of_the_other_agencys_people() -> None:
    pair = world.pairs_in_review()[0]
    for country in ("FR", "JP"):
        world.assigned(world.reviewer(country), pair)
    plan()
    for country in ("FR", "JP"):
        seen = Reminder.objects.visible_to(officer(country))
        assert set(seen.values_list("side", flat=True)) == {side(country).pk}
    assert not Reminder.objects.visible_to(cast.marie()).exists()
    Recusal.objects.create(user=officer("FR"), seminar=pair, since=world.BEGUN)
    assert not Reminder.objects.visible_to(officer("FR")).filter(kind="review_unsealed").exists()


def test_the_agency_that_has_not_signed_is_reminded() -> None:
    pair = world.pairs_in_review()[0]
    call, at = cast.call_2026(), world.AFTER_DUE
    selection = Selection.objects.create(call=call, opened_at=at, opened_by=officer("FR"))
    decision = Decision.objects.create(
        selection=selection, seminar=pair, outcome=Outcome.SELECTED, proposed_at=at, proposed_by=officer("FR")
    )
    Signature.objects.create(decision=decision, side=side("FR"), signed_by=officer("FR"), signed_at=at)
    plan(at)
    assert steps("signature", recipient=officer("FR")) == []
    assert steps("signature", recipient=officer("JP")) == [72, 168, 336]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_planning_an_evaluation_costs_the_same(number: int, django_assert_max_num_queries: Callable) -> None:
    person, other = world.reviewer("FR"), world.reviewer("JP")
    for pair in world.pairs_in_review(number):
        world.assigned(person, pair, AssignmentState.GIVEN)
        world.assigned(other, pair)
    plan()
    with django_assert_max_num_queries(30):
        plan(world.BEGUN + timedelta(hours=1))
    assert Assignment.objects.count() == 2 * number


def test_a_report_that_was_given_back_is_chased_from_that_day_on_and_never_called_late() -> None:
    report = reported.handed_in(reported.complete(reported.confirmed()))
    marie = reported.writer(report)
    plan(reported.AFTER)
    assert steps("report_due") == []
    back = {"accepts": False, "comment": "Which lab?", "by": officer("FR"), "at": reported.LATE}
    report_signing.decide_report(report, side("FR"), number=1, **back)
    plan(reported.LATE)
    assert steps("report_due") == []
    assert steps("report_correction") == 2 * [14 * 24] + 2 * [30 * 24] + 2 * [45 * 24] + 2 * [60 * 24]
    assert send_due_reminders(at=reported.LATE + 15.5 * DAY) == 2
    mail = Message.objects.get(kind="reminders", recipient=marie)
    assert "was given back for correction" in mail.text

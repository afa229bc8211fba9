"""Beginning the evaluation of both agencies at once (R22, R24)."""

from datetime import timedelta

import pytest

from reviews.actions.evaluation import begin_evaluation, move_reviews_due
from reviews.models import Panel
from seminars.choices import SeminarState
from seminars.models import Seminar
from seminars.permissions import Refused
from tests import cast
from tests.reviews import world
from tests.seminars.filed import bare_pair, officer

pytestmark = pytest.mark.django_db


def test_both_panels_open_and_only_eligible_pairs_come_to_review() -> None:
    eligible, other = bare_pair("Eligible"), bare_pair("Not decided")
    Seminar.objects.filter(pk=eligible.pk).update(state=SeminarState.ELIGIBLE)
    world.begin()
    assert Panel.objects.count() == 2
    states = dict(Seminar.objects.values_list("pk", "state"))
    assert (states[eligible.pk], states[other.pk]) == (SeminarState.IN_REVIEW, SeminarState.PAIRED)


def test_pairs_join_until_the_reviews_are_due() -> None:
    world.pairs_in_review()
    late = bare_pair("Found eligible later")
    Seminar.objects.filter(pk=late.pk).update(state=SeminarState.ELIGIBLE)
    call = cast.call_2026()
    with pytest.raises(Refused):
        begin_evaluation(call, reviews_due_at=world.AFTER_DUE, by=officer("JP"), at=world.DUE + timedelta.resolution)
    assert begin_evaluation(call, reviews_due_at=world.AFTER_DUE, by=officer("JP"), at=world.DUE) == 1
    assert set(Panel.objects.values_list("reviews_due_at", flat=True)) == {world.DUE}


def test_nobody_begins_before_the_deadline_or_for_a_call_of_others() -> None:
    call = cast.call_2026()
    with pytest.raises(Refused):
        begin_evaluation(call, reviews_due_at=world.DUE, by=officer("FR"), at=cast.DEADLINE)
    with pytest.raises(Refused):
        begin_evaluation(call, reviews_due_at=world.DUE, by=cast.marie(), at=world.BEGUN)


def test_the_due_date_moves_for_both_until_it_has_passed() -> None:
    world.pairs_in_review()
    later = world.DUE + timedelta(days=7)
    move_reviews_due(cast.call_2026(), reviews_due_at=later, by=officer("JP"), at=world.DUE)
    assert set(Panel.objects.values_list("reviews_due_at", flat=True)) == {later}
    with pytest.raises(Refused):
        move_reviews_due(cast.call_2026(), reviews_due_at=later, by=officer("JP"), at=later + timedelta.resolution)

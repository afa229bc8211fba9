"""Beginning the evaluation: asked twice, for both agencies, by officers only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.choices import AssignmentState
from reviews.models import Panel
from seminars.choices import SeminarState
from seminars.models import Recusal, Seminar
from tests import cast
from tests.reviews import world
from tests.seminars.filed import bare_pair, officer
from tests.sessions import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(world.BEGUN)]
PAGE = "/desk/inserm-jsps-2026/evaluation/"
DUE = {"begin": "1", "until_on": "2026-11-02", "until_time": "18:00"}


def client_of(country: str) -> Client:
    return sign_in(Client(), cast.in_english(officer(country)))


def test_it_begins_for_both_when_the_list_is_agreed() -> None:
    Seminar.objects.filter(pk=bare_pair().pk).update(state=SeminarState.ELIGIBLE)
    client = client_of("FR")
    answer = client.post(PAGE, DUE)
    assert answer.status_code == 422
    assert "Beginning cannot be undone" in answer.content.decode()
    assert 'value="2026-11-02"' in answer.content.decode()
    assert client.post(PAGE, {**DUE, "agreed": "on"}).status_code == 303
    assert Panel.objects.count() == 2
    assert "Pairs in review" in client_of("JP").get(PAGE).content.decode()


def test_pairs_found_eligible_later_are_brought_in_and_the_due_date_moves() -> None:
    world.pairs_in_review()
    Seminar.objects.filter(pk=bare_pair("Late").pk).update(state=SeminarState.ELIGIBLE)
    client = client_of("JP")
    assert "1 eligible pair has not come to review yet." in client.get(PAGE).content.decode()
    client.post(PAGE, {"join": "1"})
    assert Seminar.objects.filter(state=SeminarState.IN_REVIEW).count() == 2
    client.post(PAGE, {"move": "1", "until_on": "2026-12-01", "until_time": "09:00"})
    assert {panel.reviews_due_at.isoformat()[:10] for panel in Panel.objects.all()} == {"2026-12-01"}


def test_an_early_date_is_refused_beside_the_field() -> None:
    cast.call_2026()
    answer = client_of("FR").post(PAGE, {**DUE, "until_on": "2026-09-01", "agreed": "on"})
    assert "Choose a moment in the future." in answer.content.decode()
    assert reverse("evaluation", args=["inserm-jsps-2026"]) == PAGE


def test_each_step_says_what_is_missing_in_the_own_agency_and_among_the_pairs_one_sees() -> None:
    first, hidden = world.pairs_in_review(2)
    own, theirs = world.reviewer("FR"), world.reviewer("JP")
    world.judged(world.assigned(own, first))
    world.assigned(own, hidden)
    world.assigned(world.reviewer("FR"), first, AssignmentState.GIVEN)
    world.judged(world.assigned(theirs, first))
    steps = client_of("FR").get(PAGE).context["steps"]
    assert (steps.accepted, steps.missing, steps.lacking, steps.silent) == (2, 1, 1, 1)
    assert (steps.sealed, steps.assigned, steps.ranked, steps.pairs, steps.overdue) == (1, 3, 0, 2, False)
    Recusal.objects.create(user=officer("FR"), seminar=hidden, since=world.BEGUN)
    steps = client_of("FR").get(PAGE).context["steps"]
    assert (steps.missing, steps.assigned, steps.pairs, len(steps.gaps.short)) == (0, 2, 1, 1)


def test_the_steps_cost_the_same_whatever_the_pairs() -> None:
    costs = []
    for number in (1, 3, 30):
        world.evaluated(world.pairs_in_review(number), reviewers=2)
        client = client_of("FR")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1

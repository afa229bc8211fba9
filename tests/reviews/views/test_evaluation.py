"""Beginning the evaluation: asked twice, for both agencies, by officers only."""

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Panel
from seminars.choices import SeminarState
from seminars.models import Seminar
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

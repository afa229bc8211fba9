"""A reviewer's own list: what it shows, what can be done on it, and who sees nothing of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Membership
from reviews.choices import AssignmentState
from reviews.models import Assignment, Panel
from seminars.models import Recusal
from tests import cast
from tests.reviews import world
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LIST = "/reviews/"


def test_the_list_shows_each_pair_and_where_it_stands(client: Client) -> None:
    pairs = world.pairs_in_review(5)
    person = world.reviewer("FR")
    for pair in pairs[1:4]:
        world.assigned(person, pair)
    world.assigned(person, pairs[0], AssignmentState.GIVEN)
    world.assigned(world.reviewer("FR"), pairs[4])
    world.judged(Assignment.objects.get(reviewer=person, seminar=pairs[2]), sealed=False)
    world.judged(Assignment.objects.get(reviewer=person, seminar=pairs[3]))
    Panel.objects.update(reviews_due_at=timezone.now() + timedelta(days=1))
    page = sign_in(client, person.user).get(LIST).content.decode()
    assert [f"Seminar {place:03d}" in page for place in range(1, 6)] == [True, True, True, True, False]
    assert page.count("state state-") == 4
    for words in ("To be acknowledged", "Acknowledged", "Begun", "Sealed", "My reviews", "Paris", "Tokyo"):
        assert words in page, words


def test_a_pair_one_is_shut_out_of_is_gone(client: Client) -> None:
    pair, person = world.pairs_in_review()[0], world.reviewer("FR")
    given = world.assigned(person, pair, AssignmentState.GIVEN)
    Recusal.objects.create(user=person.user, seminar=pair, since=world.BEGUN)
    sign_in(client, person.user)
    assert "Seminar 001" not in client.get(LIST).content.decode()
    assert client.post(f"/reviews/{given.pk}/acknowledge/").status_code == 404
    assert client.get(f"/reviews/{given.pk}/decline/").status_code == 404


def test_nobody_else_reaches_an_assignment(client: Client) -> None:
    given = world.assigned(world.reviewer("FR"), world.pairs_in_review()[0], AssignmentState.GIVEN)
    for person in (world.reviewer("FR").user, world.reviewer("JP").user, cast.inserm_officer(), cast.jsps_officer()):
        sign_in(client, person)
        assert client.post(f"/reviews/{given.pk}/acknowledge/").status_code == 404
        assert client.post(f"/reviews/{given.pk}/decline/", {"reason": "No."}).status_code == 404


def test_one_acknowledges_and_a_second_click_says_so(client: Client) -> None:
    person = world.reviewer("FR")
    given = world.assigned(person, world.pairs_in_review()[0], AssignmentState.GIVEN)
    sign_in(client, person.user)
    assert client.get(f"/reviews/{given.pk}/acknowledge/").status_code == 405
    assert "Thank you" in client.post(f"/reviews/{given.pk}/acknowledge/", follow=True).content.decode()
    assert "acknowledged this" in client.post(f"/reviews/{given.pk}/acknowledge/", follow=True).content.decode()


def test_declining_asks_why_and_keeps_what_was_typed(client: Client) -> None:
    person = world.reviewer("FR")
    given = world.assigned(person, world.pairs_in_review()[0])
    path = f"/reviews/{given.pk}/decline/"
    assert sign_in(client, person.user).get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 422
    review = world.judged(given)
    answer = client.post(path, {"reason": "We share a grant."})
    assert (answer.status_code, "We share a grant." in answer.content.decode()) == (409, True)
    review.scores.all().delete()
    review.delete()
    assert "handed back" in client.post(path, {"reason": "We share a grant."}, follow=True).content.decode()
    assert client.get(path).status_code == 404


def test_the_way_to_it_is_there_for_reviewers_only(client: Client) -> None:
    world.pairs_in_review()
    assert "My reviews" in sign_in(client, world.reviewer("JP").user).get("/account/").content.decode()
    assert "My reviews" not in sign_in(client, cast.marie()).get("/account/").content.decode()


def test_a_chair_is_led_to_the_panel(client: Client) -> None:
    world.pairs_in_review()
    chair = cast.in_english(cast.user("chair@jsps.example"))
    Membership.objects.create(user=chair, agency=cast.jsps(), role=Role.CHAIR, given_at=world.BEGUN)
    page = sign_in(client, chair).get("/projects/", follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    assert "Panels you chair" in page.content.decode()
    assert "/desk/inserm-jsps-2026/panel/" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_whatever_its_length(
    number: int, client: Client, django_assert_num_queries: Callable
) -> None:
    pairs = world.pairs_in_review(number)
    person = world.reviewer("FR")
    for pair in pairs:
        given = world.assigned(person, pair)
        world.judged(given, sealed=False)
    sign_in(client, person.user).get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)

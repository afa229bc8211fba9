"""The announcement's pages: what officers do there, and that coordinators learn nothing before (R26, I15)."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from accounts.models import Message, User
from reviews.models import Announcement, Release
from seminars.models import Recusal, Seminar
from tests import cast, keys
from tests.reviews import settled, world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
MASKED = re.compile(r'nonce="[^"]*"|nonce-[\w+/=-]+|name="csrfmiddlewaretoken" value="[^"]*"|csrf[^"]{0,20}"[^"]{20,}"')


def address() -> str:
    return f"/desk/{cast.call_2026().code}/announcement/"


def english(user: User) -> User:
    User.objects.filter(pk=user.pk).update(language="en")
    user.language = "en"
    return user


def coordinator(pair: Seminar, country: str = "FR") -> User:
    return pair.proposals.get(side=side(country)).coordinator


def test_officers_plan_release_and_cancel(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "reserve"])
    sign_in(client, english(officer("FR")))
    page = client.get(address()).content.decode()
    assert "Seminar 001" in page
    assert "Plan it" in page
    assert client.post(address(), {"plan": "1", "until_on": "2020-01-01", "until_time": "10:00"}).status_code == 422
    planned = {"plan": "1", "until_on": "2099-01-12", "until_time": "10:00", "shows_scores": "on"}
    assert client.post(address(), planned).status_code == 303
    assert "this moment is outside" in client.get(address()).content.decode()
    french = side("FR").pk
    assert client.post(address(), {"release": side("JP").pk}).status_code == 404
    assert client.post(address(), {"release": french}).status_code == 303
    assert client.post(address(), {"release": french}).status_code == 409
    page = client.get(address()).content.decode()
    assert "Released" in page
    assert "Not released" in page
    assert client.post(address(), {"take_back": french}).status_code == 303
    assert client.post(address(), {"cancel": "1"}).status_code == 303
    assert Announcement.objects.waiting().count() == 0
    assert client.post(address(), {"nothing": "1"}).status_code == 422


def test_moving_an_announcement_starts_from_what_is_planned_and_outcomes_stand_in_their_order(client: Client) -> None:
    pairs = world.pairs_in_review(3)
    settled.decided(pairs, ["not_selected", "reserve", "selected"])
    sign_in(client, english(officer("FR")))
    client.post(address(), {"plan": "1", "until_on": "2099-01-12", "until_time": "10:00"})
    answer = client.get(address())
    assert answer.context["form"]["shows_scores"].value() is False
    assert 'value="2099-01-12"' in answer.content.decode()
    assert [row["seminar"] for row in answer.context["rows"]] == [pairs[2], pairs[1], pairs[0]]


def test_a_release_asks_for_the_second_factor_again(client: Client) -> None:
    pairs = world.pairs_in_review()
    settled.decided(pairs, ["selected"])
    settled.planned(pairs[0].call)
    sign_in(client, english(officer("FR")))
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time() - 3600, "type": "totp"}]
    session.save()
    answer = client.post(address(), {"release": side("FR").pk})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/")
    assert not Release.objects.exists()


def test_an_officer_sees_no_pair_they_are_shut_out_of_and_the_chair_of_nothing(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    sign_in(client, english(officer("FR")))
    assert "not been opened" in client.get(address()).content.decode()
    settled.decided(pairs, ["selected", "selected"])
    Recusal.objects.create(user=officer("FR"), seminar=pairs[0], since=world.BEGUN)
    page = client.get(address()).content.decode()
    assert ("Seminar 001" in page, "Seminar 002" in page) == (False, True)


def test_the_page_says_which_pair_holds_the_announcement_up(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "not_selected"])
    settled.planned(pairs[0].call)
    settled.release("FR", "JP")
    sign_in(client, english(officer("FR")))
    assert "could not go out" not in client.get(address()).content.decode()
    Announcement.objects.update(failed_at=settled.DUE, failed_pair=pairs[1])
    assert f"pair {pairs[1]} stands in the way" in client.get(address()).content.decode()
    Recusal.objects.create(user=officer("FR"), seminar=pairs[1], since=world.BEGUN)
    page = client.get(address()).content.decode()
    assert ("could not go out" in page, str(pairs[1]) in page) == (True, False)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_costs_the_same(number: int, client: Client, django_assert_max_num_queries: Callable) -> None:
    pairs = world.pairs_in_review(number)
    settled.decided(pairs, ["selected"] * number)
    settled.planned(pairs[0].call)
    sign_in(client, english(officer("FR")))
    client.get(address())
    with django_assert_max_num_queries(27):
        client.get(address())


@pytest.mark.parametrize("country", ["FR", "JP"])
def test_a_coordinators_pages_stay_byte_for_byte_the_same(client: Client, country: str) -> None:
    pairs = world.pairs_in_review(2)
    person = coordinator(pairs[0], country)
    record = pairs[0].proposals.get(side=side(country))
    places = ("/", "/projects/", f"/proposals/{record.pk}/", f"/outcomes/{pairs[0].pk}/", "/calls/", "/account/")
    sign_in(client, person)

    def seen() -> list[tuple[int, str]]:
        answers = [client.get(place) for place in places]
        return [(answer.status_code, MASKED.sub("", answer.content.decode())) for answer in answers]

    mails = Message.objects.count()
    before = seen()
    assert before[3][0] == 404
    settled.decided(pairs, ["selected", "not_selected"])
    assert seen() == before
    settled.planned(pairs[0].call)
    settled.release("FR", "JP")
    assert seen() == before
    assert Message.objects.count() == mails
    assert settled.actions.announce_due(at=settled.DUE) == 1
    assert seen() != before


def test_the_outcome_opens_for_its_coordinators_alone(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    world.judged(world.assigned(world.reviewer("FR"), pairs[0]), (4, 4, 4, 4, 4, None))
    settled.announced(pairs, ["selected", "reserve"])
    sign_in(client, coordinator(pairs[0]))
    page = client.get(f"/outcomes/{pairs[0].pk}/").content.decode()
    for words in ("Selected", "For the coordinators.", "4.00", "Congratulations"):
        assert words in page, words
    assert "For the panel." not in page
    assert client.get(f"/outcomes/{pairs[1].pk}/").status_code == 404
    record = pairs[0].proposals.get(side=side("FR"))
    assert f"/outcomes/{pairs[0].pk}/" in client.get(f"/proposals/{record.pk}/").content.decode()
    sign_in(client, coordinator(pairs[1], "JP"))
    assert "2" in client.get(f"/outcomes/{pairs[1].pk}/").content.decode()
    sign_in(client, officer("JP"))
    assert client.get(f"/outcomes/{pairs[0].pk}/").status_code == 404


def test_the_public_page_and_the_interface_open_with_the_announcement(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    pairs[0].proposals.update(told_outcome="eligible", told_at=world.BEGUN)
    call = f"/calls/{cast.call_2026().code}/"
    machine = keys.reader_of(cast.inserm())
    settled.decided(pairs, ["selected", "not_selected"])
    assert client.get(f"{call}selected/").status_code == 404
    assert "selected/" not in client.get(call).content.decode()
    assert machine.get(f"/api/v1/pairs/{pairs[0].pk}").json()["state"] == "eligible"
    settled.planned(pairs[0].call)
    settled.release("FR", "JP")
    assert settled.actions.announce_due(at=settled.DUE) == 1
    assert f"{call}selected/" in client.get(call).content.decode()
    page = client.get(f"{call}selected/").content.decode()
    assert ("Seminar 001" in page, "Seminar 002" in page) == (True, False)
    assert machine.get(f"/api/v1/pairs/{pairs[0].pk}").json()["state"] == "selected"


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_public_page_costs_the_same(number: int, client: Client, django_assert_max_num_queries: Callable) -> None:
    pairs = world.pairs_in_review(number)
    Seminar.objects.filter(pk__in=[pair.pk for pair in pairs]).update(state="selected")
    address = f"/calls/{cast.call_2026().code}/selected/"
    with django_assert_max_num_queries(7):
        client.get(address)

"""The pages of the letters: written, looked at on real recipients, brought back to the default (SAFETY 4)."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Message, User
from reviews.models import LetterTemplate
from seminars.models import Recusal
from tests import cast
from tests.reviews import settled, world
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
TEXTS = {
    "version": "0",
    "text_en": "Dear {name}: {number}",
    "text_fr": "Chère {name} : {number}",
    "text_ja": "{name}様",
}


def address(place: str = "letters/selected/") -> str:
    return f"/desk/{cast.call_2026().code}/announcement/{place}"


def as_officer(client: Client, country: str = "FR") -> None:
    sign_in(client, cast.in_english(officer(country)))


def test_a_draft_is_looked_at_and_then_saved(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "not_selected"])
    reader = pairs[0].proposals.order_by("pk")[0].coordinator
    User.objects.filter(pk=reader.pk).update(language="fr")
    as_officer(client)
    page = client.get(address()).content.decode()
    assert "This is the default text." in page
    page = client.post(address(), {**TEXTS, "look": "1"}).content.decode()
    assert f"Chère Ana DURAND : {pairs[0]}" in page
    assert "not saved yet" in page
    assert not LetterTemplate.objects.exists()
    assert not Message.objects.exists()
    assert client.post(address(), {**TEXTS, "save": "1"}).status_code == 303
    page = client.get(address()).content.decode()
    assert f"Chère Ana DURAND : {pairs[0]}" in page
    assert "Changed by" in page
    assert "Changed by" in client.get(address("")).content.decode()


def test_a_wrong_placeholder_is_refused_beside_its_field_and_nothing_is_lost(client: Client) -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    as_officer(client)
    answer = client.post(address(), {**TEXTS, "text_ja": "{rank} {nom}", "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such placeholder here: {rank}, {nom}." in page
    assert "Chère {name}" in page
    answer = client.post(address("letters/subject/"), {**TEXTS, "text_fr": "{rank}", "save": "1"})
    assert "A subject must not tell the outcome: {rank}." in answer.content.decode()


def test_two_officers_see_both_texts(client: Client) -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    as_officer(client)
    client.post(address(), {**TEXTS, "save": "1"})
    as_officer(client, "JP")
    answer = client.post(address(), {**TEXTS, "text_en": "Other words", "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dear {name}: {number}" in page
    assert "Other words" in page
    assert client.post(address(), {**TEXTS, "version": "1", "text_en": "Other words", "save": "1"}).status_code == 303


def test_back_to_the_default_is_confirmed(client: Client) -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    as_officer(client)
    client.post(address(), {**TEXTS, "save": "1"})
    assert "letters/selected/default/" in client.get(address()).content.decode()
    page = client.get(address("letters/selected/default/")).content.decode()
    assert "Congratulations" in page
    assert client.post(address("letters/selected/default/"), {"version": "x"}).status_code == 409
    assert client.post(address("letters/selected/default/"), {"version": "1"}).status_code == 303
    assert LetterTemplate.objects.get().is_default


def test_without_such_an_outcome_a_waiting_pair_is_the_example(client: Client) -> None:
    pairs = world.pairs_in_review(1)
    settled.decided(pairs, ["selected"], signed_by=["FR"])
    as_officer(client)
    page = client.get(address("letters/reserve/")).content.decode()
    assert "an example" in page
    assert "at rank 1" in page
    Recusal.objects.create(user=officer("FR"), seminar=pairs[0], since=world.BEGUN)
    assert "There is nobody to tell" in client.get(address("letters/not-selected/")).content.decode()


def test_the_letters_of_a_pair_are_those_that_go_out(client: Client) -> None:
    listed = settled.listed_pair()
    pairs = [listed, *world.pairs_in_review(1)]
    settled.decided(pairs, ["selected", "reserve"])
    as_officer(client, "JP")
    before = client.get(address(f"pairs/{listed.pk}/")).content.decode()
    assert "Nothing has been sent yet" in before
    assert "Known from a list only" in before
    assert "at rank 2" in client.get(address(f"pairs/{pairs[1].pk}/")).content.decode()
    settled.planned(listed.call)
    settled.release(*settled.BOTH)
    assert settled.actions.announce_due(at=settled.DUE) == 1
    after = client.get(address(f"pairs/{listed.pk}/")).content.decode()
    assert "Nothing has been sent yet" not in after
    sent = Message.objects.get(kind="outcome_told", about__endswith=f":{listed.told.get().pk}")
    for page in (before, after):
        assert sent.text.splitlines()[2].strip() in page
        assert "田中" in page
    assert f"pairs/{listed.pk}/" in client.get(address("")).content.decode()
    as_officer(client)
    assert "Letters to hand on" not in client.get(address("")).content.decode()
    Recusal.objects.create(user=officer("FR"), seminar=listed, since=world.BEGUN)
    assert client.get(address(f"pairs/{listed.pk}/")).status_code == 404


def test_before_the_joint_selection_there_are_no_letters(client: Client) -> None:
    pairs = world.pairs_in_review()
    as_officer(client)
    for place in ("letters/selected/", "letters/selected/default/", f"pairs/{pairs[0].pk}/"):
        assert client.get(address(place)).status_code == 404
    settled.decided(pairs, ["selected"], signed_by=["FR"])
    assert client.get(address("letters/anything/")).status_code == 404
    assert "There is no letter yet" in client.get(address(f"pairs/{pairs[0].pk}/")).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize("place", ["letters/selected/", "pairs/"])
def test_the_pages_cost_the_same(
    number: int, place: str, client: Client, django_assert_max_num_queries: Callable
) -> None:
    pairs = world.pairs_in_review(number)
    world.evaluated(pairs, 1)
    settled.decided(pairs, ["selected"] * number)
    settled.planned(pairs[0].call)
    as_officer(client)
    where = address(f"pairs/{pairs[0].pk}/" if place == "pairs/" else place)
    client.get(where)
    with django_assert_max_num_queries(29):
        client.get(where)

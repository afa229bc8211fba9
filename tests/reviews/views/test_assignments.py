"""The officers' page of assignments: what it shows, changes by hand, and who sees it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Message
from reviews.choices import AssignmentState
from reviews.models import Assignment
from seminars.models import PriorityArea, Proposal, Recusal
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/inserm-jsps-2026/assignments/"


@pytest.fixture(autouse=True)
def english(db: None) -> None:
    cast.call_2026()
    cast.in_english(officer("FR"))


def test_reviewers_are_offered_by_fit_and_those_in_conflict_are_not(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    Proposal.objects.filter(seminar=pair).update(keywords=["Neurons", "ageing"])
    poor, good, barred = (world.reviewer("FR", keywords=words) for words in ([], ["AGEING", "neuron"], ["ageing"]))
    good.areas.add(PriorityArea.objects.get(code="ageing"))
    world.reviewer("JP", keywords=["ageing"])
    Recusal.objects.create(user=barred.user, seminar=pair, since=world.BEGUN)
    answer = sign_in(client, officer("FR")).get(PAGE)
    row = answer.context["rows"][0]
    assert [(seat.reviewer, seat.points) for seat in row.candidates] == [(good, 4), (poor, 0)]
    assert [seat.reviewer for seat in row.in_conflict] == [barred]
    assert (row.missing, answer.context["grid"].missing, answer.context["grid"].room) == (2, 2, 36)


def test_a_list_gives_pairs_in_one_batch_and_withdraws_one(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    one, two = world.reviewer("FR"), world.reviewer("FR")
    sign_in(client, officer("FR"))
    given = [f"{one.pk}-{pairs[0].pk}", f"{one.pk}-{pairs[1].pk}", ""]
    assert client.post(PAGE, {"give": given}).status_code == 303
    assert Message.objects.filter(kind="assignments_given").count() == 1
    stands = Assignment.objects.get(seminar=pairs[0])
    answer = client.post(PAGE, {"withdraw": stands.pk, "give": f"{two.pk}-{pairs[1].pk}"}, follow=True)
    assert "1 assignment is given." in answer.content.decode()
    assert "1 assignment is withdrawn." in answer.content.decode()
    assert set(Assignment.objects.active().values_list("reviewer", "seminar")) == {
        (one.pk, pairs[1].pk),
        (two.pk, pairs[1].pk),
    }
    assert "Nothing was to be changed." in client.post(PAGE, follow=True).content.decode()


def test_the_grid_takes_back_what_is_no_longer_ticked_and_nothing_else(client: Client) -> None:
    pairs = world.pairs_in_review(3)
    person = world.reviewer("FR")
    kept, dropped, elsewhere = (world.assigned(person, pair) for pair in pairs)
    sign_in(client, officer("FR"))
    assert client.get(PAGE, {"view": "grid"}).content.decode().count('name="keep"') == 3
    client.post(f"{PAGE}?view=grid", {"shown": [kept.pk, dropped.pk], "keep": [kept.pk]})
    assert set(Assignment.objects.active()) == {kept, elsewhere}


def test_a_refusal_keeps_what_was_chosen(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    barred, fine = world.reviewer("FR"), world.reviewer("FR")
    Recusal.objects.create(user=barred.user, seminar=pair, since=world.BEGUN)
    keys = [f"{barred.pk}-{pair.pk}", f"{fine.pk}-{pair.pk}"]
    answer = sign_in(client, officer("FR")).post(PAGE, {"give": keys})
    assert answer.status_code == 409
    assert f'value="{keys[1]}" selected' in answer.content.decode()
    assert not Assignment.objects.exists()
    for nonsense in ({"give": "x"}, {"withdraw": "99999999999999"}, {"shown": "-"}):
        assert client.post(PAGE, nonsense).status_code == 422


def test_neither_agency_sees_nor_changes_the_others(client: Client) -> None:
    pair = world.pairs_in_review()[0]
    theirs = world.reviewer("JP")
    given = world.assigned(theirs, pair)
    page = sign_in(client, officer("FR")).get(PAGE).content.decode()
    assert "Nobody has agreed to review yet" in page
    assert theirs.user.family_name.casefold() not in page.casefold()
    client.post(PAGE, {"withdraw": given.pk})
    assert Assignment.objects.active().filter(pk=given.pk).exists()
    assert client.post(PAGE, {"give": f"{theirs.pk}-{pair.pk}"}).status_code == 409


def test_an_officer_sees_no_pair_they_are_shut_out_of(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    given = world.assigned(world.reviewer("FR"), pairs[0], AssignmentState.GIVEN)
    Recusal.objects.create(user=officer("FR"), seminar=pairs[0], since=world.BEGUN)
    page = sign_in(client, officer("FR")).get(PAGE)
    assert [row.pair.pk for row in page.context["rows"]] == [pairs[1].pk]
    client.post(PAGE, {"withdraw": given.pk})
    client.post(f"{PAGE}chase/")
    given.refresh_from_db()
    assert (given.state, given.chased_at) == (AssignmentState.GIVEN, None)


def test_pairs_are_searched_and_the_lacking_shown_alone(client: Client) -> None:
    pairs = world.pairs_in_review(3)
    for _turn in range(2):
        world.assigned(world.reviewer("FR"), pairs[0])
    sign_in(client, officer("FR"))

    def shown(**query: str) -> list[int]:
        return [row.pair.pk for row in client.get(PAGE, query).context["rows"]]

    assert shown(lacking="1") == [pairs[1].pk, pairs[2].pk]
    assert shown(q=str(pairs[2])) == shown(q="seminar 003") == [pairs[2].pk]
    assert "No pair is like this" in client.get(PAGE, {"q": "zzz"}).content.decode()


def test_the_silent_are_reminded_in_one_click(client: Client) -> None:
    pairs = world.pairs_in_review(2)
    for pair in pairs:
        world.assigned(world.reviewer("FR"), pair, AssignmentState.GIVEN)
    answer = sign_in(client, officer("FR")).post(f"{PAGE}chase/", follow=True)
    assert "2 reviewers are reminded." in answer.content.decode()
    assert client.get(f"{PAGE}chase/").status_code == 405


def test_before_the_evaluation_nothing_can_be_done(client: Client) -> None:
    cast.call_2026()
    assert "No pair is in review yet" in sign_in(client, officer("FR")).get(PAGE).content.decode()
    assert "has not begun" in client.post(f"{PAGE}chase/", follow=True).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
@pytest.mark.parametrize("view", ["list", "grid"])
def test_the_page_costs_the_same_whatever_its_rows(
    number: int, view: str, client: Client, django_assert_num_queries: Callable
) -> None:
    pairs = world.pairs_in_review(number)
    people = [world.reviewer("FR") for _ in range(number)]
    for person, pair in zip(people, pairs, strict=True):
        world.judged(world.assigned(person, pair), sealed=False)
    sign_in(client, officer("FR")).get(PAGE)
    with django_assert_num_queries(18):
        client.get(PAGE, {"view": view})
    assert side("FR").minimum_reviews == 2

"""The proposed assignment: seen before it is given, and refused when something has changed meanwhile."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Message
from reviews.actions.assignment import assign
from reviews.choices import AssignmentState
from reviews.models import Assignment, Conflict, Reviewer
from seminars.models import Proposal, Recusal, Seminar
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer, side
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/inserm-jsps-2026/assignments/proposal/"


@pytest.fixture
def desk(client: Client) -> Client:
    """Inserm's officer, who reads English."""
    cast.call_2026()
    return sign_in(client, cast.in_english(officer("FR")))


def posted(client: Client) -> dict[str, object]:
    """Return what the page's form posts as it stands."""
    context = client.get(PAGE).context
    return {"seen": context["seen"], "give": [f"{reviewer}-{pair}" for reviewer, pair in context["proposed"].new]}


def test_it_is_seen_first_and_then_given_as_seen(desk: Client) -> None:
    pairs = world.pairs_in_review(3)
    Proposal.objects.filter(seminar=pairs[0]).update(keywords=["ageing"])
    fits, *others = (world.reviewer("FR", keywords=words) for words in (["ageing"], [], []))
    answer = desk.get(PAGE)
    assert not Assignment.objects.exists()
    assert (fits.pk, pairs[0].pk) in answer.context["proposed"].new
    assert [(before, after) for _reviewer, before, after in answer.context["loads"]] == [(0, 2)] * 3
    assert "6 assignments are given." in desk.post(PAGE, posted(desk), follow=True).content.decode()
    assert Assignment.objects.active().count() == 6
    assert Message.objects.filter(kind="assignments_given").count() == 3
    assert "Every pair has the reviews wanted" in desk.get(PAGE).content.decode()
    assert len(others) == 2


def given_by_hand(pair: Seminar, people: list[Reviewer]) -> None:
    assign(side("FR"), [(people[0].pk, pair.pk)], by=officer("FR"), at=world.BEGUN)


def in_conflict(pair: Seminar, people: list[Reviewer]) -> None:
    Recusal.objects.bulk_create(Recusal(user=person.user, seminar=pair, since=world.BEGUN) for person in people)


def agreed_to_less(pair: Seminar, people: list[Reviewer]) -> None:
    Reviewer.objects.update(maximum_load=0)


def removed(pair: Seminar, people: list[Reviewer]) -> None:
    Reviewer.objects.update(state="removed")


@pytest.mark.parametrize("change", [given_by_hand, in_conflict, agreed_to_less, removed])
def test_what_has_changed_meanwhile_is_refused(change: Callable, desk: Client) -> None:
    pair = world.pairs_in_review()[0]
    people = [world.reviewer("FR") for _ in range(3)]
    data = posted(desk)
    change(pair, people)
    before = Assignment.objects.count()
    assert desk.post(PAGE, data).status_code == 409
    assert Assignment.objects.count() == before


def test_nobody_in_conflict_or_who_declined_is_proposed(desk: Client) -> None:
    pair = world.pairs_in_review()[0]
    barred, declined, *free = (world.reviewer("FR", keywords=[]) for _ in range(4))
    Conflict.objects.create(user=barred.user, seminar=pair, side=side("FR"), state="declared", noted_at=world.BEGUN)
    Assignment.objects.filter(pk=world.assigned(declined, pair).pk).update(
        state=AssignmentState.DECLINED, reason="No time."
    )
    assert {reviewer for reviewer, _pair in desk.get(PAGE).context["proposed"].new} == {one.pk for one in free}


def test_it_says_what_stands_in_the_way(desk: Client) -> None:
    pairs = world.pairs_in_review(2)
    one = world.reviewer("FR", maximum_load=1)
    world.reviewer("FR", maximum_load=1)
    in_conflict(pairs[0], [one])
    page = desk.get(PAGE).content.decode()
    for words in (
        "can take 2 reviews fewer than are missing.",
        "Too few people without a conflict of interest",
        "1 more is needed",
        "What would stay missing at the least",
    ):
        assert words in page, words
    assert "Give these pairs" not in page


def test_the_other_agency_has_its_own(desk: Client) -> None:
    world.pairs_in_review()
    for _turn in range(2):
        world.reviewer("FR")
    data = posted(desk)
    sign_in(desk, officer("JP"))
    assert desk.get(PAGE).context["loads"] == []
    assert desk.post(PAGE, data).status_code == 409
    assert desk.post(PAGE, {"give": "x"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3, 30])
def test_it_costs_the_same_queries_whatever_the_rows(
    number: int, desk: Client, django_assert_num_queries: Callable
) -> None:
    world.pairs_in_review(number)
    for _turn in range(number + 1):
        world.reviewer("FR")
    desk.get(PAGE)
    with django_assert_num_queries(19):
        desk.get(PAGE)

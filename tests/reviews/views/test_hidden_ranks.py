"""Nothing that is shown tells where a pair stands that one is shut out of (R23)."""

import re
from typing import Any

import pytest
from django.test import Client

from reviews.models import Decision, Panel, Ranking
from seminars.models import Recusal, Seminar
from tests import cast
from tests.reviews import selecting, settled, world
from tests.reviews.views.test_panel import sat
from tests.seminars.filed import officer
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
DESK = "/desk/inserm-jsps-2026/"
PANEL = [f"{DESK}panel/{step}" for step in ("", "?order=rank", "ranking/", "seal/")]


@pytest.fixture(autouse=True)
def english(db: None) -> None:
    cast.call_2026()
    cast.in_english(officer("FR"))


def put(pairs: list[Seminar], hidden: Seminar, place: int | None) -> list[Seminar]:
    """Rank the pairs in their order with the hidden one at its place, or nowhere; return them in that order."""
    order = [pair for pair in pairs if pair != hidden]
    if place is not None:
        order.insert(place, hidden)
    Ranking.objects.update(rank=None)
    for turn, pair in enumerate(order, start=1):
        Ranking.objects.filter(seminar=pair).update(rank=turn)
    return order


def shown(client: Client, pages: list[str]) -> list[str]:
    """Return pages without what differs from one request to the next."""
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    found = [re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", answer.content.decode()) for answer in answers]
    return [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", "", page) for page in found]


def test_the_panel_does_not_tell_where_a_hidden_pair_stands(client: Client) -> None:
    pairs = world.pairs_in_review(4)
    world.evaluated(pairs, reviewers=2)
    Panel.objects.update(reviews_due_at=world.BEGUN)
    selecting.ranked(pairs)
    Recusal.objects.create(user=officer("FR"), seminar=pairs[1], since=world.BEGUN)
    sign_in(client, officer("FR"))
    worlds = []
    for place in (0, 1, 3, None):
        put(pairs, pairs[1], place)
        worlds.append(shown(client, PANEL))
    assert all(pages == worlds[0] for pages in worlds)
    assert "Nothing in the pairs that are open to you." not in worlds[0][3]  # nobody chairs yet


def test_what_is_typed_goes_round_a_hidden_pair(client: Client) -> None:
    pairs = world.pairs_in_review(4)
    selecting.ranked(pairs)
    Recusal.objects.create(user=officer("FR"), seminar=pairs[1], since=world.BEGUN)
    sign_in(client, officer("FR"))
    mine = Ranking.objects.filter(panel=world.panel("FR")).order_by("seminar").values_list("rank", flat=True)

    def save(*ranks: int) -> list[int | None]:
        seen = [pair for pair in pairs if pair != pairs[1]]
        typed: dict[str, Any] = {f"rank-{pair.pk}": rank for pair, rank in zip(seen, ranks, strict=True)}
        typed["version"] = world.panel("FR").ranking_version
        assert client.post(f"{DESK}panel/ranking/", typed).status_code == 303
        return list(mine.all())

    assert save(1, 2, 3) == [1, 2, 3, 4]
    assert save(3, 1, 1) == [4, 2, 1, 1]
    assert save(1, 2, 3) == [1, 2, 3, 4]


@pytest.mark.parametrize("lacks", ["rank", "review"])
def test_who_is_shut_out_seals_nothing_over_what_they_cannot_see(client: Client, lacks: str) -> None:
    hidden, pair = world.pairs_in_review(2)
    world.evaluated([pair] if lacks == "review" else [hidden, pair])
    Panel.objects.update(reviews_due_at=world.BEGUN)
    panel, by = world.panel("FR"), officer("FR")
    sat()
    selecting.ranked([pair] if lacks == "rank" else [hidden, pair])
    Recusal.objects.create(user=by, seminar=hidden, since=world.BEGUN)
    sign_in(client, by)
    before = shown(client, [PANEL[3]])
    assert "Nothing in the pairs that are open to you." in before[0]
    answer = client.post(PANEL[3], {"seal": "1", "reason": "x"})
    assert (answer.status_code, "not every pair that it judges is complete" in answer.content.decode()) == (409, True)
    if lacks == "review":
        world.evaluated([hidden])
    else:
        Ranking.objects.create(panel=panel, seminar=hidden, rank=1)
    assert shown(client, [PANEL[3]]) == before
    assert client.post(PANEL[3], {"seal": "1"}).status_code == 303


def test_the_joint_selection_does_not_tell_where_a_hidden_pair_stands(client: Client) -> None:
    pairs = selecting.opened(4)
    settled.decided(pairs, ["reserve"] * 4)
    hidden, call = pairs[1], cast.call_2026()
    settled.planned(call)
    Recusal.objects.create(user=officer("FR"), seminar=hidden, since=world.BEGUN)
    sign_in(client, officer("FR"))
    steps = ["selection/", "selection/merge/", "selection/sign/", f"selection/{pairs[2].pk}/", "announcement/"]
    pages = [f"{DESK}{step}" for step in steps]
    pages += [f"{DESK}announcement/letters/reserve/", f"{DESK}announcement/pairs/{pairs[2].pk}/"]
    worlds = []
    for place in (0, 1, 3):
        order = put(pairs, hidden, place)
        Decision.objects.update(reserve_rank=None, outcome="selected")
        for rank, pair in enumerate(order, start=1):
            Decision.objects.filter(seminar=pair).update(reserve_rank=rank, outcome="reserve")
        worlds.append(shown(client, pages))
    assert all(world == worlds[0] for world in worlds)

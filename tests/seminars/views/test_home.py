"""My projects."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from seminars.choices import ProposalState, SeminarState
from seminars.models import Call, CallAgency, Proposal, Seminar
from tests.cast import BEFORE, DEADLINE, call_2026, complete_draft, draft_of, inserm_officer, kenji, marie
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


def pair(one: Proposal, other: Proposal, at: Any = BEFORE) -> None:
    seminar = Seminar.objects.create(call=one.side.call, formed_at=at, state=SeminarState.PAIRED, paired_at=at)
    Proposal.objects.filter(pk__in=[one.pk, other.pk]).update(seminar=seminar, pair_confirmed_at=at)


def test_empty_page_says_what_to_do(client: Client) -> None:
    call_2026()
    sign_in(client, marie())
    text = client.get("/projects/").content.decode()
    assert 'action="/calls/inserm-jsps-2026/inserm/start/"' in text
    assert 'action="/calls/inserm-jsps-2026/jsps/start/"' in text


def test_without_an_open_call_it_points_to_the_calls(client: Client) -> None:
    call_2026()
    with time_machine.travel(DEADLINE + timedelta(days=1), tick=False):
        sign_in(client, marie())
        answer = client.get("/projects/")
    assert answer.context["offers"] == []
    assert b'href="/calls/"' in answer.content


def test_record_under_way_is_shown_with_both_sides_and_what_is_missing(client: Client) -> None:
    mine, theirs = draft_of(marie()), complete_draft(kenji(), "JP")
    pair(mine, theirs)
    sign_in(client, marie())
    answer = client.get("/projects/")
    [card] = answer.context["under_way"]
    assert (card.proposal, card.partner, card.partner_state) == (mine, theirs, ProposalState.DRAFT)
    assert card.standing.missing > 0
    assert answer.context["offers"] == []
    assert f'href="/proposals/{mine.pk}/facts/"' in answer.content.decode()


def test_ended_records_come_last_and_leave_the_call_open(client: Client) -> None:
    proposal = draft_of(marie())
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.WITHDRAWN)
    sign_in(client, marie())
    context = client.get("/projects/").context
    assert ([card.proposal for card in context["ended"]], context["under_way"]) == ([proposal], [])
    assert len(context["offers"]) == 1


def test_a_side_whose_deadline_has_passed_is_not_offered(client: Client) -> None:
    call_2026()
    CallAgency.objects.filter(agency__code="jsps").update(deadline_at=BEFORE - timedelta(seconds=1))
    sign_in(client, marie())
    [(_call, sides)] = client.get("/projects/").context["offers"]
    assert [side.agency.code for side in sides] == ["inserm"]


def test_other_peoples_records_are_not_shown(client: Client) -> None:
    draft_of(kenji(), "JP")
    sign_in(client, marie())
    context = client.get("/projects/").context
    assert (context["under_way"], context["ended"]) == ([], [])


def test_officer_without_projects_goes_to_the_desk(client: Client) -> None:
    sign_in(client, inserm_officer())
    answer = client.get("/projects/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def start_pairs(number: int) -> None:
    """Give Marie ``number`` more records, each paired with one of Kenji's in a call of its own."""
    first = call_2026()
    values = {field.name: getattr(first, field.name) for field in Call._meta.fields if field.name not in ("id", "code")}
    known = Call.objects.count()
    for index in range(known, known + number):
        call = Call.objects.create(code=f"call-{index}", **values)
        call.themes.create(code="life", title_en="Life", title_fr="Vie", title_ja="生命")
        call.areas.create(code="ageing", title_en="Ageing", title_fr="Vieillir", title_ja="健康長寿")
        for country in ("FR", "JP"):
            call.countries.create(country=country, may_host=country == "FR")
        for side in CallAgency.objects.filter(call=first):
            costs = list(side.cost_kinds.all())
            side.pk, side.call = None, call
            side.save(force_insert=True)
            for cost in costs:
                side.cost_kinds.create(kind=cost.kind)
        pair(complete_draft(marie(), call=call), complete_draft(kenji(), "JP", call=call))


def queries(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        assert client.get("/projects/").status_code == 200
    return [query["sql"] for query in found]


def test_number_of_queries_does_not_grow_with_the_projects(client: Client) -> None:
    sign_in(client, marie())
    start_pairs(1)
    one = queries(client)
    start_pairs(2)
    assert len(queries(client)) == len(one)
    start_pairs(27)
    assert Proposal.objects.owned_by(marie()).count() == 30
    assert len(queries(client)) == len(one)

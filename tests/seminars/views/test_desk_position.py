"""From record to record of a list, whose address comes along."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seminars.models import Proposal
from tests import cast
from tests.desk_records import pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LIST = "/desk/inserm-jsps-2026/proposals/"


@pytest.fixture
def records() -> list[Proposal]:
    """Three records that an Inserm officer sees, and one of JSPS alone."""
    call = cast.call_2026()
    proposal(call, cast.jsps(), title_en="B hidden")
    return [proposal(call, cast.inserm(), title_en=title) for title in ("A", "B", "C")]


def address(record: Proposal, query: str) -> str:
    return f"{reverse('desk_proposal', args=[record.pk])}?list={query}"


def position(record: Proposal, query: str) -> tuple[object, ...]:
    client = sign_in(Client(), cast.officer_of(cast.inserm(), "english@inserm.example", language="en"))
    found = client.get(address(record, query)).context["position"]
    return found.place, found.number, found.previous, found.next, found.back


def test_a_record_knows_its_neighbours_in_the_list_it_was_opened_from(records: list[Proposal]) -> None:
    first, second, third = records
    assert position(second, "sort%3D-title%26x%3D1") == (
        2,
        3,
        address(third, "sort%3D-title"),
        address(first, "sort%3D-title"),
        f"{LIST}?sort=-title#record-{second.pk}",
    )
    assert position(third, "sort%3D-title")[2] == ""
    assert position(first, "sort%3D-title")[3] == ""


def test_the_list_as_it_is_by_itself_is_a_list_too(records: list[Proposal]) -> None:
    third = records[2]
    assert position(third, "")[::4] == (1, f"{LIST}?all=1#record-{third.pk}")


def test_a_record_that_left_the_list_leads_back_alone(records: list[Proposal]) -> None:
    assert position(records[0], "q%3DB")[:4] == (0, 1, "", "")


def test_a_strange_list_is_read_as_far_as_it_goes(records: list[Proposal]) -> None:
    assert position(records[0], "q%3D%2500%26state%3Dhacked")[:2] == (3, 3)


def test_a_record_opened_otherwise_has_no_position(records: list[Proposal]) -> None:
    client = sign_in(Client(), cast.inserm_officer())
    assert client.get(reverse("desk_proposal", args=[records[0].pk])).context["position"] is None


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_position_costs_the_same_queries_however_long_the_list(number: int) -> None:
    call = cast.call_2026()
    for _ in range(number):
        pair(proposal(call, cast.inserm()), proposal(call, cast.jsps()))
    client = sign_in(Client(), cast.inserm_officer())
    record = Proposal.objects.filter(side__agency=cast.inserm())[0]
    costs = []
    for query in ("", "?list="):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk_proposal", args=[record.pk]) + query)
        costs.append(len(queries))
    assert costs[1] - costs[0] == 2

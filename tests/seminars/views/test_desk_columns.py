"""The columns of the officers' list, on the screen and in files: chosen, in order, at a constant cost."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seminars.choices import CostKind, LaboratoryKind, ProposalState, Track, Unit
from seminars.models import BudgetLine, Call, Laboratory, Participant, Proposal, Submission, Theme
from seminars.queries.column_table import COLUMNS
from tests import cast
from tests.desk_records import AFTER, BEFORE, pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
LIST, XLSX = f"/desk/{CODE}/proposals/", f"/desk/{CODE}/proposals.xlsx"
ALL = ",".join(column.name for column in COLUMNS)


@pytest.fixture
def officer() -> Client:
    return sign_in(Client(), cast.officer_of(cast.inserm(), "english@inserm.example", language="en"))


def shown(*parts: int) -> datetime:
    """Return what a clock shows: no zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


def full(call: Call, **values: object) -> Proposal:
    """Return a submitted record that has something to say in every column."""
    record = proposal(
        call,
        cast.inserm(),
        ProposalState.SUBMITTED,
        **{
            "title_en": "=Ageing",
            "keywords": ["a", "b"],
            "theme": Theme.objects.get(call=call, code="life"),
            "venue_name": "Hall",
            "venue_city": "Bordeaux",
            "venue_country": "FR",
            "start_on": date(2027, 6, 14),
            "end_on": date(2027, 6, 16),
            "track": Track.COUNTERPART,
            **values,
        },
    )
    record.areas.set(call.areas.all())
    laboratory = Laboratory.objects.create(
        proposal=record, name="L", institution="Inserm", city="Lyon", country="FR", saved_at=BEFORE
    )
    Participant.objects.filter(proposal=record).update(laboratory=laboratory, statutory=True)
    Participant.objects.create(proposal=record, side="FR", family_name="Young", young=True, saved_at=BEFORE)
    BudgetLine.objects.create(
        proposal=record, kind=CostKind.MEALS, unit=Unit.MEAL, quantity=3, unit_cost=Decimal("20.50"), saved_at=BEFORE
    )
    Submission.objects.create(
        proposal=record,
        number=f"2026-{record.pk}",
        form_uuid=f"00000000-0000-0000-0000-{record.pk:012}",
        by=record.coordinator,
        arrived_at=BEFORE,
        counted_at=BEFORE,
        snapshot="{}",
        sha256="0" * 64,
    )
    return record


def sheet(client: Client, query: str = "") -> list[dict[str, object]]:
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(XLSX + query)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CODE}-2026-09-04.xlsx"'
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    headings, *rows = page.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_screen_shows_the_columns_of_the_address_in_their_order(officer: Client) -> None:
    full(cast.call_2026())
    answer = officer.get(LIST + "?columns=people,title,young,place,track")
    [row] = answer.context["rows"]
    assert [(column.name, cell.text) for column, cell in row.cells] == [
        ("people", "2"),
        ("title", "=Ageing"),
        ("young", "1"),
        ("place", "Lyon"),
        ("track", "Joint Research Projects/Seminars with JSPS's Counterpart Agencies"),
    ]
    page = answer.content.decode()
    assert all((f'sort={column}"' in page) is sorts for column, sorts in (("title", True), ("areas", False)))
    assert "Back to the usual columns" in page
    assert 'name="columns" value="people,title,young,place,track"' in page  # the filters keep them


def test_the_file_has_the_columns_of_the_screen_as_values(officer: Client) -> None:
    record = full(cast.call_2026())
    [row] = sheet(officer, "?columns=title,amount,start,submitted,young")
    assert row == {
        "Title": "=Ageing",
        "Needs attention": "Submitted on this side only",
        "Amount requested": 61.5,
        "Currency": "EUR",
        "Start date": shown(2027, 6, 14),
        "End date": shown(2027, 6, 16),
        "City": "Bordeaux",
        "Host country": "FR",
        "Submitted (Paris)": shown(2026, 8, 4, 10, 0),
        "Receipt number": f"2026-{record.pk}",
        "Young researchers": 1,
    }


def test_instants_are_read_from_the_readers_clock_which_the_heading_names(officer: Client) -> None:
    full(cast.call_2026())
    tokyo = cast.officer_of(cast.inserm(), "tokyo@inserm.example", language="ja", time_zone="Asia/Tokyo")
    client = sign_in(Client(), tokyo)
    client.cookies["timezone"] = "Asia/Tokyo"
    [row] = sheet(client, "?columns=changed")
    assert shown(2026, 8, 4, 17, 0) in row.values()
    assert any("日本時間" in str(heading) for heading in row)


def test_no_cell_of_the_workbook_is_a_formula(officer: Client) -> None:
    full(cast.call_2026())
    with time_machine.travel(AFTER, tick=False):
        answer = officer.get(XLSX)
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_what_is_said_twice_on_the_screen_stands_in_the_file_once(officer: Client) -> None:
    full(cast.call_2026())
    [row] = sheet(officer, f"?columns={ALL}")
    assert (row["City"], row["Host country"], row["Country"]) == ("Bordeaux", "FR", "France")
    assert "None" not in map(str, row)


def test_internal_words_of_the_other_agency_are_left_out(officer: Client) -> None:
    call = cast.call_2026()
    until = AFTER + timedelta(days=3)
    admitted = {"admitted_until": until, "admission_reason": "Secret outage", "state": ProposalState.DRAFT}
    french, japanese = full(call), proposal(call, cast.jsps())
    pair(french, japanese)
    by = cast.jsps_officer()
    Proposal.objects.filter(pk=japanese.pk).update(admitted_by=by, **admitted)
    for client, sees in ((officer, False), (sign_in(Client(), by), True)):
        assert ("Secret outage" in client.get(LIST + "?columns=title,admission").content.decode()) is sees
        assert any("Secret outage" in row.values() for row in sheet(client, "?columns=admission")) is sees


@pytest.mark.parametrize("column", [column.name for column in COLUMNS if column.order])
def test_each_column_that_sorts_does_so_both_ways(officer: Client, column: str) -> None:
    call = cast.call_2026()
    for number in range(2):
        full(call, title_en=f"T{number}")
    for sign in ("", "-"):
        answer = officer.get(f"{LIST}?columns={column}&sort={sign}{column}")
        assert len(answer.context["rows"]) == 2
        assert not answer.context["filter"].is_strange


def test_an_unknown_column_is_said_so_and_the_rest_applied(officer: Client) -> None:
    full(cast.call_2026())
    answer = officer.get(LIST + "?columns=title,coordinator__password")
    assert "This address asks for something that the list does not know." in answer.content.decode()
    assert answer.context["chosen"].names == ("title",)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_each_choice_of_columns_costs_the_same_queries_however_many_records(officer: Client, number: int) -> None:
    call = cast.call_2026()
    for _ in range(number):
        pair(full(call), proposal(call, cast.jsps()))
    costs = {}
    for columns in ("title", "title,state", "title,areas,pairing", "title,people,young,statutory,place,theme", ALL):
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse("desk_proposals", args=[CODE]) + f"?columns={columns}").status_code == 200
        costs[columns] = len(queries)
    assert list(costs.values()) == [11, 12, 13, 11, 14]


def test_the_laboratory_of_the_partner_is_not_taken_for_ones_own(officer: Client) -> None:
    call = cast.call_2026()
    record = full(call)
    pair(record, proposal(call, cast.jsps()))
    foreign = Laboratory.objects.create(
        proposal=record, name="K", kind=LaboratoryKind.OTHER, city="Kyoto", country="JP", saved_at=BEFORE
    )
    Participant.objects.filter(proposal=record, side="JP").update(laboratory=foreign)
    assert [row["City of the laboratory"] for row in sheet(officer, "?columns=place&side=inserm")] == ["Lyon"]

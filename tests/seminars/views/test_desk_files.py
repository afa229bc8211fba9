"""The desk's tables as files: the same rows as on the screen, inert text, real dates and numbers, a constant cost."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from seminars.actions.directory import save_entry
from seminars.actions.matching import reject_match
from seminars.choices import CostKind, Eligibility, LaboratoryKind, ProposalState, Track, Unit
from seminars.models import BudgetLine, DirectoryEntry, Proposal
from tests import cast
from tests.desk_records import AFTER, BEFORE, pair, proposal
from tests.listed_rows import application_list, listed
from tests.seminars.filed import bare_pair, decide, filed
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
FORMULA = "=cmd|'/C calc'!A0"
DAYS = {"start_on": date(2027, 6, 14), "end_on": date(2027, 6, 16)}


def client_of(user: User) -> Client:
    User.objects.filter(pk=user.pk).update(language="en", time_zone="Europe/Paris")
    return sign_in(Client(), User.objects.get(pk=user.pk))


@pytest.fixture
def officer() -> Client:
    return client_of(cast.inserm_officer())


def get(client: Client, page: str, ending: str, query: str = "") -> Any:
    args = [] if page == "directory" else [CODE]
    with time_machine.travel(AFTER, tick=False):
        return client.get(f"{reverse(f'{page}_{ending}', args=args)}{query}")


def rows(client: Client, page: str, query: str = "") -> list[dict[str, str]]:
    answer = get(client, page, "csv", query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def book(client: Client, page: str, query: str = "") -> Any:
    return openpyxl.load_workbook(io.BytesIO(get(client, page, "xlsx", query).content))


def test_the_cases_of_the_list_are_written_as_they_are_shown(officer: Client) -> None:
    seminar, alone = bare_pair(FORMULA), filed("FR", title_en="Alone")
    filed("JP", title_en="Hidden")
    decide(seminar, "FR", Eligibility.INELIGIBLE)
    french, japanese = seminar.proposals.order_by("side__agency__accent")
    one, other = rows(officer, "desk_eligibility")
    assert one == {
        "Number": str(seminar),
        "Title": f"'{FORMULA}",
        "Number (Inserm)": str(french.pk),
        "Coordinator (Inserm)": "Ana DURAND",
        "Decision (Inserm)": "Ineligible",
        "Correct until (Inserm) (Paris)": "",
        "Number (JSPS)": str(japanese.pk),
        "Coordinator (JSPS)": "Ana DURAND",
        "Decision (JSPS)": "Not decided",
        "Correct until (JSPS) (Paris)": "",
        "Proposed": "Ineligible",
        "Rules": one["Rules"],
        "Together": "Not decided",
        "Coordinators told (Paris)": "",
    }
    assert "R13" in one["Rules"].split()
    assert (other["Number"], other["Title"], other["Number (JSPS)"]) == (f"#{alone.pk}", "Alone", "")
    assert [row["Title"] for row in rows(officer, "desk_eligibility", "?q=alone")] == ["Alone"]
    assert [row["Title"] for row in rows(officer, "desk_eligibility", "?stand=mine&page=7")] == ["Alone"]
    cell = book(officer, "desk_eligibility")["Eligibility"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)


@pytest.fixture
def unpaired(db: None) -> dict[str, Any]:
    """A record with a likely candidate in a list of Inserm's, one without any, and a row filed under another track."""
    call, submitted = cast.call_2026(), ProposalState.SUBMITTED
    cast.marie()
    french = proposal(call, cast.inserm(), submitted, coordinator=cast.marie(), title_en="Ageing neurons", **DAYS)
    proposal(call, cast.inserm(), submitted, title_en=FORMULA)
    of = application_list(call)
    row = listed(of, partner_email=french.coordinator.email, institution="Kyoto University", **DAYS)
    listed(
        of,
        family_name="Suzuki",
        given_name="Aya",
        family_name_kanji="鈴木",
        given_name_kanji="彩",
        title_en="Malaria",
        track=Track.OPEN_PARTNERSHIP,
        partner_family_name="Petit",
    )
    listed(application_list(call, cast.jsps()), title_en="Ageing neurons, not shown to Inserm")
    return {"french": french, "row": row}


def test_reconciliation_has_a_row_for_each_candidate(officer: Client, unpaired: dict[str, Any]) -> None:
    one, other = rows(officer, "reconciliation")
    assert (one["Application: Number"], one["Application: Coordinator"]) == (
        str(unpaired["french"].pk),
        "Marie LEFÈVRE",
    )
    assert (one["Rank"], one["Band"], one["Candidate: Agency"]) == ("1", "Sure", "JSPS")
    assert (one["Candidate: Number"], one["Candidate: Name in kanji"], one["Candidate: Institution"]) == (
        unpaired["row"].application_number,
        "田中 健二",
        "Kyoto University",
    )
    assert "Coordinator for France: the same e-mail address (+34)" in one["Reasons"]
    assert (one["Candidate: Start date"], one["Candidate: End date"]) == ("2027-06-14", "2027-06-16")
    assert (other["Application: Title"], other["Band"], other["Score"]) == (f"'{FORMULA}", "No candidate", "")
    (stray,) = rows(officer, "reconciliation", "?show=track")
    assert (stray["Application: Title"], stray["Remarks"]) == ("Malaria", "Filed under another track (R4)")


def test_what_an_officer_may_not_read_is_in_no_file(officer: Client, unpaired: dict[str, Any]) -> None:
    for show in ("", "rows", "alone", "rejected"):
        assert "not shown" not in get(officer, "reconciliation", "csv", f"?show={show}").content.decode()
    japanese = client_of(cast.jsps_officer())
    assert rows(japanese, "reconciliation") == []
    (only,) = rows(japanese, "reconciliation", "?show=rows")
    assert (only["Application: Title"], only["Band"]) == ("Ageing neurons, not shown to Inserm", "No candidate")


def test_rejected_candidates_are_written_with_who_and_when(officer: Client, unpaired: dict[str, Any]) -> None:
    reject_match(unpaired["french"], unpaired["row"], by=cast.inserm_officer(), at=BEFORE)
    sheet = book(officer, "reconciliation", "?show=rejected")["Rejected candidates"]
    headings, written = ([cell.value for cell in row] for row in sheet.iter_rows())
    said = dict(zip(headings, written, strict=True))
    assert (said["Application: Number"], said["Candidate: Number"]) == (
        unpaired["french"].pk,
        unpaired["row"].application_number,
    )
    assert said["Application: Start date"] == datetime.fromisoformat("2027-06-14")
    assert said["Rejected (Paris)"] == datetime.fromisoformat("2026-08-04 10:00")


def money(record: Proposal, amount: str) -> None:
    line = {"kind": CostKind.MEALS, "quantity": 3, "unit": Unit.ITEM, "unit_cost": Decimal(amount), "saved_at": BEFORE}
    BudgetLine.objects.create(proposal=record, **line)


def test_statistics_are_numbers_with_a_sheet_for_each_table(officer: Client) -> None:
    record = proposal(cast.call_2026(), cast.inserm(), ProposalState.SUBMITTED, title_en="One")
    record.participants.update(young=True)
    money(record, "20.50")
    proposal(cast.call_2026(), cast.jsps(), ProposalState.SUBMITTED)
    sheets = book(officer, "desk_statistics")
    shares = sheets["Young and statutory researchers"]
    assert [[cell.value for cell in row] for row in shares.iter_rows(max_row=3)] == [
        [
            "Young and statutory researchers",
            "Inserm",
            "JSPS",
            "Share in per cent (Inserm)",
            "Share in per cent (JSPS)",
        ],
        ["All participants", 1, 0, None, None],
        ["Young researchers", 1, 0, 100, None],
    ]
    assert [row["Amount in EUR (Inserm)"] for row in rows(officer, "desk_statistics", "?table=budget-inserm")] == [
        "61.50"
    ] * 5
    assert rows(officer, "desk_statistics", "?table=trend")[0]["JSPS"] == "0"
    assert book(officer, "desk_statistics", "?table=trend").sheetnames == ["From call to call"]
    assert get(officer, "desk_statistics", "csv", "?table=secret").status_code == 404


def entry(name: str, *spellings: str) -> DirectoryEntry:
    made = DirectoryEntry(
        agency=cast.inserm(), name=name, kind=LaboratoryKind.INSERM, unit="U1215", country="FR", city="Bordeaux"
    )
    return save_entry(made, spellings=spellings, by=cast.inserm_officer(), at=BEFORE)


def test_the_directory_is_written_as_it_is_searched(officer: Client) -> None:
    entry("Neurocentre Magendie", "Magendie", FORMULA)
    entry("Institut Cochin")
    (found,) = rows(officer, "directory", "?q=magendie")
    assert found == {
        "Laboratory": "Neurocentre Magendie",
        "Unit number": "U1215",
        "Kind": "Inserm laboratory",
        "Institution": "",
        "City": "Bordeaux",
        "Country": "France",
        "RNSR number": "",
        "Regional office": "",
        "Other spellings": f"'{FORMULA} · Magendie",
    }
    assert len(rows(officer, "directory")) == 2
    assert rows(client_of(cast.jsps_officer()), "directory") == []
    answer = get(officer, "directory", "xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="laboratories-2026-09-04.xlsx"'


def more_pairs(number: int) -> None:
    for place in range(number):
        bare_pair(f"Pair {place}")


def more_unpaired(number: int) -> None:
    call, of = cast.call_2026(), application_list(cast.call_2026())
    for place in range(number):
        record = proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en=f"Neurons {place}")
        reject_match(record, listed(of, title_en=f"Neurons {place}"), by=cast.inserm_officer(), at=BEFORE)


def more_filed(number: int) -> None:
    for _ in range(number):
        made = proposal(cast.call_2026(), cast.inserm(), ProposalState.SUBMITTED)
        money(made, "1.00")
        pair(made, proposal(cast.call_2026(), cast.jsps(), ProposalState.SUBMITTED))


def more_entries(number: int) -> None:
    for place in range(number):
        entry(f"Laboratory {number} {place}", f"Lab {number} {place}")


@pytest.mark.parametrize(
    ("page", "query", "more"),
    [
        ("desk_eligibility", "", more_pairs),
        ("reconciliation", "", more_unpaired),
        ("reconciliation", "?show=rejected", more_unpaired),
        ("desk_statistics", "?of=all", more_filed),
        ("directory", "", more_entries),
    ],
)
def test_a_file_costs_the_same_queries_however_many_rows(
    officer: Client, page: str, query: str, more: Callable[[int], None]
) -> None:
    cast.call_2026()
    numbers = []
    for number in (1, 2, 27):
        more(number)
        get(officer, page, "xlsx", query)
        with CaptureQueriesContext(connection) as queries:
            assert get(officer, page, "xlsx", query).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] == numbers[2]

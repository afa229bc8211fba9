"""The officers' list: search, filters, order, pages, the same as a spreadsheet, at a constant cost."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seminars.choices import ProposalState, SeminarState, Track
from seminars.models import Call, Proposal, Seminar
from tests import cast
from tests.desk_records import AFTER, BEFORE, pair, person, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
LIST = f"/desk/{CODE}/proposals/"
CSV = f"/desk/{CODE}/proposals.csv"


@pytest.fixture
def officer() -> Client:
    return sign_in(Client(), cast.officer_of(cast.inserm(), "english@inserm.example", language="en"))


def titles(client: Client, query: str = "", at: object = AFTER) -> list[str]:
    with time_machine.travel(at, tick=False):
        answer = client.get(LIST + query)
    assert answer.status_code == 200
    return [row.line.title for row in answer.context["rows"]]


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(CSV + query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def records(db: None) -> Call:
    """Five records an Inserm officer sees, and three that only JSPS may see."""
    call = cast.call_2026()
    submitted = proposal(
        call,
        cast.inserm(),
        ProposalState.SUBMITTED,
        title_en="Ageing",
        coordinator=cast.marie(),
        start_on=date(2027, 6, 14),
        end_on=date(2027, 6, 16),
        venue_city="Bordeaux",
        venue_country="FR",
        changed_at=BEFORE + timedelta(days=4),
    )
    submitted.areas.set(call.areas.all())
    partner = proposal(
        call,
        cast.jsps(),
        title_en="Ageing in Kyoto",
        coordinator=cast.kenji(),
        track=Track.OTHER,
        start_on=date(2027, 6, 15),
        changed_at=BEFORE + timedelta(days=3),
    )
    pair(submitted, partner)
    proposal(call, cast.inserm(), ProposalState.WITHDRAWN, title_en="Withdrawn", changed_at=BEFORE + timedelta(days=2))
    draft = proposal(call, cast.inserm(), title_en="=cmd|'/C calc'!A0", changed_at=BEFORE + timedelta(days=1))
    draft.areas.set(call.areas.filter(code="cancer"))
    hidden = proposal(call, cast.jsps(), ProposalState.SUBMITTED, title_en="Hidden", changed_at=AFTER)
    hidden.areas.set(call.areas.all())
    forming = proposal(call, cast.jsps(), title_en="Hidden too", changed_at=AFTER)
    pair(proposal(call, cast.inserm(), title_en="Forming"), forming, SeminarState.FORMING)
    return call


ALL = ["Ageing", "Ageing in Kyoto", "Withdrawn", "=cmd|'/C calc'!A0", "Forming"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("?page=1", ALL),
        ("?page=99", ALL),
        ("?page=x", ALL),
        ("?q=ageing", ["Ageing", "Ageing in Kyoto"]),
        ("?q=lefevre", ["Ageing", "Ageing in Kyoto"]),
        ("?q=hidden", []),
        ("?side=inserm", ["Ageing", "Withdrawn", "=cmd|'/C calc'!A0", "Forming"]),
        ("?side=jsps", ["Ageing in Kyoto"]),
        ("?state=submitted", ["Ageing"]),
        ("?state=draft", []),
        ("?state=lapsed", ["Ageing in Kyoto", "=cmd|'/C calc'!A0", "Forming"]),
        ("?step=one_side", ["Ageing", "Ageing in Kyoto"]),
        ("?step=accepted", ["Forming"]),
        ("?situation=paired", ["Ageing", "Ageing in Kyoto"]),
        ("?situation=mismatching", ["Ageing", "Ageing in Kyoto"]),
        ("?situation=one_sided", ["Ageing"]),
        ("?situation=partner_alone", ["Ageing in Kyoto"]),
        ("?situation=wrong_track", ["Ageing in Kyoto"]),
        ("?situation=attention", ["Ageing", "Ageing in Kyoto"]),
        ("?track=other", ["Ageing in Kyoto"]),
        ("?area=ageing", ["Ageing"]),
        ("?area=cancer", ["Ageing", "=cmd|'/C calc'!A0"]),
        ("?side=inserm&state=lapsed&q=form", ["Forming"]),
        ("?sort=title", ["=cmd|'/C calc'!A0", "Ageing", "Ageing in Kyoto", "Forming", "Withdrawn"]),
        ("?sort=-title", ["Withdrawn", "Forming", "Ageing in Kyoto", "Ageing", "=cmd|'/C calc'!A0"]),
        ("?sort=start", ["Ageing", "Ageing in Kyoto", "Forming", "=cmd|'/C calc'!A0", "Withdrawn"]),
        ("?sort=-start", ["Ageing in Kyoto", "Ageing", "Forming", "=cmd|'/C calc'!A0", "Withdrawn"]),
        ("?sort=state", ["Ageing", "Withdrawn", "Forming", "=cmd|'/C calc'!A0", "Ageing in Kyoto"]),
        ("?sort=changed", ["Forming", "=cmd|'/C calc'!A0", "Withdrawn", "Ageing in Kyoto", "Ageing"]),
    ],
)
def test_the_address_says_what_is_listed(records: Call, officer: Client, query: str, expected: list[str]) -> None:
    assert titles(officer, query) == expected
    assert [row["Title"].removeprefix("'") for row in rows(officer, query)] == expected


def test_a_record_without_an_english_title_sorts_by_the_one_it_has_and_without_any_last(officer: Client) -> None:
    call = cast.call_2026()
    for values in ({"title_en": "Zebra"}, {}, {"title_fr": "Abeille"}, {"title_en": "monkey"}):
        proposal(call, cast.inserm(), **values)
    untitled = f"#{Proposal.objects.get(title_en='', title_fr='').pk}"
    assert [row["Title"] for row in rows(officer, "?sort=title")] == ["Abeille", "monkey", "Zebra", untitled]


@pytest.mark.parametrize("sort", ["number", "side", "coordinator", "pairing", "amount"])
def test_every_column_sorts_both_ways(records: Call, officer: Client, sort: str) -> None:
    assert sorted(titles(officer, f"?sort={sort}")) == sorted(ALL)
    assert sorted(titles(officer, f"?sort=-{sort}")) == sorted(ALL)


@pytest.mark.parametrize(
    "query", ["?side=nasa", "?state=hacked", "?sort=coordinator__password", "?area=none", "?q=" + "x" * 200]
)
def test_an_address_the_list_does_not_know_is_said_so(records: Call, officer: Client, query: str) -> None:
    answer = officer.get(LIST + query)
    assert answer.status_code == 200
    assert "This address asks for something that the list does not know." in answer.content.decode()
    assert answer.context["page"].paginator.count == 5


def test_a_search_with_a_forbidden_character_is_a_bad_request(records: Call, officer: Client) -> None:
    assert officer.get(LIST + "?q=%00").status_code == 400


@pytest.mark.parametrize(
    ("query", "words"), [("?q=nobody", "No record is like that"), ("?sort=title", "No record yet")]
)
def test_an_empty_list_says_what_to_do(officer: Client, query: str, words: str) -> None:
    cast.call_2026()
    assert words in officer.get(LIST + query).content.decode()


def test_the_other_officer_sees_the_other_half(records: Call) -> None:
    japanese = sign_in(Client(), cast.jsps_officer())
    assert titles(japanese) == ["Hidden too", "Hidden", "Ageing", "Ageing in Kyoto"]
    assert titles(japanese, "?q=forming") == []
    assert titles(japanese, "?side=inserm") == ["Ageing"]


def test_a_page_holds_fifty_and_keeps_the_filters(officer: Client) -> None:
    call = cast.call_2026()
    for number in range(51):
        proposal(call, cast.inserm(), title_en=f"Record {number:02}")
    assert len(titles(officer, "?sort=title")) == 50
    assert titles(officer, "?sort=title&page=2") == ["Record 50"]
    shown = officer.get(LIST + "?sort=title&side=inserm").content.decode()
    assert "?sort=title&amp;side=inserm&amp;page=2" in shown
    assert f'href="{CSV}?sort=title&amp;side=inserm"' in shown
    assert len(rows(officer, "?sort=title")) == 51


def test_the_spreadsheet_says_what_the_screen_says(records: Call, officer: Client) -> None:
    first = rows(officer)[0]
    record = Proposal.objects.get(title_en="Ageing")
    assert first == {
        "Number": str(record.pk),
        "Pair": str(record.seminar),
        "Title": "Ageing",
        "Needs attention": "Blocking differences · Submitted on this side only",
        "Agency": "Inserm",
        "State": "Submitted",
        "State of the pair": "",
        "Receipt number": "",
        "Submitted (Paris)": "",
        "Coordinator": "Marie LEFÈVRE",
        "Name in kanji": "",
        "E-mail address": "marie.lefevre@inserm.example",
        "Institution": "",
        "Pairing": "One side submitted",
        "Partner": "Kenji TANAKA",
        "Partner's state": "Lapsed",
        "Start date": "2027-06-14",
        "End date": "2027-06-16",
        "City": "Bordeaux",
        "Host country": "FR",
        "Amount requested": "0.00",
        "Currency": "EUR",
        "Last changed (Paris)": "2026-08-08 10:00:00",
    }
    screen = officer.get(LIST).content.decode()
    for said in ("Marie LEFÈVRE", "marie.lefevre@inserm.example", "Kenji TANAKA", "Bordeaux", "14–16 June 2027"):
        assert said in screen


def test_the_list_says_what_a_pair_has_come_to_and_filters_by_it(records: Call, officer: Client) -> None:
    assert titles(officer, "?pair=selected") == []
    Seminar.objects.filter(proposals__title_en="Ageing").update(state=SeminarState.SELECTED)
    assert set(titles(officer, "?pair=selected")) == {"Ageing", "Ageing in Kyoto"}
    assert titles(officer, "?pair=confirmed") == []
    assert rows(officer, "?pair=selected")[0]["State of the pair"] == "Selected"


def test_no_cell_is_a_formula(records: Call, officer: Client) -> None:
    assert rows(officer, "?q=calc")[0]["Title"] == "'=cmd|'/C calc'!A0"
    coordinator = person(family_name="Durand", institution="@SUM(A1)", given_name="Ana")
    proposal(records, cast.inserm(), coordinator=coordinator, title_en="Institution", venue_city="\u3000+1")
    [row] = rows(officer, "?q=institution")
    assert (row["Institution"], row["City"]) == ("'@SUM(A1)", "'+1")


def test_the_spreadsheet_is_named_after_the_call_and_the_day(officer: Client) -> None:
    cast.call_2026()
    with time_machine.travel(AFTER, tick=False):
        answer = officer.get(CSV)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CODE}-2026-09-04.csv"'


@pytest.mark.parametrize(("query", "cost"), [("", 12), ("?q=durand&situation=paired&sort=-amount&area=cancer", 13)])
@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_queries_however_many_records(
    officer: Client, number: int, query: str, cost: int
) -> None:
    call = cast.call_2026()
    for _ in range(number):
        french = proposal(call, cast.inserm(), ProposalState.SUBMITTED)
        french.areas.set(call.areas.all())
        pair(french, proposal(call, cast.jsps()))
    costs = []
    for name in ("desk_proposals", "desk_proposals_csv", "desk_proposals_xlsx"):
        with time_machine.travel(AFTER, tick=False), CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse(name, args=[CODE]) + query).status_code == 200
        costs.append(len(queries))
    assert costs == [cost + 1, cost, cost]  # the screen also has the saved searches

"""The statistics of a call: what is counted, of whom, and for whom."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from seminars.choices import CostKind, ParticipantRole, ProposalState, SeminarState, Unit
from seminars.models import BudgetLine, Laboratory, Participant, Proposal
from seminars.queries.statistics import FEWEST_ANSWERS, MOST_ROWS
from tests import cast
from tests.desk_records import BEFORE, pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PATH = "/desk/inserm-jsps-2026/statistics/"
SUBMITTED = ProposalState.SUBMITTED


def answer(user: User, query: str = "") -> Any:
    reply = sign_in(Client(), cast.in_english(user)).get(f"{PATH}{query}")
    assert reply.status_code == 200
    return reply


def table(user: User, key: str, query: str = "") -> dict[str, tuple[str, ...]]:
    """Return one breakdown as the officer reads it: texts by label."""
    found = next(item for item in answer(user, query).context["breakdowns"] if item.key == key)
    return {row.label: tuple(value.text for value in row.values) for row in found.rows}


def record(side: str, state: str = SUBMITTED, **place: Any) -> Proposal:
    """Return a record whose coordinator works in one laboratory."""
    agency = cast.inserm() if side == "FR" else cast.jsps()
    made = proposal(cast.call_2026(), agency, state)
    settle(made, side, **place)
    return made


def settle(made: Proposal, side: str, **place: Any) -> None:
    laboratory = Laboratory.objects.create(proposal=made, name="Lab", country=side, saved_at=BEFORE, **place)
    made.participants.filter(side=side).update(laboratory=laboratory, country_of_work=side)


def guest(of: Proposal, side: str, **values: Any) -> None:
    Participant.objects.create(proposal=of, side=side, role=ParticipantRole.SPEAKER, saved_at=BEFORE, **values)


def test_records_in_other_states_are_counted_only_when_asked_for() -> None:
    record("FR", institution="Inserm")
    record("FR", ProposalState.DRAFT, institution="Inserm")
    officer = cast.inserm_officer()
    assert table(officer, "institution") == {"Inserm": ("1", "0")}
    assert table(officer, "institution", "?of=all") == {"Inserm": ("2", "0")}
    assert table(officer, "institution", "?of=complete") == {}
    assert table(officer, "institution", "?of=nonsense") == {"Inserm": ("1", "0")}


def test_of_the_other_agency_only_paired_records_are_counted() -> None:
    mine, theirs = record("FR", institution="Inserm"), record("JP", institution="Kyoto University")
    pair(mine, theirs)
    record("JP", institution="Secret Institute")
    forming = record("FR", institution="Inserm")
    pair(forming, record("JP", institution="Forming Institute"), SeminarState.FORMING)
    page = answer(cast.inserm_officer(), "?of=all")
    assert table(cast.inserm_officer(), "institution", "?of=all") == {
        "Inserm": ("2", "0"),
        "Kyoto University": ("0", "1"),
    }
    assert b"Secret Institute" not in page.content
    assert b"Forming Institute" not in page.content
    assert [value.text for value in page.context["trend"].rows[0].values] == ["2", "1", "1"]


@pytest.mark.parametrize("state", [SeminarState.ELIGIBLE, SeminarState.IN_REVIEW])
def test_outcomes_are_not_counted_before_they_are_announced(state: str) -> None:
    pair(record("FR"), record("JP"), state)
    assert "outcome" not in [item.key for item in answer(cast.inserm_officer()).context["breakdowns"]]


def test_outcomes_are_counted_once_announced() -> None:
    pair(record("FR"), record("JP"), SeminarState.SELECTED)
    pair(record("FR"), record("JP"), SeminarState.NOT_SELECTED)
    pair(record("FR"), record("JP"), SeminarState.PAIRED)
    assert table(cast.jsps_officer(), "outcome") == {"Selected": ("1", "1"), "Not selected": ("1", "1")}


def test_spellings_that_differ_in_accents_and_capitals_are_one_place() -> None:
    for city in ("Orléans", "ORLEANS", "Orléans"):
        record("FR", city=city)
    assert table(cast.inserm_officer(), "region") == {"Orléans": ("3", "0")}


def test_regional_office_comes_before_the_city() -> None:
    record("FR", city="Bordeaux", regional_office="Nouvelle-Aquitaine")
    assert table(cast.inserm_officer(), "region") == {"Nouvelle-Aquitaine": ("1", "0")}


def test_what_is_rare_is_one_row() -> None:
    for number in range(MOST_ROWS + 3):
        record("FR", institution=f"Institute {number:02d}")
    pair(record("FR", institution="Institute 00"), record("JP", institution="Kyoto University"))
    rows = table(cast.inserm_officer(), "institution")
    assert (len(rows), rows["All others"]) == (MOST_ROWS + 2, ("3", "0"))
    assert (rows["Institute 00"], rows["Kyoto University"]) == (("2", "0"), ("0", "1"))


def test_people_are_counted_in_the_record_of_their_own_side() -> None:
    mine, theirs = record("FR"), record("JP")
    pair(mine, theirs)
    guest(mine, "FR", young=True, statutory=True, country_of_work="CH")
    guest(mine, "JP", young=True)
    assert table(cast.inserm_officer(), "shares") == {
        "All participants": ("2", "1"),
        "Young researchers": ("1 (50%)", "0 (0%)"),
        "Statutory researchers (permanent)": ("1 (50%)", "0 (0%)"),
        "Young and statutory": ("1 (50%)", "0 (0%)"),
    }
    assert table(cast.inserm_officer(), "country")["Switzerland"] == ("1", "0")


@pytest.mark.parametrize(("said", "shown"), [(FEWEST_ANSWERS - 1, False), (FEWEST_ANSWERS, True)])
def test_gender_is_shown_once_enough_people_have_given_it(said: int, shown: bool) -> None:
    for number in range(said + 1):
        made = record("FR")
        made.coordinator.gender = "woman" if number < said else ""
        made.coordinator.save()
    expected = {"Woman": (str(said), "0"), "Not given": ("1", "0")} if shown else {}
    assert table(cast.inserm_officer(), "gender") == expected


def test_budgets_are_summed_by_kind_and_by_record_in_their_own_currency() -> None:
    for cost in (Decimal("100.50"), Decimal("200.00"), Decimal("600.00")):
        line = {"kind": CostKind.MEALS, "quantity": 2, "unit": Unit.MEAL, "unit_cost": cost, "saved_at": BEFORE}
        BudgetLine.objects.create(proposal=record("FR"), **line)
    assert table(cast.inserm_officer(), "budget-inserm") == {"Meals": ("€1,801.00",)}
    found = next(item for item in answer(cast.inserm_officer()).context["breakdowns"] if item.key == "budget-inserm")
    assert {row.label: row.values[0].text for row in found.figures} == {
        "All kinds together": "€1,801.00",
        "Mean of a record": "€600.33",
        "Median of a record": "€400.00",
        "Highest of a record": "€1,200.00",
    }
    assert table(cast.inserm_officer(), "budget-jsps") == {}


def test_records_without_an_area_are_said() -> None:
    call = cast.call_2026()
    with_areas = record("FR")
    with_areas.areas.set(call.areas.all()[:2])
    record("FR")
    rows = table(cast.inserm_officer(), "area")
    assert list(rows.values()) == [("1", "0")] * 3
    assert rows["No priority area"] == ("1", "0")


def test_every_picture_has_its_table_and_strangers_see_neither() -> None:
    record("FR", institution="<b>Inserm & co</b>")
    page = answer(cast.inserm_officer()).content.decode()
    # The trend has its table open beside it.
    assert page.count('<svg class="chart') == page.count("<details>") + 1 > 1
    assert "<b>Inserm" not in page
    assert sign_in(Client(), cast.marie()).get(PATH).status_code == 404


def test_number_of_queries_does_not_grow_with_the_records() -> None:
    counts = []
    client = sign_in(Client(), cast.inserm_officer())
    for number in (1, 2, 27):
        for _ in range(number):
            pair(record("FR", institution="Inserm"), record("JP", institution="Kyoto"))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{PATH}?of=all")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]

"""What the interface tells: as an officer of the token's agency sees it, and not a byte of anything else."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seminars.actions import submission
from seminars.choices import ApiRight, CostKind, Eligibility, ProposalState, SeminarState, ToldOutcome, Unit
from seminars.models import (
    BudgetLine,
    Call,
    EligibilityDecision,
    EligibilityNotice,
    Proposal,
    Seminar,
    Submission,
)
from seminars.queries.overview import Overview
from tests import cast, keys
from tests.desk_records import BEFORE, pair, proposal

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE + timedelta(days=10)
LISTS = ("/api/v1/calls", "/api/v1/proposals", "/api/v1/pairs")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> dict[str, Any]:
    """An Inserm record, a pair, and of JSPS one record alone and one whose pair is still forming."""
    call = cast.call_2026()
    alone = proposal(call, cast.inserm(), title_en="Inserm alone")
    own = proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en="Inserm paired", start_on=date(2027, 6, 14))
    partner = proposal(call, cast.jsps(), title_en="JSPS paired", start_on=date(2027, 6, 15))
    seminar = pair(own, partner)
    hidden = proposal(call, cast.jsps(), ProposalState.SUBMITTED, title_en="Hidden alone")
    forming = proposal(call, cast.jsps(), title_en="Hidden forming")
    pair(proposal(call, cast.inserm(), title_en="Inserm forming"), forming, SeminarState.FORMING)
    return {
        "call": call,
        "alone": alone,
        "own": own,
        "partner": partner,
        "pair": seminar,
        "hidden": hidden,
        "forming": forming,
    }


def items(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_call_tells_instants_in_utc_beside_what_was_announced(world: dict[str, Any]) -> None:
    [call] = items(keys.reader_of(cast.jsps()), "/api/v1/calls")
    assert call["code"] == "inserm-jsps-2026"
    assert call["state"] == "open"
    assert call["sides"][1]["deadline"] == {
        "at": "2026-09-03T08:00:00Z",
        "local_date": "2026-09-03",
        "local_time": "17:00:00",
        "zone": "Asia/Tokyo",
    }
    assert call["sides"][0]["cap"] == {"amount": "12000.00", "currency": "EUR"}
    assert call["sides"][1]["cap"] is None
    assert len(call["criteria"]) == 6


def test_call_of_other_agencies_is_not_there(world: dict[str, Any]) -> None:
    world["call"].sides.filter(agency=cast.inserm()).update(agency=_third())
    client = keys.reader_of(cast.inserm())
    assert [items(client, address) for address in LISTS] == [[], [], []]
    assert client.get("/api/v1/calls/inserm-jsps-2026").status_code == 404


def _third() -> Any:
    from accounts.models import Agency

    names = dict.fromkeys(("acronym", "name_en", "name_fr", "name_ja"), "CNRS")
    return Agency.objects.create(code="cnrs", country="FR", time_zone="Europe/Paris", **names)


def test_token_sees_what_an_officer_sees(world: dict[str, Any]) -> None:
    for agency, officer in ((cast.inserm(), cast.inserm_officer()), (cast.jsps(), cast.jsps_officer())):
        shown = Overview(officer, [Call.objects.with_sides().get()], NOW).records.order_by("pk")
        listed = items(keys.reader_of(agency), "/api/v1/proposals")
        assert [record["id"] for record in listed] == [record.pk for record in shown]


def test_nothing_of_the_other_agency_is_in_any_byte(world: dict[str, Any]) -> None:
    client, hidden = keys.reader_of(cast.inserm()), (world["hidden"], world["forming"])
    secrets = [record.title_en for record in hidden] + [record.coordinator.email for record in hidden]
    told = "".join(client.get(address).text for address in (*LISTS, f"/api/v1/proposals/{world['own'].pk}"))
    told += client.get(f"/api/v1/pairs/{world['pair'].pk}").text
    assert [secret for secret in secrets if secret in told] == []
    for record in hidden:
        assert client.get(f"/api/v1/proposals/{record.pk}").status_code == 404
    assert client.get(f"/api/v1/pairs/{world['forming'].seminar_id}").status_code == 404
    assert {record["pair"] for record in items(client, "/api/v1/proposals")} == {None, world["pair"].pk}


def test_contact_details_need_their_right(world: dict[str, Any]) -> None:
    own = world["own"]
    own.participants.update(phone="+33140000000", orcid="0000-0002-1825-0097", email="secret@inserm.example")
    own.coordinator.email = "account@inserm.example"
    own.coordinator.save()
    own.institution_officer_email = "office@inserm.example"
    own.save()
    addresses = (
        "/api/v1/proposals",
        f"/api/v1/proposals/{own.pk}",
        "/api/v1/pairs",
        f"/api/v1/pairs/{world['pair'].pk}",
    )
    secrets = ("@", "+33140000000", "0000-0002-1825-0097")
    without = keys.reader_of(cast.inserm(), ApiRight.PROPOSALS, ApiRight.PAIRS)
    told = "".join(without.get(address).text for address in addresses)
    assert [secret for secret in secrets if secret in told] == []
    told = "".join(keys.reader_of(cast.inserm()).get(address).text for address in addresses)
    assert [secret for secret in (*secrets, "account@", "office@", "secret@") if secret not in told] == []


def test_reason_for_a_late_admission_stays_inside(world: dict[str, Any]) -> None:
    own = world["own"]
    own.admitted_until, own.admitted_by, own.admission_reason = NOW, cast.inserm_officer(), "Between us"
    own.save()
    for agency in (cast.inserm(), cast.jsps()):
        assert "Between us" not in keys.reader_of(agency).get(f"/api/v1/proposals/{own.pk}").text


def test_filed_record_is_told_as_it_was_frozen() -> None:
    draft = cast.complete_draft(cast.marie())
    client = keys.reader_of(cast.inserm())
    address = f"/api/v1/proposals/{draft.pk}"
    assert client.get(address).json()["is_frozen"] is False
    filed = submission.submit(
        draft.pk, form_uuid=uuid4(), by=cast.marie(), at=datetime(2026, 8, 1, 10, 0, 0, 5, tzinfo=UTC)
    )
    told = client.get(address).json()
    assert told["is_frozen"] is True
    assert told["content"] == json.loads(Submission.objects.get(pk=filed.pk).snapshot)
    assert told["receipt"] == {
        "number": filed.number,
        "arrived_at": "2026-08-01T10:00:00.000005Z",
        "counted_at": "2026-08-01T10:00:00.000005Z",
        "sha256": filed.sha256,
    }
    assert told["requested"] == {"amount": "60.00", "currency": "EUR"}
    assert told["state"] == "submitted"


def test_yen_have_no_decimals(world: dict[str, Any]) -> None:
    line = {"kind": CostKind.ORGANISATION, "quantity": 3, "unit": Unit.ITEM, "unit_cost": Decimal(50000)}
    BudgetLine.objects.create(proposal=world["partner"], saved_at=BEFORE, **line)
    [record] = items(keys.reader_of(cast.inserm()), "/api/v1/proposals?side=jsps")
    assert record["requested"] == {"amount": "150000", "currency": "JPY"}


def test_pair_tells_where_its_records_differ(world: dict[str, Any]) -> None:
    [told] = items(keys.reader_of(cast.inserm()), "/api/v1/pairs")
    assert told["number"] == str(world["pair"])
    assert [half["agency"] for half in told["records"]] == ["inserm", "jsps"]
    by_fact = {difference["fact"]: difference for difference in told["differences"]}
    assert by_fact["dates"]["is_blocking"] is True
    assert by_fact["dates"]["values"]["jsps"] == {"start_on": "2027-06-15", "end_on": None}
    assert by_fact["title_en"]["values"] == {"inserm": "Inserm paired", "jsps": "JSPS paired"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Inserm alone", "Inserm paired", "JSPS paired", "Inserm forming"]),
        ("?call=inserm-jsps-2026&side=jsps", ["JSPS paired"]),
        ("?call=nowhere", []),
        ("?side=nobody", []),
        ("?state=submitted", ["Inserm paired"]),
        ("?state=lapsed", []),
        ("?changed_since=2026-08-05T00:00:00Z", []),
        (
            "?changed_since=2026-08-04T10:00:00%2B02:00",
            ["Inserm alone", "Inserm paired", "JSPS paired", "Inserm forming"],
        ),
    ],
)
def test_records_by_filter(world: dict[str, Any], query: str, titles: list[str]) -> None:
    found = items(keys.reader_of(cast.inserm()), f"/api/v1/proposals{query}")
    assert [record["title"]["en"] for record in found] == titles


def test_records_have_lapsed_by_rule(world: dict[str, Any]) -> None:
    with time_machine.travel(cast.DEADLINE + timedelta(seconds=1), tick=False):
        found = items(keys.reader_of(cast.inserm()), "/api/v1/proposals?state=lapsed&side=inserm")
    assert {record["state"] for record in found} == {"lapsed"}
    assert len(found) == 2


def test_a_new_pair_counts_as_a_change(world: dict[str, Any]) -> None:
    client, address = keys.reader_of(cast.jsps()), "/api/v1/proposals?changed_since=2026-08-20T00:00:00Z"
    assert items(client, address) == []
    world["pair"].paired_at = datetime(2026, 8, 20, tzinfo=UTC)
    world["pair"].save()
    assert [record["title"]["en"] for record in items(client, address)] == ["Inserm paired", "JSPS paired"]


def test_pages_follow_each_other(world: dict[str, Any]) -> None:
    client, found = keys.reader_of(cast.inserm()), []
    cursor: int | None = 0
    while cursor is not None:
        page = client.get(f"/api/v1/proposals?limit=2&cursor={cursor}").json()
        found.append([record["title"]["en"] for record in page["items"]])
        cursor = page["next"]
    assert found == [["Inserm alone", "Inserm paired"], ["JSPS paired", "Inserm forming"]]
    page = client.get("/api/v1/pairs?limit=1").json()
    assert (len(page["items"]), page["next"]) == (1, None)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_queries_do_not_grow_with_the_rows() -> None:
    call, client, counts = cast.call_2026(), keys.reader_of(cast.inserm()), []
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            pair(proposal(call, cast.inserm(), title_en="One"), proposal(call, cast.jsps(), title_en="Other"))
            made += 1
        client.get(LISTS[0])  # the first request of a minute starts a count
        counts.append([_queries(client, f"{address}?limit=100") for address in LISTS])
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 20


ODD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(
        ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "nan", "1e999", "\x00", "-1", "٣", "null", "[]"]
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(LISTS),
    query=st.dictionaries(
        st.sampled_from(["call", "side", "state", "changed_since", "cursor", "limit", "\x00", "x"]), ODD, max_size=3
    ),
)
def test_nonsense_is_never_our_fault(address: str, query: dict[str, str]) -> None:
    client = keys.reader_of(cast.inserm(), at=NOW)
    answer = client.get(address, query)
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == "Bad Request"


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "9223372036854775808"])
def test_numbers_beyond_the_database_are_not_found(number: str) -> None:
    client = keys.reader_of(cast.inserm())
    for kind in ("proposals", "pairs"):
        assert client.get(f"/api/v1/{kind}/{number}").status_code == 404


def test_parameters_that_cannot_be_read_are_named() -> None:
    answer = keys.reader_of(cast.inserm()).get("/api/v1/proposals?limit=0&state=lost&changed_since=2026-08-01T00:00:00")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "parameters": ["changed_since", "limit", "state"],
    }


def test_decisions_are_told_once_the_coordinators_know(world: dict[str, Any]) -> None:
    seminar, client = world["pair"], keys.reader_of(cast.inserm())
    for record in (world["own"], world["partner"], world["hidden"]):
        EligibilityDecision.objects.create(
            side=record.side,
            seminar=record.seminar,
            proposal=record,
            outcome=Eligibility.INELIGIBLE,
            reason_en="Because",
            reason_fr="Parce que",
            reason_ja="理由",
            rules=["R7"],
            decided_at=cast.BEFORE,
            decided_by=cast.inserm_officer(),
        )
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.INELIGIBLE)
    addresses = ("/api/v1/decisions", "/api/v1/proposals", "/api/v1/pairs", f"/api/v1/pairs/{seminar.pk}")
    told = "".join(client.get(address).text for address in addresses)
    assert ("ineligible" in told, "Because" in told) == (False, False)
    assert client.get(f"/api/v1/pairs/{seminar.pk}").json()["state"] == "paired"

    notice = EligibilityNotice.objects.create(
        call=world["call"],
        side=world["own"].side,
        due_at=NOW,
        planned_at=cast.BEFORE,
        planned_by=cast.inserm_officer(),
        agreed_at=cast.BEFORE,
        agreed_by=cast.jsps_officer(),
        sent_at=NOW,
    )
    EligibilityDecision.objects.update(told_at=NOW, notice=notice)
    Proposal.objects.update(told_outcome=ToldOutcome.INELIGIBLE, told_at=NOW)
    found = items(client, "/api/v1/decisions")
    assert [(decision["agency"], decision["pair"]) for decision in found] == [
        ("inserm", seminar.pk),
        ("jsps", seminar.pk),
    ]
    assert found[0]["reasons"] == {"en": "Because", "fr": "Parce que", "ja": "理由"}
    assert client.get(f"/api/v1/pairs/{seminar.pk}").json()["state"] == "ineligible"
    assert client.get(f"/api/v1/proposals/{world['own'].pk}").json()["eligibility"]["outcome"] == "ineligible"
    without = keys.reader_of(cast.inserm(), ApiRight.PROPOSALS, ApiRight.PAIRS)
    since = f"/api/v1/proposals?changed_since={NOW:%Y-%m-%dT%H:%M:%SZ}"
    Proposal.objects.update(changed_at=cast.BEFORE)
    Seminar.objects.filter(paired_at__isnull=False).update(paired_at=cast.BEFORE)
    assert (len(items(client, since)), len(items(without, since))) == (4, 0)
    assert "ineligible" not in "".join(without.get(address).text for address in addresses[1:])

"""A record whose other half an officer has found in the other agency's list, on every screen that shows the pair."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from seminars.actions.application_list import share_list
from seminars.actions.matching import confirm_match
from seminars.choices import ApiRight, Audience, Track
from seminars.models import ListedApplication, Proposal, Seminar
from seminars.permissions import write_note_refusal
from seminars.permissions.note import agency_for, readers_of
from seminars.queries.eligibility import waiting
from seminars.words.wording import field_label
from tests import cast, keys, pdftext
from tests.listed_rows import application_list, listed
from tests.pdftext import squeezed
from tests.seminars.filed import AFTER, filed, seen, submit
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(AFTER, tick=False):
        yield


def matched(**said: Any) -> tuple[Proposal, ListedApplication]:
    """Marie's filed record and Kenji's row in JSPS's own list, matched by Inserm's officer."""
    french = submit(cast.complete_draft(cast.marie()))
    of = application_list(french.side.call, cast.jsps())
    share_list(of, by=cast.jsps_officer(), at=AFTER)
    row = listed(of, email="kenji.tanaka@kyoto.example", title_en=french.title_en, **said)
    confirm_match(french, row, by=cast.inserm_officer(), at=AFTER)
    return cast.reread(french), ListedApplication.objects.get(pk=row.pk)


@pytest.fixture
def pair() -> tuple[Proposal, ListedApplication]:
    """A match whose list says later days, and a track that the call does not accept."""
    return matched(start_on=date(2027, 7, 5), end_on=date(2027, 7, 6), track=Track.OPEN_PARTNERSHIP)


def page(user: User, name: str, *args: Any, language: str = "en") -> str:
    User.objects.filter(pk=user.pk).update(language=language, time_zone="Europe/Paris")
    answer = sign_in(Client(), User.objects.get(pk=user.pk)).get(reverse(name, args=args))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Filed directly", "Where your record and that file differ", "5–6 July 2027", "To be settled")),
        ("fr", ("5–6 juillet 2027",)),
        ("ja", ("2027年7月5日",)),
    ],
)
def test_the_coordinator_sees_the_listed_half(
    pair: tuple[Proposal, ListedApplication], language: str, words: tuple[str, ...]
) -> None:
    record, row = pair
    shown = page(cast.marie(), "pairing", record.pk, language=language)
    for said in (*words, row.application_number):
        assert said in shown, said
    assert ("Filed directly" in shown) == (language == "en")


def test_the_coordinator_reads_that_nothing_differs() -> None:
    record, _row = matched()
    assert "Nowhere, as far as the list says anything." in page(cast.marie(), "pairing", record.pk)


@pytest.mark.parametrize("officer", [cast.inserm_officer, cast.jsps_officer])
def test_both_officers_see_both_halves(pair: tuple[Proposal, ListedApplication], officer: Any) -> None:
    record, row = pair
    for shown in (
        page(officer(), "desk_seminar", record.seminar_id),
        page(officer(), "desk_proposal", record.pk),
    ):
        assert "5–6 July 2027" in shown
    assert row.application_number in page(officer(), "desk_seminar", record.seminar_id)
    assert str(record) in page(officer(), "desk_proposals", CODE)
    assert "Kenji TANAKA" in page(officer(), "desk_eligibility", CODE)


def test_each_contradiction_is_said_once_on_the_page_of_the_case(pair: tuple[Proposal, ListedApplication]) -> None:
    shown = page(cast.inserm_officer(), "desk_eligibility_seminar", pair[0].seminar_id)
    shown = shown[shown.index("<table") : shown.index("</table>")]
    assert shown.count("another call of the other agency") + shown.count("under this JSPS track") == 1
    assert str(Track.OPEN_PARTNERSHIP.label) in shown
    for field in ("start_on", "end_on"):
        assert shown.count(f"says something else: {field_label(field)}.") == 1


def test_a_case_judges_a_listed_half_as_the_record_does(pair: tuple[Proposal, ListedApplication]) -> None:
    [case] = seen(cast.inserm_officer())
    assert [(v.rule, v.field, v.blocking) for v in case.facts[1].listed] == [
        ("R3", "start_on", True),
        ("R3", "end_on", True),
        ("R4", "track", True),
    ]
    assert (case.proposed.outcome, case.proposed.rules) == ("ineligible", ("R4",))


def test_a_list_that_agrees_says_nothing_against_the_case() -> None:
    matched(approved_on=date(2026, 8, 1))
    [case] = seen(cast.inserm_officer())
    assert case.facts[1].listed == ()
    assert case.facts[1].known == {"R4", "R5"}
    assert case.proposed.sides["FR"] == "eligible"


def test_the_agency_that_listed_a_half_decides_on_it(pair: tuple[Proposal, ListedApplication]) -> None:
    [case] = seen(cast.jsps_officer())
    assert [half.listed for half in case.to_decide] == [pair[1]]
    assert waiting(cast.jsps_officer(), [case.call]) == {case.call.pk: 1}


@pytest.mark.parametrize("officer", [cast.inserm_officer, cast.jsps_officer])
def test_the_dossier_of_the_pair_has_the_listed_half(pair: tuple[Proposal, ListedApplication], officer: Any) -> None:
    record, row = pair
    client = sign_in(Client(), cast.in_english(officer()))
    answer = client.get(reverse("desk_seminar_pdf", args=[record.seminar_id]))
    assert answer.status_code == 200
    said = pdftext.text(answer.content)
    assert squeezed(row.application_number) in said
    assert squeezed(record.title_en) in said


def test_a_coordinator_gets_no_file_of_a_list_for_officers(pair: tuple[Proposal, ListedApplication]) -> None:
    address = reverse("own_pair_pdf", args=[pair[0].pk])
    assert sign_in(Client(), cast.marie()).get(address).status_code == 404
    assert address not in page(cast.marie(), "proposal", pair[0].pk)


def test_every_calendar_has_the_seminar_once(pair: tuple[Proposal, ListedApplication]) -> None:
    named = {cast.marie: f"record-{pair[0].pk}", cast.inserm_officer: f"seminar-{pair[0].seminar_id}"}
    for owner, uid in {**named, cast.jsps_officer: named[cast.inserm_officer]}.items():
        answer = Client().get(keys.feed_of(owner(), deadlines=False).address)
        found = [str(event["uid"]).split("@")[0] for event in Calendar.from_ical(answer.content).walk("VEVENT")]
        assert found == [uid]


def test_the_interface_tells_the_listed_half_and_what_differs(pair: tuple[Proposal, ListedApplication]) -> None:
    record, row = pair
    [told] = keys.reader_of(cast.inserm()).get("/api/v1/pairs").json()["items"]
    assert keys.reader_of(cast.jsps()).get("/api/v1/pairs").json()["items"] == [told]
    assert keys.reader_of(cast.jsps()).get(f"/api/v1/pairs/{told['id']}").json() == told
    assert [half["id"] for half in told["records"]] == [record.pk]
    assert told["listed"] == {"agency": "jsps", "application_number": row.application_number}
    assert told["differences"] == [
        {
            "fact": "dates",
            "is_blocking": True,
            "values": {
                "inserm": {"start_on": record.start_on.isoformat(), "end_on": record.end_on.isoformat()},
                "jsps": {"start_on": "2027-07-05", "end_on": "2027-07-06"},
            },
        }
    ]


def test_the_interface_names_people_with_addresses_for_those_who_may_read_them() -> None:
    matched(partner_family_name="Roux", partner_given_name="Zoé", partner_email="zoe.roux@inserm.example")
    for rights, address in (((), "zoe.roux@inserm.example"), ((ApiRight.PAIRS,), None)):
        [told] = keys.reader_of(cast.inserm(), *rights).get("/api/v1/pairs").json()["items"]
        [difference] = told["differences"]
        assert difference["fact"] == "coordinators"
        french, japanese = difference["values"]["jsps"]
        assert (french["side"], french["family_name"], french.get("email")) == ("FR", "Roux", address)
        assert (japanese["side"], japanese["family_name_kanji"]) == ("JP", "田中")


def test_an_officer_of_the_listed_half_writes_notes_on_the_pair(pair: tuple[Proposal, ListedApplication]) -> None:
    officer = cast.jsps_officer()
    assert agency_for(pair[0], officer) == cast.jsps().pk
    assert write_note_refusal(pair[0], Audience.BOTH, officer) is None
    assert [reader.user for reader in readers_of(pair[0], officer)] == [cast.inserm_officer()]


def test_of_an_application_without_a_pair_the_other_agency_sees_nothing() -> None:
    french = submit(cast.complete_draft(cast.marie()))
    listed(application_list(french.side.call, cast.jsps()))
    assert not Proposal.objects.overseen_by(cast.jsps_officer()).exists()
    assert keys.reader_of(cast.jsps()).get("/api/v1/pairs").json()["items"] == []


def test_lists_of_cases_cost_the_same_whatever_their_length() -> None:
    _record, row = matched()
    client = sign_in(Client(), cast.in_english(cast.inserm_officer()))
    address = reverse("desk_eligibility", args=[CODE])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(2):
        _another(row)
    client.get(address)  # the new ones are judged once, and remembered
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert Seminar.objects.count() == 3
    assert len(three) == len(one)


def _another(row: ListedApplication) -> None:
    confirm_match(
        filed("FR"),
        listed(row.application_list, family_name="Mori", given_name="Aya"),
        by=cast.inserm_officer(),
        at=AFTER,
    )

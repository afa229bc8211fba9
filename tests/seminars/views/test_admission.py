"""Admitting late in the browser: what it means is said before, what was typed is kept, and only the own agency may."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from seminars.actions.admission import admit_late as admit
from seminars.choices import ProposalState
from seminars.models import Proposal
from tests import cast
from tests.desk_records import AFTER, BEFORE, pair, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
TYPED = {"reason": "The network was down.", "until_on": "2026-09-06", "until_time": "17:00"}


@pytest.fixture
def officer() -> Client:
    user = cast.officer_of(cast.inserm(), "english@inserm.example", language="en", time_zone="Europe/Paris")
    return sign_in(Client(), user)


@pytest.fixture
def lapsed() -> Proposal:
    return proposal(cast.call_2026(), cast.inserm(), title_en="Late neurons")


def address(record: Proposal, name: str = "admit_late") -> str:
    return reverse(name, args=[record.pk])


def test_the_page_says_what_it_means(officer: Client, lapsed: Proposal) -> None:
    with time_machine.travel(AFTER, tick=False):
        shown = officer.get(address(lapsed)).content.decode()
    assert "This one record becomes a draft again." in shown
    assert "3 Sept 2026, 10:00 Paris" in shown
    assert "Late neurons" in shown
    assert Proposal.objects.get().admitted_until is None


def test_posting_admits_by_the_officers_own_clock(officer: Client, lapsed: Proposal) -> None:
    with time_machine.travel(AFTER, tick=False):
        answer = officer.post(address(lapsed), TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("desk_proposal", args=[lapsed.pk]))
    lapsed.refresh_from_db()
    assert lapsed.admitted_until == datetime(2026, 9, 6, 17, tzinfo=ZoneInfo("Europe/Paris"))
    assert (lapsed.state, lapsed.admission_reason) == (ProposalState.DRAFT, "The network was down.")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": ""}, "This field is required."),
        ({"reason": "  \n "}, "This field is required."),
        ({"reason": "x" * 1001}, "at most 1000 characters"),
        ({"reason": "\u202eevil"}, "U+202E"),
        ({"reason": "null \x00"}, "U+0000"),
        ({"until_on": ""}, "This field is required."),
        ({"until_on": "2026-02-30"}, "Enter a valid date."),
        ({"until_on": "2026-09-03"}, "ends in the future, and within 30 days"),
        ({"until_on": "2026-10-05"}, "ends in the future, and within 30 days"),
        ({"until_on": "0001-01-01", "until_time": "00:00"}, "ends in the future, and within 30 days"),
        ({"until_on": "9999-12-31"}, "ends in the future, and within 30 days"),
        ({"until_time": "25:00"}, "Enter a valid time."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(
    officer: Client, lapsed: Proposal, changed: dict[str, str], error: str
) -> None:
    with time_machine.travel(AFTER, tick=False):
        answer = officer.post(address(lapsed), TYPED | changed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert error in shown
    if "reason" not in changed:
        assert "The network was down." in shown
    assert Proposal.objects.get().state == ProposalState.DRAFT
    assert Proposal.objects.get().admitted_until is None


def test_a_time_that_no_clock_shows_once_is_refused() -> None:
    user = cast.officer_of(cast.inserm(), "english@inserm.example", language="en", time_zone="Europe/Paris")
    record = proposal(cast.call_2026(), cast.inserm())
    in_october = datetime(2026, 10, 20, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(in_october, tick=False):
        typed = TYPED | {"until_on": "2026-10-25", "until_time": "02:30"}
        answer = sign_in(Client(), user).post(address(record), typed)
    assert answer.status_code == 422
    assert "never show this time, or show it twice" in answer.content.decode()


def test_a_refusal_keeps_what_was_typed_and_says_why(officer: Client, lapsed: Proposal) -> None:
    with time_machine.travel(BEFORE, tick=False):
        shown = officer.get(address(lapsed)).content.decode()
        assert "The deadline has not passed yet." in shown
        assert "<textarea" not in shown
        typed = TYPED | {"until_on": "2026-08-10"}
        answer = officer.post(address(lapsed), typed)
    assert answer.status_code == 409
    assert "The deadline has not passed yet." in answer.content.decode()
    assert Proposal.objects.get().admitted_until is None


@pytest.mark.parametrize("name", ["admit_late", "end_admission"])
def test_the_other_agencys_officer_finds_nothing(lapsed: Proposal, name: str) -> None:
    partner = proposal(cast.call_2026(), cast.jsps())
    pair(lapsed, partner)
    client = sign_in(Client(), cast.jsps_officer())
    with time_machine.travel(AFTER, tick=False):
        for method in (client.get, client.post):
            assert method(address(lapsed, name), TYPED).status_code == 404
    assert Proposal.objects.get(pk=lapsed.pk).admitted_until is None


def test_the_same_form_twice_admits_once(officer: Client, lapsed: Proposal) -> None:
    with time_machine.travel(AFTER, tick=False):
        assert officer.post(address(lapsed), TYPED).status_code == 303
        again = officer.post(address(lapsed), TYPED)
    assert again.status_code == 409
    assert "Only a record that was not submitted in time" in again.content.decode()


def test_taking_it_back_is_asked_first_and_then_done(officer: Client, lapsed: Proposal) -> None:
    user = cast.officer_of(cast.inserm(), "english@inserm.example")
    admit(lapsed, reason="Power cut", until=AFTER + timedelta(days=2), by=user, at=AFTER)
    with time_machine.travel(AFTER, tick=False):
        shown = officer.get(address(lapsed, "end_admission")).content.decode()
        assert "It lapses at once" in shown
        assert Proposal.objects.get().state == ProposalState.DRAFT
        answer = officer.post(address(lapsed, "end_admission"))
        assert (answer.status_code, answer.headers["Location"]) == (303, reverse("desk_proposal", args=[lapsed.pk]))
        assert Proposal.objects.get().state == ProposalState.LAPSED
        again = officer.post(address(lapsed, "end_admission"))
    assert again.status_code == 409
    assert "No late admission is in force." in again.content.decode()

"""Starting a record, and the page that says where it stands."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from seminars.actions.submission import submit, withdraw
from seminars.choices import ProposalState, SeminarState
from seminars.models import Proposal, Seminar
from tests.cast import BEFORE, DEADLINE, call_2026, complete_draft, draft_of, in_english, inserm_officer, kenji, marie
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]
START = "/calls/inserm-jsps-2026/inserm/start/"


def test_start_opens_the_first_section(client: Client) -> None:
    call_2026()
    sign_in(client, in_english(marie()))
    answer = client.post(START)
    proposal = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/proposals/{proposal.pk}/facts/")
    assert (proposal.coordinator, proposal.side.agency.code) == (marie(), "inserm")


def test_start_is_a_post(client: Client) -> None:
    call_2026()
    sign_in(client, in_english(marie()))
    assert client.get(START).status_code == 405
    assert Proposal.objects.count() == 0


def test_start_twice_says_why_not(client: Client) -> None:
    draft_of(marie())
    sign_in(client, in_english(marie()))
    answer = client.post(START, follow=True)
    assert "You already have a proposal for this agency in this call." in answer.content.decode()
    assert Proposal.objects.count() == 1


def test_start_after_the_deadline_says_why_not(client: Client) -> None:
    call_2026()
    with time_machine.travel(DEADLINE + timedelta(microseconds=1), tick=False):
        sign_in(client, in_english(marie()))
        answer = client.post(START, follow=True)
    assert "The deadline has passed." in answer.content.decode()


@pytest.mark.parametrize("path", ["/calls/unknown/inserm/start/", "/calls/inserm-jsps-2026/unknown/start/"])
def test_start_elsewhere_is_not_found(client: Client, path: str) -> None:
    call_2026()
    sign_in(client, in_english(marie()))
    assert client.post(path).status_code == 404


def test_start_in_a_call_that_is_not_published_is_not_found(client: Client) -> None:
    call_2026(is_published=False)
    sign_in(client, in_english(marie()))
    assert client.post(START).status_code == 404


@pytest.mark.parametrize("address", ["", "print/"])
@pytest.mark.parametrize("person", [kenji, inserm_officer])
def test_others_find_nothing(client: Client, address: str, person: Callable[[], User]) -> None:
    proposal = draft_of(marie())
    sign_in(client, person())
    assert client.get(f"/proposals/{proposal.pk}/{address}").status_code == 404


def test_a_draft_says_how_much_is_missing(client: Client) -> None:
    proposal = draft_of(marie())
    sign_in(client, in_english(marie()))
    answer = client.get(f"/proposals/{proposal.pk}/")
    assert answer.context["standing"].missing == 23
    text = answer.content.decode()
    assert "23 things are still missing before you can submit." in text
    assert f"/proposals/{proposal.pk}/partner/" in text


def test_a_complete_draft_leads_to_submission(client: Client) -> None:
    proposal = complete_draft(marie())
    sign_in(client, in_english(marie()))
    text = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert f'href="/proposals/{proposal.pk}/submit/"' in text
    assert "Your record is complete." in text


def test_a_submitted_record_shows_its_receipt(client: Client) -> None:
    proposal = complete_draft(marie())
    filed = submit(proposal.pk, form_uuid=uuid4(), by=marie(), at=BEFORE)
    sign_in(client, in_english(marie()))
    text = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert filed.number in text
    assert f'href="/proposals/{proposal.pk}/submissions/{filed.pk}/"' in text
    assert f'href="/proposals/{proposal.pk}/reopen/"' in text


def test_a_japanese_record_awaits_its_institution(client: Client) -> None:
    proposal = complete_draft(kenji(), "JP")
    submit(proposal.pk, form_uuid=uuid4(), by=kenji(), at=BEFORE)
    sign_in(client, kenji())
    answer = client.get(f"/proposals/{proposal.pk}/")
    assert answer.context["standing"].state == ProposalState.AWAITING_INSTITUTION
    assert "Haruka Ito" in answer.content.decode()


def test_an_ended_record_can_be_read_and_not_withdrawn_again(client: Client) -> None:
    proposal = complete_draft(marie())
    withdraw(proposal.pk, reason="", by=marie(), at=BEFORE)
    sign_in(client, in_english(marie()))
    text = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "This record has been withdrawn." in text
    assert f'href="/proposals/{proposal.pk}/withdraw/"' not in text


def test_after_the_deadline_a_draft_has_lapsed_by_rule(client: Client) -> None:
    proposal = complete_draft(marie())
    with time_machine.travel(DEADLINE + timedelta(microseconds=1), tick=False):
        sign_in(client, in_english(marie()))
        answer = client.get(f"/proposals/{proposal.pk}/")
    assert answer.context["standing"].state == ProposalState.LAPSED


def test_print_shows_the_whole_record(client: Client) -> None:
    proposal = complete_draft(marie())
    sign_in(client, in_english(marie()))
    text = client.get(f"/proposals/{proposal.pk}/print/").content.decode()
    for said in ("Ageing neurons", "Neurocampus", "Kenji TANAKA", "Opening", "What the two teams bring together"):
        assert said in text


@pytest.mark.parametrize(
    ("state", "told", "words"),
    [
        (SeminarState.IN_REVIEW, "", "Both records are submitted."),
        (SeminarState.IN_REVIEW, "eligible", "Your project is under review"),
        (SeminarState.SELECTED, "eligible", "Inserm validates your budget"),
        (SeminarState.RESERVE, "eligible", "on the reserve list"),
        (SeminarState.NOT_SELECTED, "eligible", "have not selected this project"),
        (SeminarState.CONFIRMED, "eligible", "The seminar is confirmed."),
        (SeminarState.CANCELLED, "eligible", "The seminar is cancelled."),
    ],
)
def test_page_says_what_comes_next_as_far_as_told(client: Client, state: str, told: str, words: str) -> None:
    record = in_pair(state, told)
    sign_in(client, in_english(marie()))
    text = client.get(f"/proposals/{record.pk}/").content.decode()
    assert words in text
    was_selected = state in (SeminarState.SELECTED, SeminarState.CONFIRMED, SeminarState.CANCELLED)
    assert (f'href="/proposals/{record.pk}/award/"' in text) is was_selected
    assert ('id="outcome"' in text) is (state != SeminarState.IN_REVIEW)


def test_the_partner_without_a_budget_to_validate_is_told_whose_is(client: Client) -> None:
    in_pair(SeminarState.SELECTED, "eligible")
    sign_in(client, in_english(kenji()))
    page = client.get(f"/proposals/{Proposal.objects.owned_by(kenji()).get().pk}/").content.decode()
    assert "The other agency validates your partner" in page


@pytest.mark.parametrize(("state", "list_name"), [("reserve", "under_way"), ("not_selected", "ended")])
def test_home_shows_the_outcome(client: Client, state: str, list_name: str) -> None:
    in_pair(state, "eligible")
    sign_in(client, in_english(marie()))
    answer = client.get("/projects/")
    assert len(answer.context[list_name]) == 1
    assert str(SeminarState(state).label) in answer.content.decode()


def in_pair(state: str, told: str) -> Proposal:
    """Return Marie's submitted record in a pair that has come to ``state``."""
    records = (complete_draft(marie()), complete_draft(kenji(), "JP"))
    call = records[0].side.call
    seminar = Seminar.objects.create(call=call, formed_at=BEFORE, paired_at=BEFORE, state=state)
    told_at = BEFORE if told else None
    pairs = Proposal.objects.filter(pk__in=[record.pk for record in records])
    pairs.update(state=ProposalState.SUBMITTED, seminar=seminar, told_outcome=told, told_at=told_at)
    return records[0]

"""Filing in the browser: once, to the microsecond, with a receipt; taking back; the institution officer's answer."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Message, User
from seminars.actions import submission as actions
from seminars.choices import ProposalState
from seminars.models import Proposal, Submission
from tests.cast import (
    BEFORE,
    DEADLINE,
    complete_draft,
    confirmed_pair,
    draft_of,
    in_english,
    inserm_officer,
    jsps_officer,
    kenji,
    marie,
    reread,
    user,
)
from tests.signing import sign_in

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
BAD = {"NUL": "a\x00b", "right-to-left override": "a\u202eb", "a megabyte": "a" * 1_000_000}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def french(client: Client) -> Proposal:
    """Marie's complete record; ``client`` is hers."""
    record = complete_draft(in_english(marie()))
    sign_in(client, marie())
    return record


@pytest.fixture
def link(clock: Any) -> str:
    """Kenji's record awaits his institution: the address in its officer's mail."""
    record = complete_draft(in_english(kenji()), "JP")
    actions.submit(record.pk, form_uuid=uuid4(), by=kenji(), at=BEFORE)
    found = re.search(r"/approvals/[\w-]+/", Message.objects.get(kind="approval_request").text)
    assert found
    return found.group()


def address(record: Proposal, deed: str = "submit") -> str:
    return f"/proposals/{record.pk}/{deed}/"


def form(client: Client, record: Proposal) -> dict[str, str]:
    """Return the form that the page shows, as a browser posts it."""
    return {"form_uuid": str(client.get(address(record)).context["form"]["form_uuid"].value())}


def state(record: Proposal) -> str:
    return Proposal.objects.get(pk=record.pk).state


def said(client: Client) -> list[str]:
    return [str(message) for message in get_messages(client.get("/projects/").wsgi_request)]


def test_submitting_gives_a_receipt_with_both_clocks(client: Client, french: Proposal) -> None:
    answer = client.post(address(french), form(client, french), follow=True)
    filed = Submission.objects.get()
    assert answer.redirect_chain[-1][0] == f"/proposals/{french.pk}/submissions/{filed.pk}/"
    page = answer.content.decode()
    for words in (filed.number, filed.sha256, "2026-07-01T10:00:00", "12:00 Paris", "19:00 Tokyo"):
        assert words in page


def test_same_form_twice_leads_to_the_same_receipt(client: Client, french: Proposal) -> None:
    sent = form(client, french)
    first, second = (client.post(address(french), sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.count() == 1


def test_last_moment_passes_and_the_next_is_refused_with_both_instants(
    client: Client, french: Proposal, clock: Any
) -> None:
    sent = form(client, french)
    clock.move_to(DEADLINE + MICROSECOND)
    sign_in(client, marie())
    late = client.post(address(french), sent)
    assert (late.status_code, state(french)) == (409, ProposalState.DRAFT)
    assert "2026-09-03T08:00:00.000001Z" in late.content.decode()
    clock.move_to(DEADLINE)
    assert client.post(address(french), sent).status_code == 302
    assert Submission.objects.get().arrived_at == DEADLINE


def test_incomplete_record_is_refused_with_links_to_what_is_missing(client: Client) -> None:
    record = draft_of(in_english(marie()))
    sign_in(client, marie())
    answer = client.post(address(record), {"form_uuid": str(uuid4())})
    assert (answer.status_code, Submission.objects.count()) == (422, 0)
    assert f'href="/proposals/{record.pk}/facts/#id_title_en"' in answer.content.decode()


@pytest.mark.parametrize("forged", ["", "x", "\x00", "9" * 5000, "{" + "0" * 31])
def test_forged_form_is_told_and_the_page_offers_a_good_one(client: Client, french: Proposal, forged: str) -> None:
    answer = client.post(address(french), {"form_uuid": forged})
    assert (answer.status_code, Submission.objects.count()) == (422, 0)
    assert "This form is out of date." in answer.content.decode()


def test_role_and_state_in_the_form_mean_nothing(client: Client, french: Proposal) -> None:
    forged = {"arrived_at": "2026-01-01", "state": "submitted", "by": "1", "number": "X", "agency": "jsps"}
    client.post(address(french), form(client, french) | forged)
    filed = Submission.objects.get()
    assert (filed.arrived_at, filed.by, filed.number) == (BEFORE, marie(), f"INSERM-2026-{french.side.call_id}-0001")


def test_snapshot_is_exactly_what_was_hashed(client: Client, french: Proposal) -> None:
    client.post(address(french), form(client, french))
    filed = Submission.objects.get()
    answer = client.get(f"/proposals/{french.pk}/submissions/{filed.pk}/record.json")
    assert sha256(answer.content).hexdigest() == filed.sha256
    assert json.loads(answer.content)["record"] == french.pk
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{filed.number}.json"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_submission_of_another_record_is_not_found(client: Client, french: Proposal) -> None:
    client.post(address(french), form(client, french))
    other = complete_draft(kenji(), "JP")
    assert client.get(f"/proposals/{other.pk}/submissions/{Submission.objects.get().pk}/").status_code == 404


def test_officer_of_the_other_agency_reads_the_receipt_of_a_confirmed_pair_only(client: Client) -> None:
    french, _japanese = confirmed_pair()
    alone = complete_draft(haruka(), "JP")
    sign_in(client, inserm_officer())
    for record, status in ((french, 200), (alone, 404)):
        filed = actions.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=BEFORE)
        for page in ("", "record.json"):
            assert client.get(f"/proposals/{record.pk}/submissions/{filed.pk}/{page}").status_code == status
    sign_in(client, jsps_officer())
    assert client.get(f"/proposals/{french.pk}/submissions/{french.submissions.get().pk}/").status_code == 200


def haruka() -> User:
    """Somebody else who files with JSPS."""
    kanji = {"family_name_kanji": "伊藤", "given_name_kanji": "遥"}
    kana = {"family_name_kana": "イトウ", "given_name_kana": "ハルカ"}
    return user("haruka@osaka.example", family_name="Ito", given_name="Haruka", position="Professor", **kanji, **kana)


def test_reopening_says_what_it_means_then_does_it(client: Client, french: Proposal) -> None:
    client.post(address(french), form(client, french))
    page = client.get(address(french, "reopen")).content.decode()
    assert "it no longer counts as submitted" in page
    assert state(french) == ProposalState.SUBMITTED
    assert client.post(address(french, "reopen")).status_code == 302
    assert state(french) == ProposalState.DRAFT


def test_nothing_is_taken_back_after_the_deadline(client: Client, french: Proposal, clock: Any) -> None:
    client.post(address(french), form(client, french))
    clock.move_to(DEADLINE + MICROSECOND)
    sign_in(client, marie())
    for deed in ("reopen", "withdraw"):
        answer = client.post(address(french, deed), {"reason": "We fell ill."})
        assert (answer.status_code, state(french)) == (409, ProposalState.SUBMITTED)
    assert "We fell ill." in answer.content.decode()


def test_withdrawing_alone_speaks_of_no_partner(client: Client, french: Proposal) -> None:
    page = client.get(address(french, "withdraw")).content.decode()
    assert "This cannot be undone." in page
    assert "partner" not in page.split('<div class="panel">')[1].split("<form")[0]
    client.post(address(french, "withdraw"), {"reason": ""})
    assert (state(french), said(client)) == (ProposalState.WITHDRAWN, ["The record has been withdrawn."])


def test_withdrawing_from_a_pair_tells_the_partner(client: Client) -> None:
    french, japanese = confirmed_pair()
    sign_in(client, in_english(marie()))
    assert "The pair is void" in client.get(address(french, "withdraw")).content.decode()
    client.post(address(french, "withdraw"), {"reason": "We fell ill."})
    assert said(client) == ["The record has been withdrawn. Your partner has been told."]
    assert Message.objects.filter(kind="partner_withdrew", recipient=japanese.coordinator).count() == 1


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_reason_is_told_beside_it_and_kept(client: Client, french: Proposal, link: str, text: str) -> None:
    withdrawn = client.post(address(french, "withdraw"), {"reason": text})
    returned = Client().post(link, {"return": "1", "reason": text})
    for answer in (withdrawn, returned):
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["reason"]
        assert answer.context["form"]["reason"].value() == text
    assert state(french) == ProposalState.DRAFT
    assert Submission.objects.get().ended_at is None


def test_officer_approves_without_an_account_once(client: Client, link: str) -> None:
    assert "Ageing neurons" in client.get(link).content.decode()
    assert Submission.objects.get().counted_at is None
    assert client.post(link, {"approve": "1"}).status_code == 302
    assert Submission.objects.get().counted_at == BEFORE
    assert client.post(link, {"approve": "1"}).status_code == 409


def test_officer_returns_with_a_reason(client: Client, link: str) -> None:
    assert client.post(link, {"return": "1", "reason": ""}).status_code == 422
    assert client.post(link, {"return": "1", "reason": "The seal is missing."}).status_code == 302
    assert Submission.objects.get().ended_at == BEFORE
    assert "The seal is missing." in client.get(link).content.decode()


def test_approval_in_the_last_moment_passes_and_later_is_refused(client: Client, link: str, clock: Any) -> None:
    clock.move_to(DEADLINE + MICROSECOND)
    late = client.post(link, {"approve": "1"})
    assert (late.status_code, Submission.objects.get().counted_at) == (409, None)
    clock.move_to(DEADLINE)
    assert client.post(link, {"approve": "1"}).status_code == 302
    assert Submission.objects.get().counted_at == DEADLINE


def test_reason_typed_too_late_is_given_back(client: Client, link: str, clock: Any) -> None:
    clock.move_to(DEADLINE + MICROSECOND)
    answer = client.post(link, {"return": "1", "reason": "The seal is missing."})
    assert answer.status_code == 409
    assert "The seal is missing." in answer.content.decode()


def test_record_not_approved_in_time_is_said_to_have_lapsed_task_or_no_task(
    client: Client, link: str, clock: Any
) -> None:
    """R5 and R21: the receipt and the officer's page follow the rule, before the task has run and after."""
    filed = Submission.objects.get()
    sign_in(client, kenji())
    receipt = f"/proposals/{filed.proposal_id}/submissions/{filed.pk}/"
    assert "Awaiting the approval" in client.get(receipt).content.decode()
    for moment in (MICROSECOND, timedelta(hours=1)):
        clock.move_to(DEADLINE + moment)
        sign_in(client, kenji())
        assert "did not approve the record before the deadline" in client.get(receipt).content.decode()
        assert "Ageing neurons" not in Client().get(link).content.decode()
        actions.lapse_due(at=DEADLINE + moment)
    assert reread(filed.proposal).state == ProposalState.LAPSED


def test_number_of_queries_does_not_grow_with_the_rows(client: Client, french: Proposal) -> None:
    counts = []
    for rows in (1, 3, 30):
        for number in range(french.participants.filter(role="attendee").count(), rows):
            french.participants.create(
                family_name="Roux",
                email=f"guest{number}@inserm.example",
                given_name="Ana",
                side="FR",
                role="attendee",
                country_of_work="FR",
                career_stage="cr",
                laboratory=french.laboratories.first(),
                saved_at=BEFORE,
            )
        with CaptureQueriesContext(connection) as shown:
            sent = form(client, french)
        with CaptureQueriesContext(connection) as filed:
            assert client.post(address(french), sent).status_code == 302
        with CaptureQueriesContext(connection) as read:
            client.get(f"/proposals/{french.pk}/submissions/{french.submissions.first().pk}/")
        counts.append((len(shown), len(filed), len(read)))
        client.post(address(french, "reopen"))
    assert len(set(counts)) == 1, counts


def test_forged_token_is_not_found(client: Client, link: str) -> None:
    for token in ("x", "0" * 500, link.split("/")[2][:-1]):
        assert client.get(f"/approvals/{token}/").status_code == 404
        assert client.post(f"/approvals/{token}/", {"approve": "1"}).status_code == 404

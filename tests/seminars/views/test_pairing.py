"""The partner's page: who sees it, what it shows, and what its buttons do."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Message, User
from seminars.actions import pairing, submission
from seminars.actions.proposals import save_section
from seminars.models import Invitation, Participant, Proposal
from seminars.queries.shared import fingerprint
from tests import cast

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE + timedelta(hours=2)
DEEDS = ("invite", "revoke", "confirm", "leave", "take", "tell")


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(proposal: Proposal, by: User | None = None) -> str:
    answer = signed_in(by or proposal.coordinator).get(reverse("pairing", args=[proposal.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def post(proposal: Proposal, deed: str, by: User | None = None, **data: Any) -> Any:
    return signed_in(by or proposal.coordinator).post(reverse(f"pairing_{deed}", args=[proposal.pk]), data)


def change(proposal: Proposal, **values: Any) -> None:
    proposal = cast.reread(proposal)
    by = proposal.coordinator
    save_section(proposal, "facts", values, version=proposal.facts_version, by=by, at=cast.BEFORE)


def count(proposal: Proposal) -> int:
    client = signed_in(proposal.coordinator)
    client.get(reverse("pairing", args=[proposal.pk]))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("pairing", args=[proposal.pk]))
    return len(queries)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_stranger_is_sent_to_sign_in_and_others_get_404(deed: str) -> None:
    french, _japanese = cast.forming_pair()
    for address in (reverse("pairing", args=[french.pk]), reverse(f"pairing_{deed}", args=[french.pk])):
        answer = Client().post(address) if deed in address else Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    cast.inserm_officer()
    for other in (cast.kenji(), cast.user("third@example.org")):
        assert signed_in(other).get(reverse("pairing", args=[french.pk])).status_code == 404
        assert post(french, deed, other).status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_get_never_acts(deed: str) -> None:
    french, _japanese = cast.forming_pair()
    answer = signed_in(cast.marie()).get(reverse(f"pairing_{deed}", args=[french.pk]))
    assert answer.status_code == 405


def test_get_writes_nothing() -> None:
    french, _japanese = cast.forming_pair()
    client = signed_in(cast.marie())
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("pairing", args=[french.pk]))
    assert [query["sql"] for query in queries if re.match(r"(INSERT|UPDATE|DELETE)", query["sql"])] == []


def test_the_form_knows_the_partner_whom_the_record_names() -> None:
    content = page(cast.complete_draft(cast.marie()))
    assert f'value="{cast.kenji().email}"' in content
    assert '<option value="ja" selected>' in content


def test_invite_answers_303_and_the_page_shows_the_invitation() -> None:
    proposal = cast.draft_of(cast.marie())
    answer = post(proposal, "invite", email="Kenji.Tanaka@kyoto.example", name="田中 健二", language="ja", message="")
    assert (answer.status_code, answer["Location"]) == (303, reverse("pairing", args=[proposal.pk]))
    assert proposal.invitations.get().email == "kenji.tanaka@kyoto.example"
    content = page(proposal)
    assert "田中 健二, kenji.tanaka@kyoto.example" in content
    assert "31 juil. 2026" in content


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"email": "nonsense", "language": "ja", "message": "Bonjour"}, "Bonjour"),
        ({"email": "mıke@kyoto.example", "language": "ja", "message": "Bonjour"}, "mıke@kyoto.example"),
        ({"email": "marie.lefevre@inserm.example", "language": "ja"}, "marie.lefevre@inserm.example"),
        ({"email": "kenji@kyoto.example", "language": "xx", "message": "Bonjour"}, "kenji@kyoto.example"),
        ({"email": "kenji@kyoto.example", "language": "ja", "message": "a\x00b"}, "kenji@kyoto.example"),
        ({"email": "kenji@kyoto.example", "language": "ja", "message": "x" * 2001}, "x" * 2001),
        ({"email": "kenji@kyoto.example", "language": "ja", "name": "\u202eevil"}, "kenji@kyoto.example"),
        ({}, "id_email"),
        ({"email": "a@b.example", "language": "en", "name": "Pay at www.evil.example"}, "Pay at www.evil.example"),
    ],
)
def test_invite_with_a_wrong_field_says_so_beside_it_and_keeps_what_was_typed(data: dict[str, str], kept: str) -> None:
    proposal = cast.draft_of(cast.marie())
    answer = post(proposal, "invite", **data)
    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()
    assert kept in answer.content.decode()
    assert Invitation.objects.count() == 0


def test_a_pending_invitation_can_be_taken_back_and_the_form_comes_again() -> None:
    proposal = cast.draft_of(cast.marie())
    cast.invited(proposal, cast.kenji())
    assert post(proposal, "revoke").status_code == 303
    content = page(proposal)
    assert "kenji.tanaka@kyoto.example" in content
    assert reverse("pairing_invite", args=[proposal.pk]) in content
    assert reverse("pairing_revoke", args=[proposal.pk]) not in content


@pytest.mark.parametrize("ending", ["expired", "declined", "left"])
def test_what_became_of_the_last_invitation_is_said(ending: str, time_machine: Any) -> None:
    proposal = cast.draft_of(cast.marie())
    invitation = cast.invited(proposal, cast.kenji())
    if ending == "declined":
        pairing.decline_invitation(invitation, at=NOW)
    if ending == "left":
        pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=NOW)
        pairing.leave_pair(proposal, reason="x", by=cast.marie(), at=NOW)
    if ending == "expired":
        time_machine.move_to(invitation.expires_at, tick=False)
    content = page(proposal)
    assert "alert-warning" in content
    assert reverse("pairing_invite", args=[proposal.pk]) in content


def test_a_record_that_has_ended_says_why_it_can_have_no_partner() -> None:
    proposal = cast.draft_of(cast.marie())
    submission.withdraw(proposal.pk, reason="", by=cast.marie(), at=cast.BEFORE)
    content = page(proposal)
    assert 'class="empty"' in content
    assert reverse("pairing_invite", args=[proposal.pk]) not in content


def test_confirm_shows_until_it_is_done() -> None:
    french, japanese = cast.forming_pair()
    address = reverse("pairing_confirm", args=[french.pk])
    assert address in page(french)
    assert post(french, "confirm").status_code == 303
    assert address not in page(french)
    assert post(japanese, "confirm").status_code == 303
    assert Proposal.objects.filter(seminar__state="paired").count() == 2
    again = signed_in(cast.marie()).post(address, follow=True)
    assert "alert-danger" in again.content.decode()


def test_the_partners_private_content_does_not_show() -> None:
    french, japanese = cast.forming_pair()
    save_section(japanese, "case", {"objectives": "Our secret plan. " * 20}, version=0, by=cast.kenji(), at=NOW)
    content = page(french)
    assert "secret plan" not in content
    assert cast.kenji().email in content


def test_differences_show_side_by_side_with_what_may_be_taken() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_country="JP", title_en="Ageing of neurons", venue_city="")
    content = page(french)
    assert content.index('id="difference-venue_country"') < content.index('id="difference-title_en"')
    assert re.search(r"<ins><span class=\"visually-hidden\">[^<]+</span>of </ins>", content)
    assert content.count('name="fact"') == 2
    assert "state-stop" in content
    assert "state-warn" in content
    japanese_page = page(japanese)
    assert re.search(r"<del><span class=\"visually-hidden\">[^<]+</span>of </del>", japanese_page)
    assert japanese_page.count('name="fact"') == 3


def test_what_people_wrote_is_escaped_in_the_comparison() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, title_en="Ageing <script>alert(1)</script>")
    content = page(french)
    assert "<script>alert" not in content
    assert "&lt;" in content


def test_take_changes_the_record_and_keeps_the_earlier_value_in_sight() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, start_on=date(2027, 6, 13))
    seen = fingerprint(cast.reread(french), "dates")
    answer = post(french, "take", fact="dates", seen=seen)
    assert (answer.status_code, answer["Location"]) == (303, reverse("pairing", args=[french.pk]))
    assert cast.reread(french).start_on == date(2027, 6, 13)
    content = page(french)
    assert "14 juin 2027" in content
    assert "13 juin 2027" in content


def test_take_of_a_value_that_changed_meanwhile_answers_409_with_both_as_they_are() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    seen = fingerprint(cast.reread(french), "venue_city")
    change(japanese, venue_city="Nice")
    answer = post(french, "take", fact="venue_city", seen=seen)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "Nice" in content
    assert "Bordeaux" in content
    assert cast.reread(french).venue_city == "Bordeaux"
    assert (
        post(french, "take", fact="venue_city", seen=re.findall(r'name="seen" value="(\w+)"', content)[0]).status_code
        == 303
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"fact": "dates"},
        {"fact": "a b", "seen": "x"},
        {"fact": "<b>", "seen": "é"},
        {"fact": "x" * 99, "seen": "y"},
    ],
)
def test_take_of_nonsense_changes_nothing(data: dict[str, str]) -> None:
    french, _japanese = cast.forming_pair()
    assert post(french, "take", **data).status_code == 422


def test_take_is_not_offered_once_the_record_is_submitted() -> None:
    french, japanese = cast.confirmed_pair()
    change(japanese, venue_city="Lyon")
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    assert 'name="fact"' not in page(french)
    assert 'name="fact"' in page(japanese)


def test_tell_writes_to_the_partner_and_then_waits() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon", venue_name="Palais")
    assert post(french, "tell", facts=["venue_city"], note="Bordeaux ?").status_code == 303
    assert Message.objects.get(kind="partner_asks").recipient == cast.kenji()
    content = page(french)
    assert 'value="venue_name"' in content
    assert 'type="checkbox" name="facts" value="venue_city"' not in content


@pytest.mark.parametrize("data", [{}, {"facts": ["title_en"]}, {"facts": ["venue_city"], "note": "x" * 1001}])
def test_tell_of_nothing_that_differs_is_said_beside_the_field(data: dict[str, Any]) -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon")
    answer = post(french, "tell", **data)
    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()
    assert Message.objects.filter(kind="partner_asks").count() == 0


def test_leave_asks_for_a_reason_and_takes_the_pair_apart() -> None:
    french, _japanese = cast.forming_pair()
    assert post(french, "leave", reason=" ").status_code == 422
    assert post(french, "leave", reason="Too far away.").status_code == 303
    assert cast.reread(french).seminar is None


def test_leave_says_why_not_once_something_is_submitted() -> None:
    french, _japanese = cast.confirmed_pair()
    submission.submit(french.pk, form_uuid=uuid4(), by=cast.marie(), at=cast.BEFORE)
    assert 'name="reason"' not in page(french)
    refused = post(french, "leave", reason="We fell out.")
    assert refused.status_code == 409
    assert "We fell out." in refused.content.decode()
    assert cast.reread(french).seminar is not None


def test_the_page_reads_in_three_languages() -> None:
    french, japanese = cast.forming_pair()
    change(japanese, venue_city="Lyon", title_en="Ageing of neurons")
    for language in ("en", "fr", "ja"):
        User.objects.update(language=language)
        for proposal in (french, japanese):
            assert f'<html lang="{language}">' in page(Proposal.objects.get(pk=proposal.pk))


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    french, japanese = cast.forming_pair()
    few = count(french)
    for number in range(6):
        Participant.objects.create(proposal=french, side="FR", given_name=f"P{number}", saved_at=NOW)
        Participant.objects.create(proposal=japanese, side="JP", given_name=f"P{number}", saved_at=NOW)
    change(japanese, venue_city="Lyon", title_en="Another", keywords=["a", "b", "c"], venue_country="JP")
    assert count(french) == few

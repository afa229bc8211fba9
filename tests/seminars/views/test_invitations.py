"""The invitation page: what it tells whom, in which language, and that looking changes nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import HistoryEntry, User
from seminars.actions import pairing
from seminars.models import Invitation, Proposal, Seminar
from tests import cast

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE + timedelta(hours=2)
DEEDS = ("opened", "accept", "decline")
TITLE = "Ageing neurons"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def invitation() -> Invitation:
    return cast.invited(cast.complete_draft(cast.marie()), cast.kenji())


def client_of(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def page(invitation: Invitation, by: User | None = None, **headers: str) -> str:
    answer = client_of(by).get(reverse("invitation", args=[cast.token_of(invitation)]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def post(invitation: Invitation, deed: str, by: User | None = None, **data: Any) -> Any:
    return client_of(by).post(reverse(f"invitation_{deed}", args=[cast.token_of(invitation)]), data)


def test_an_unknown_token_is_404_for_everything(invitation: Invitation) -> None:
    for token in ("x", "A" * 43, invitation.token_hash, cast.token_of(invitation).swapcase()):
        assert Client().get(reverse("invitation", args=[token])).status_code == 404
        for deed in DEEDS:
            assert client_of(cast.kenji()).post(reverse(f"invitation_{deed}", args=[token])).status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_get_never_answers(invitation: Invitation, deed: str) -> None:
    address = reverse(f"invitation_{deed}", args=[cast.token_of(invitation)])
    assert client_of(cast.verified(cast.kenji())).get(address).status_code == 405


def test_looking_writes_nothing(invitation: Invitation) -> None:
    address = reverse("invitation", args=[cast.token_of(invitation)])
    for client in (Client(), client_of(cast.verified(cast.kenji()))):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert [query["sql"] for query in queries if re.match(r"(INSERT|UPDATE|DELETE)", query["sql"])] == []
    invitation.refresh_from_db()
    assert invitation.opened_at is None


def test_the_page_asks_by_post_that_its_opening_be_noted_once(invitation: Invitation) -> None:
    address = reverse("invitation_opened", args=[cast.token_of(invitation)])
    assert f'hx-post="{address}"' in page(invitation)
    assert post(invitation, "opened").status_code == 204
    invitation.refresh_from_db()
    assert invitation.opened_at == NOW
    assert "hx-post" not in page(invitation)


def test_opening_without_the_form_token_is_refused(invitation: Invitation) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("invitation_opened", args=[cast.token_of(invitation)])).status_code == 403


def test_a_stranger_reads_who_invites_to_what_and_how_to_sign_in(invitation: Invitation) -> None:
    content = page(invitation)
    for words in ("Marie LEFÈVRE", TITLE, "Shall we?", cast.kenji().email, "2026年9月3日", "17:00", "10:00"):
        assert words in content
    back = reverse("invitation", args=[cast.token_of(invitation)])
    assert f'href="{reverse("account_login")}?next={back}"' in content
    assert f"next={back}&amp;email=kenji.tanaka%40kyoto.example" in content
    assert reverse("invitation_accept", args=[cast.token_of(invitation)]) not in content


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_the_page_speaks_the_invitees_language(language: str) -> None:
    invitation = cast.invited(cast.draft_of(cast.marie()), cast.kenji(), language=language)
    answer = Client().get(
        reverse("invitation", args=[cast.token_of(invitation)]), headers={"accept-language": "de,en;q=0.5"}
    )
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer["Content-Language"] == language
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == language


def test_a_language_that_the_visitor_has_chosen_stays(invitation: Invitation) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    answer = client.get(reverse("invitation", args=[cast.token_of(invitation)]))
    assert '<html lang="fr">' in answer.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert '<html lang="fr">' in page(invitation, cast.marie())


def test_the_answer_is_kept_out_of_caches_and_referrers(invitation: Invitation) -> None:
    answer = Client().get(reverse("invitation", args=[cast.token_of(invitation)]))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_whoever_is_signed_in_with_another_address_reads_why_and_can_sign_out(invitation: Invitation) -> None:
    content = page(invitation, cast.verified(cast.user("third@example.org", language="en")))
    assert "another e-mail address" in content
    assert "third@example.org" in content
    assert reverse("account_logout") in content
    assert reverse("invitation_accept", args=[cast.token_of(invitation)]) not in content


def test_an_address_that_is_not_confirmed_cannot_accept(invitation: Invitation) -> None:
    EmailAddress.objects.create(user=cast.kenji(), email=cast.kenji().email, verified=False)
    answer = post(invitation, "accept", cast.kenji())
    assert (answer.status_code, Seminar.objects.count()) == (303, 0)


def test_the_inviter_reads_that_it_is_the_own_invitation(invitation: Invitation) -> None:
    User.objects.filter(pk=cast.marie().pk).update(language="en")
    assert "your own invitation" in page(invitation, User.objects.get(pk=cast.marie().pk))


def test_accept_makes_the_pair_and_leads_to_it(invitation: Invitation) -> None:
    answer = post(invitation, "accept", cast.verified(cast.kenji()))
    record = Proposal.objects.get(coordinator=cast.kenji())
    assert (answer.status_code, answer["Location"]) == (303, reverse("pairing", args=[record.pk]))
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.opened_at, invitation.accepted_by) == (NOW, NOW, cast.kenji())


def test_accept_again_leads_to_the_pair(invitation: Invitation) -> None:
    post(invitation, "accept", cast.verified(cast.kenji()))
    record = Proposal.objects.get(coordinator=cast.kenji())
    assert post(invitation, "accept", cast.kenji())["Location"] == reverse("pairing", args=[record.pk])
    assert reverse("pairing", args=[record.pk]) in page(invitation, cast.kenji())
    assert Proposal.objects.count() == 2


def test_accept_by_a_stranger_asks_to_sign_in(invitation: Invitation) -> None:
    answer = post(invitation, "accept")
    assert answer.status_code == 302
    assert Seminar.objects.count() == 0


def test_accept_offers_the_own_record(invitation: Invitation) -> None:
    own = cast.draft_of(cast.verified(cast.kenji()), "JP")
    content = page(invitation, cast.kenji())
    assert f'name="attach" value="{own.pk}"' in content
    assert post(invitation, "accept", cast.kenji(), attach=own.pk)["Location"] == reverse("pairing", args=[own.pk])


@pytest.mark.parametrize("attach", ["-1", "x", "0", "99999999999999999999999"])
def test_accept_with_a_forged_record_makes_no_pair_of_it(invitation: Invitation, attach: str) -> None:
    cast.draft_of(cast.verified(cast.kenji()), "JP")
    assert post(invitation, "accept", cast.kenji(), attach=attach).status_code in (303, 404)
    assert Seminar.objects.count() == 0


def test_accept_with_somebody_elses_record_is_404(invitation: Invitation) -> None:
    other = cast.draft_of(cast.user("third@example.org"), "JP")
    assert post(invitation, "accept", cast.verified(cast.kenji()), attach=other.pk).status_code == 404


def test_decline_needs_no_account(invitation: Invitation) -> None:
    answer = post(invitation, "decline")
    assert (answer.status_code, answer["Location"]) == (303, reverse("invitation", args=[cast.token_of(invitation)]))
    invitation.refresh_from_db()
    assert invitation.declined_at == NOW
    assert post(invitation, "decline").status_code == 303


@pytest.mark.parametrize("ending", ["accepted", "declined", "revoked", "expired"])
def test_an_invitation_that_is_over_says_so_and_nothing_else(
    invitation: Invitation, ending: str, time_machine: Any
) -> None:
    if ending == "accepted":
        pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=NOW)
    if ending == "declined":
        pairing.decline_invitation(invitation, at=NOW)
    if ending == "revoked":
        pairing.revoke_invitation(invitation.proposal, by=cast.marie(), at=NOW)
    if ending == "expired":
        time_machine.move_to(invitation.expires_at, tick=False)
    for visitor in (None, cast.user("third@example.org")):
        content = page(invitation, visitor)
        for secret in ("Marie", "LEFÈVRE", TITLE, "Shall we?", cast.kenji().email, "hx-post"):
            assert secret not in content


def test_a_token_is_nowhere_in_the_history_and_not_with_the_invitation(invitation: Invitation) -> None:
    token = cast.token_of(invitation)
    post(invitation, "opened")
    post(invitation, "accept", cast.verified(cast.kenji()))
    assert token not in str(list(HistoryEntry.objects.values()))


def test_the_number_of_queries_stays_small(invitation: Invitation) -> None:
    address = reverse("invitation", args=[cast.token_of(invitation)])
    with CaptureQueriesContext(connection) as queries:
        Client().get(address)
    assert len(queries) <= 4

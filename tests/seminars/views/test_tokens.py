"""The keys of an agency's systems: made and taken back by its officers and by administrators."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import HistoryEntry, User
from seminars.actions import tokens
from seminars.models import ApiToken
from seminars.permissions import Refused
from tests import cast, keys
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**changes: Any) -> dict[str, Any]:
    said = {"agency": cast.inserm().pk, "name": "Warehouse", "rights": ["calls", "pairs"], "lifetime": "90"}
    return {**said, **changes}


@pytest.fixture
def officer() -> Client:
    return sign_in(Client(), cast.in_english(cast.inserm_officer()))


def test_officer_makes_a_token_and_reads_it_once(officer: Client) -> None:
    assert "No token yet" in officer.get("/tokens/").text
    answer = officer.post("/tokens/", typed())
    secret = answer.context["secret"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    [token] = ApiToken.objects.all()
    assert [right.value for right in token.rights] == ["calls", "pairs"]
    assert token.expires_at == NOW + timedelta(days=90)
    assert keys.reader(secret).get("/api/v1/calls").status_code == 200
    assert secret not in officer.get("/tokens/").text
    entry = HistoryEntry.objects.about(token).get()
    assert (entry.verb, entry.actor, entry.after["agency"]) == ("token_made", cast.inserm_officer(), "inserm")
    assert secret not in str(HistoryEntry.objects.values())


def test_officer_makes_none_for_the_other_agency(officer: Client) -> None:
    assert officer.post("/tokens/", typed(agency=cast.jsps().pk)).status_code == 422
    with pytest.raises(Refused):
        tokens.make_token(
            cast.jsps(), name="x", rights=["calls"], expires_at=NOW + timedelta(1), by=cast.inserm_officer(), at=NOW
        )
    assert not ApiToken.objects.exists()


def test_administrator_makes_tokens_of_any_agency() -> None:
    client = sign_in(Client(), User.objects.create_superuser("admin@example.org"))
    for agency in (cast.inserm(), cast.jsps()):
        assert client.post("/tokens/", typed(agency=agency.pk)).status_code == 200
    assert ApiToken.objects.count() == 2
    assert "Warehouse" in client.get("/tokens/").text


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"rights": []}, {"rights": ["contacts"]}, {"rights": ["all"]}, {"lifetime": "9999"}, {"agency": 0}],
)
def test_form_gives_back_what_cannot_be(officer: Client, changes: dict[str, Any]) -> None:
    assert officer.post("/tokens/", typed(**changes)).status_code == 422
    assert not ApiToken.objects.exists()


def test_token_is_taken_back_after_a_question(officer: Client) -> None:
    token, secret = keys.token_of(cast.inserm(), at=NOW)
    page = f"/tokens/{token.pk}/revoke/"
    assert "reads nothing any more" in officer.get(page).text
    assert keys.reader(secret).get("/api/v1/calls").status_code == 200
    assert officer.post(page).status_code == 303
    assert keys.reader(secret).get("/api/v1/calls").status_code == 401
    assert officer.post(page).status_code == 409
    assert HistoryEntry.objects.about(token).first().verb == "token_revoked"
    assert "Revoked" in officer.get("/tokens/").text


def test_tokens_of_the_other_agency_are_not_there(officer: Client) -> None:
    token, _secret = keys.token_of(cast.jsps(), at=NOW)
    assert token.ending not in officer.get("/tokens/").text
    assert officer.get(f"/tokens/{token.pk}/revoke/").status_code == 404
    with pytest.raises(Refused):
        tokens.revoke_token(token, by=cast.inserm_officer(), at=NOW)


@pytest.mark.parametrize("role", ["coordinator", "officer_without_factor"])
def test_page_is_for_officers_with_a_second_factor(role: str) -> None:
    person = cast.marie() if role == "coordinator" else cast.inserm_officer()
    answer = sign_in(Client(), person, second_factor=False).get("/tokens/")
    assert answer.status_code == (404 if role == "coordinator" else 302)


def test_reference_describes_every_operation_to_anybody() -> None:
    page = Client().get("/api/", headers={"accept-language": "en"}).text
    description = Client().get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.")
    for path in description["paths"]:
        assert f"GET {path}" in page
    for name in description["components"]["schemas"]:
        assert f'id="shape-{name}"' in page

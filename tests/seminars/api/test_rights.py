"""Who may read what: every operation names its right, and asks for a token in force, each time (SAFETY 1, 2)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver
from ninja.operation import PathView

from seminars.actions import tokens
from seminars.api.bearer import Bearer
from seminars.api.guessing import WRONG
from seminars.api.site import api
from seminars.choices import ApiRight, ProposalState
from seminars.models import ApiToken, Proposal
from tests import cast, keys
from tests.desk_records import pair, proposal

pytestmark = pytest.mark.django_db
NOW = cast.BEFORE + timedelta(days=1)
METHODS = ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def operations() -> list[Any]:
    views: list[PathView] = [view for router in api._get_bound_routers() for view in router.path_operations.values()]
    return [operation for view in views for operation in view.operations]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every address of the interface, each under its right; with a record and a pair behind it."""
    call = cast.call_2026()
    own = proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en="Own")
    seminar = pair(own, proposal(call, cast.jsps(), title_en="Paired"))
    return {
        "/api/v1/calls": ApiRight.CALLS,
        "/api/v1/calls/inserm-jsps-2026": ApiRight.CALLS,
        "/api/v1/proposals": ApiRight.PROPOSALS,
        f"/api/v1/proposals/{own.pk}": ApiRight.PROPOSALS,
        "/api/v1/pairs": ApiRight.PAIRS,
        f"/api/v1/pairs/{seminar.pk}": ApiRight.PAIRS,
        "/api/v1/decisions": ApiRight.DECISIONS,
    }


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def problem(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.json()


def test_every_operation_declares_its_right() -> None:
    assert len(operations()) == 7
    for operation in operations():
        [policy] = operation.auth_callbacks
        assert isinstance(policy, Bearer), operation.path
        assert policy.right in ApiRight
        assert operation.methods == ["GET"]


def test_the_interface_serves_nothing_but_operations_and_their_description() -> None:
    _prefix, resolver = get_resolver().namespace_dict["api"]
    names = {pattern.name for pattern in resolver.url_patterns}
    assert names == {operation.view_func.__name__ for operation in operations()} | {"openapi-json", "api-root"}


def test_rights_by_operation(addresses: dict[str, str]) -> None:
    for right in (ApiRight.CALLS, ApiRight.PROPOSALS, ApiRight.PAIRS, ApiRight.DECISIONS):
        client = keys.reader_of(cast.inserm(), right)
        for address, wanted in addresses.items():
            answer = client.get(address)
            assert answer.status_code == (200 if wanted == right else 403), (right, address)
            if wanted != right:
                assert problem(answer) == {"type": "about:blank", "title": "Forbidden", "status": 403}


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer nonsense", "Basic Zm9v", "\u00e9", "bearer \x01"]
)
def test_nobody_without_a_token_gets_in(addresses: dict[str, str], header: str | None) -> None:
    client = Client(headers={"authorization": header} if header is not None else {}, raise_request_exception=False)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 401
        assert problem(answer) == {"type": "about:blank", "title": "Unauthorized", "status": 401}
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_expired_token_opens_nothing(addresses: dict[str, str]) -> None:
    token, secret = keys.token_of(cast.inserm(), days=30)
    client = keys.reader(secret)
    with time_machine.travel(token.expires_at - timedelta(microseconds=1), tick=False):
        assert client.get("/api/v1/calls").status_code == 200
    with time_machine.travel(token.expires_at, tick=False):
        assert {client.get(address).status_code for address in addresses} == {401}


def test_revoked_token_opens_nothing(addresses: dict[str, str]) -> None:
    token, secret = keys.token_of(cast.inserm())
    tokens.revoke_token(token, by=cast.inserm_officer(), at=NOW)
    assert {keys.reader(secret).get(address).status_code for address in addresses} == {401}


def test_token_is_kept_as_its_hash_only() -> None:
    token, secret = keys.token_of(cast.inserm())
    stored = ApiToken.objects.values().get(pk=token.pk)
    assert secret not in str(stored)
    assert stored["ending"] == secret[-4:]


def test_the_interface_changes_nothing(addresses: dict[str, str]) -> None:
    client = keys.reader_of(cast.inserm())
    for address in addresses:
        for method in METHODS:
            answer = client.generic(method, address)
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET"), (method, address)
            if method != "HEAD":
                assert problem(answer) == {"type": "about:blank", "title": "Method Not Allowed", "status": 405}


def test_an_answer_that_is_known_is_not_sent_again(addresses: dict[str, str]) -> None:
    client = keys.reader_of(cast.inserm())
    for address in addresses:
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert "no-store" in again.headers["Cache-Control"]
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    tag = client.get("/api/v1/proposals").headers["ETag"]
    Proposal.objects.update(title_en="Changed")
    assert client.get("/api/v1/proposals", headers={"if-none-match": tag}).status_code == 200


def test_who_may_not_read_is_not_told_that_nothing_changed(addresses: dict[str, str]) -> None:
    tag = keys.reader_of(cast.inserm()).get("/api/v1/proposals").headers["ETag"]
    without = keys.reader_of(cast.inserm(), ApiRight.CALLS)
    assert without.get("/api/v1/proposals", headers={"if-none-match": tag}).status_code == 403
    assert keys.reader("nonsense").get("/api/v1/proposals", headers={"if-none-match": tag}).status_code == 401


def guesses(number: int, **seen: str) -> list[int]:
    return [keys.reader(f"seminars_{at}").get("/api/v1/calls", **seen).status_code for at in range(number)]


def test_wrong_tokens_of_a_minute_are_limited_by_address_and_right_ones_pass() -> None:
    cast.call_2026()
    assert guesses(WRONG + 2) == [*[401] * WRONG, 429, 429]
    answer = keys.reader("seminars_more").get("/api/v1/calls")
    assert (answer.headers["Retry-After"], problem(answer)["status"]) == ("60", 429)
    assert keys.reader_of(cast.inserm()).get("/api/v1/calls").status_code == 200
    assert guesses(1, REMOTE_ADDR="192.0.2.7") == [401]
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert guesses(1) == [401]


def test_addresses_that_a_caller_claims_count_only_behind_a_proxy(settings: Any) -> None:
    assert guesses(WRONG, HTTP_X_FORWARDED_FOR="192.0.2.1")[-1] == 401
    assert guesses(1, HTTP_X_FORWARDED_FOR="192.0.2.2") == [429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert guesses(1, HTTP_X_FORWARDED_FOR="192.0.2.2") == [401]


def test_one_network_of_ipv6_counts_as_one_address() -> None:
    shown = [guesses(1, REMOTE_ADDR=f"2001:db8:1:2::{at:x}") for at in range(WRONG + 1)]
    assert shown == [*[[401]] * WRONG, [429]]
    assert guesses(1, REMOTE_ADDR="2001:db8:1:3::1") == [401]


def test_requests_of_a_minute_are_limited(addresses: dict[str, str], monkeypatch: Any) -> None:
    monkeypatch.setattr(tokens, "REQUESTS", 3)
    client, other = keys.reader_of(cast.inserm()), keys.reader_of(cast.inserm())
    assert [client.get("/api/v1/calls").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = client.get("/api/v1/calls")
    assert answer.headers["Retry-After"] == "60"
    assert problem(answer)["status"] == 429
    assert other.get("/api/v1/calls").status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert client.get("/api/v1/calls").status_code == 200


def test_last_use_is_kept() -> None:
    token, secret = keys.token_of(cast.inserm())
    keys.reader(secret).get("/api/v1/calls")
    token.refresh_from_db()
    assert token.last_used_at == NOW


@pytest.mark.parametrize("address", ["/api/v1/nowhere", "/api/v1/proposals/", "/api/v2/calls", "/api/v1/proposals/x"])
def test_unknown_address_is_a_problem(address: str) -> None:
    for method in ("GET", "POST"):
        answer = keys.reader_of(cast.inserm()).generic(method, address)
        assert answer.status_code == 404
        assert problem(answer) == {"type": "about:blank", "title": "Not Found", "status": 404}


def test_answers_are_kept_nowhere(addresses: dict[str, str]) -> None:
    client = keys.reader_of(cast.inserm())
    for address in addresses:
        assert client.get(address).headers["Cache-Control"] == "private, no-store"

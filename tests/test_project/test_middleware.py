"""Arrival, privacy and clean text, for every request."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.rules.text import forbidden_characters
from config import middleware
from config.middleware import Handler

NUL, OVERRIDE, SURROGATE = "\x00", "\u202e", "\ud800"


def seen_by_view(wrap: Callable[[Handler], Handler], request: HttpRequest) -> HttpRequest:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse("ok")

    wrap(view)(request)
    return seen[0]


def test_arrival_is_stamped_in_utc_to_the_microsecond(rf: RequestFactory) -> None:
    instant = datetime(2026, 9, 3, 8, 0, 0, 1, UTC)
    with time_machine.travel(instant, tick=False):
        request = seen_by_view(middleware.arrival, rf.get("/"))
    assert request.arrived_at == instant


def test_answer_is_kept_out_of_caches(rf: RequestFactory) -> None:
    response = middleware.private_pages(lambda request: HttpResponse("ok"))(rf.get("/"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie"


def test_answer_that_says_otherwise_is_left_alone(rf: RequestFactory) -> None:
    public = HttpResponse("ok", headers={"Cache-Control": "public, max-age=60"})
    response = middleware.private_pages(lambda request: public)(rf.get("/"))
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in response


def test_unclean_cookie_is_forgotten_and_others_kept(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES = {"sessionid": "a" * 32, "language": f"fr{NUL}", f"a{OVERRIDE}b": "c"}
    assert seen_by_view(middleware.clean_cookies, request).COOKIES == {"sessionid": "a" * 32}


@pytest.mark.django_db
def test_nul_hidden_in_a_session_cookie_is_no_error(client: Client) -> None:
    response = client.get("/healthz/ready", headers={"cookie": r'sessionid="\000' + "a" * 31 + '"'})
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/%00", "/a%E2%80%AEb", "/?q=%00", "/?q=a%E2%80%AEb", "/?%00=1", "/?q=%1B"])
@pytest.mark.django_db
def test_unclean_address_is_refused_with_a_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert b"Traceback" not in response.content


@pytest.mark.parametrize("path", ["/healthz/live?q=%C3%A9%E6%97%A5", "/healthz/live?q=a%0Ab%09c"])
@pytest.mark.django_db
def test_clean_address_passes(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_every_forbidden_character_is_unclean() -> None:
    """The quick way out for printable text lets none of them pass."""
    characters = [chr(code) for code in range(0x110000)]
    forbidden = [character for character in characters if forbidden_characters(character)]
    assert len(forbidden) > 2000
    assert [character for character in forbidden if not middleware.unclean(character)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["base64", "idna", "utf-16", "no-such-charset"])
def test_form_that_claims_another_charset_is_read_as_utf_8(client: Client, charset: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nja\r\n--x--\r\n'
    answer = client.generic("POST", "/language/", body, f"multipart/form-data; boundary=x; charset={charset}")
    assert (answer.status_code, answer.cookies["language"].value) == (303, "ja")

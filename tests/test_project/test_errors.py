"""What went wrong is said kindly, in a page of ours, without a word on the inside."""

import types
from typing import Any, NoReturn

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path, reverse

from config import urls

INSIDE = "the secret inside"


def fail(request: HttpRequest, kind: str) -> NoReturn:
    raise {"broken": ValueError, "forbidden": PermissionDenied, "suspicious": SuspiciousOperation}[kind](INSIDE)


@pytest.fixture
def client(settings: Any) -> Client:
    """A client whose server also has views that fail."""
    failing = types.ModuleType("failing")
    failing.urlpatterns = [path("fail/<kind>", fail), path("", include(urls))]
    failing.handler400, failing.handler500 = urls.handler400, urls.handler500
    settings.ROOT_URLCONF = failing
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/fail/broken", 500), ("/fail/forbidden", 403), ("/fail/suspicious", 400), ("/?q=%00", 400)],
)
@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_failure_shows_a_page_of_ours(client: Client, address: str, status: int, language: str) -> None:
    response = client.get(address, headers={"accept-language": language})
    page = response.content.decode()
    assert response.status_code == status
    assert f'lang="{language}"' in page
    assert '<link rel="stylesheet"' in page
    for secret in (INSIDE, "Traceback", "ValueError", "config.urls"):
        assert secret not in page


def test_failure_without_database_shows_a_page(client: Client, db: None) -> None:
    def broken(*_arguments: object) -> None:
        raise DatabaseError("gone")

    client.cookies["sessionid"] = "a" * 32
    with connection.execute_wrapper(broken):
        response = client.get("/")
    assert response.status_code == 500
    assert b"<html" in response.content


@pytest.mark.django_db
def test_outdated_form_gives_back_what_was_typed_and_no_secret(client: Client) -> None:
    client.handler.enforce_csrf_checks = True
    typed = {"title": "Séminaire <b>conjoint</b>", "password": "hunter2-hunter2", "csrfmiddlewaretoken": "x" * 32}
    response = client.post(reverse("account_login"), typed)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Séminaire &lt;b&gt;conjoint&lt;/b&gt;" in page
    assert "hunter2" not in page

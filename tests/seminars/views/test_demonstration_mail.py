"""The mailbox of the demonstration: one person's mail, and its HTML in a frame in which nothing runs."""

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches

import config.urls
import seminars.urls
from accounts.actions.messages import queue_message
from tests.cast import kenji, marie

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> Iterator[None]:
    """Serve the demonstration's addresses during a test."""

    def read_again() -> None:
        for module in (seminars.urls, config.urls):
            importlib.reload(module)
        clear_url_caches()

    settings.DEMO = True
    read_again()
    yield
    settings.DEMO = False
    read_again()


def test_mail_of_one_person_and_its_html_in_a_closed_frame(client: Client) -> None:
    for person in (marie(), kenji()):
        message = queue_message("account_password_set", to=person, about=None, context={}, at=NOW)
    listed = client.get("/demonstration/mail/", {"to": kenji().email}).content.decode()
    assert "田中 健二 (1)" in listed
    assert listed.count("/demonstration/mail/") - listed.count("/demonstration/mail/?") >= 1
    page = client.get(f"/demonstration/mail/{message.pk}/")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'src="/demonstration/mail/{message.pk}/html/"' in page.content.decode()
    frame = client.get(f"/demonstration/mail/{message.pk}/html/")
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = set(frame.headers["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"} <= policy
    assert not [part for part in policy if part.startswith("script-src") or "allow-scripts" in part]
    assert '<base target="_top">' in frame.content.decode()

"""The pages on personal data in three languages, on a phone and a desk: axe finds nothing, nothing is too wide."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.choices import PackState
from seminars.models import PersonalCopy
from tests import cast
from tests.seminars.filed import filed_pair
from tests.signing import browse_as
from tests.watching import listen, look

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = ((1280, 900), (390, 844))


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_the_pages_on_personal_data_are_for_everybody(
    live_server: LiveServer, browser: Browser, files_root: Path, language: str
) -> None:
    marie, now = cast.marie(), timezone.now()
    filed_pair(marie)
    admin = User.objects.create_superuser("admin@example.org", family_name="Admin", given_name="Ada")
    User.objects.update(language=language)
    done = {"state": PackState.READY, "size": 40_000, "file": "x.zip", "expires_at": now + timedelta(hours=40)}
    for values in (done, {"state": PackState.FAILED}, {"state": PackState.MAKING}):
        PersonalCopy.objects.create(person=marie, asked_at=now, beat_at=now, **values)
    faults: list[str] = []
    stranger = User.objects.create_user("alone@example.org")
    visits = ((None, "/privacy/"), (marie, "/account/"), (marie, "/account/data/"))
    erasing = ((admin, f"/people/{marie.pk}/erase/"), (admin, f"/people/{stranger.pk}/erase/"))
    for person, path in (*visits, *erasing):
        context = browser.new_context(locale=language)
        if person:
            browse_as(context, User.objects.get(pk=person.pk), live_server.url)
        page = listen(context.new_page(), faults)
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert (answer.status, page.locator("html").get_attribute("lang")) == (200, language)
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            look(page)
        context.close()
    assert faults == []

"""The directory in a browser: what is typed finds a laboratory, and choosing it fills in the rest."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from seminars.actions.directory import save_entry
from seminars.models import DirectoryEntry
from tests import cast
from tests.seminars.browser.test_autosave import open_now
from tests.signing import browse_as
from tests.watching import look

pytestmark = pytest.mark.django_db(transaction=True)


def test_chosen_laboratory_fills_in_the_form(page: Page, live_server: LiveServer) -> None:
    at = open_now()
    draft = cast.complete_draft(cast.in_english(cast.marie()), at=at)
    values: dict[str, Any] = {"kind": "inserm", "country": "FR", "unit": "U1016", "city": "Paris"}
    entry = DirectoryEntry(agency=cast.inserm(), name="Institut Cochin", **values)
    save_entry(entry, spellings=["Cochin Institute"], by=cast.inserm_officer(), at=at)
    browse_as(page.context, cast.marie(), live_server.url)
    page.goto(f"{live_server}/proposals/{draft.pk}/laboratories/add/")
    name = page.locator("#id_name")
    name.press_sequentially("cochin")
    expect(page.locator("datalist option")).to_have_count(1)
    name.fill("Institut Cochin")
    expect(page.locator("#id_unit")).to_have_value("U1016")
    expect(page.locator("#id_kind")).to_have_value("inserm")


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_pages_have_no_barriers(page: Page, live_server: LiveServer, language: str) -> None:
    at = open_now()
    cast.complete_draft(cast.marie(), at=at)
    officer = cast.inserm_officer()
    officer.language = language
    officer.save()
    entry = DirectoryEntry(agency=cast.inserm(), name="Institut Cochin", country="FR")
    save_entry(entry, spellings=["Cochin"], by=officer, at=at)
    browse_as(page.context, officer, live_server.url)
    for path in ("/desk/laboratories/", f"/desk/laboratories/{entry.pk}/", f"/desk/laboratories/{entry.pk}/remove/"):
        page.goto(f"{live_server}{path}")
        look(page)

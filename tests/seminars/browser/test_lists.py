"""Importing a list in a real browser: all its steps, without barriers, with progress, and without scripts."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.actions.list_import import import_ordered
from seminars.models import ListedApplication
from tests import cast, lists
from tests.signing import browse_as
from tests.spreadsheets import HEADINGS, SATO, TANAKA, csv
from tests.watching import PHONE, listen, look

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files_root")]
LISTS = reverse("application_lists", args=["inserm-jsps-2026"])


@pytest.fixture
def officer(transactional_db: None) -> User:
    cast.call_2026()
    return cast.in_english(cast.jsps_officer())


def upload(page: Page, server: LiveServer, file: Path) -> None:
    """Go from the lists to the preview, looking at each step."""
    for name in ("Import a list", "Read the file", "Go on to the preview"):
        expect(page.get_by_role("link" if name == "Import a list" else "button", name=name)).to_be_visible()
        look(page)
        if name == "Read the file":
            page.get_by_label("List").set_input_files(file)
        page.get_by_role("link" if name == "Import a list" else "button", name=name).click()
    expect(page.get_by_role("heading", name="What would be imported")).to_be_visible()
    look(page)


def test_a_list_is_imported_and_undone(page: Page, live_server: LiveServer, tmp_path: Path, officer: User) -> None:
    faults: list[str] = []
    file = tmp_path / "list.csv"
    file.write_bytes(csv(HEADINGS, TANAKA, TANAKA, ("JP-003", *SATO[1:4], "2027年7月上旬", *SATO[5:])))
    browse_as(page.context, officer, live_server.url)
    listen(page, faults).goto(f"{live_server}{LISTS}")
    upload(page, live_server, file)
    expect(page.get_by_text("“2027年7月上旬” names no exact day; left empty")).to_be_visible()
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("Some rows cannot be imported.")).to_be_visible()
    page.get_by_label("Choice for row 3").select_option("Leave out")
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_role("heading", name="What was imported")).to_be_visible()
    page.get_by_text("Row 2 as received").click()
    expect(page.get_by_text("2027年6月14日～16日")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Undo the import").click()
    page.wait_for_url("**/undo/")
    look(page)
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("The import was undone.")).to_be_visible()
    assert (faults, ListedApplication.objects.count()) == ([], 0)


def test_a_long_import_shows_its_progress_by_itself(page: Page, live_server: LiveServer, officer: User) -> None:
    rows = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(301)]
    listed = lists.uploaded(csv(HEADINGS, *rows))
    browse_as(page.context, officer, live_server.url)
    page.goto(f"{live_server}{reverse('application_list_preview', args=[listed.pk])}")
    page.get_by_role("button", name="Import 301 rows").click()
    expect(page.get_by_role("heading", name="The list is being imported")).to_be_visible()
    look(page)
    import_ordered(at=cast.BEFORE)
    expect(page.get_by_role("heading", name="What was imported")).to_be_visible()


def test_everything_works_without_scripts_on_a_phone(
    browser: Browser, live_server: LiveServer, tmp_path: Path, officer: User
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(csv(HEADINGS, TANAKA, SATO, encoding="utf-16"))
    context = browser.new_context(java_script_enabled=False, locale="en-GB", **PHONE)
    browse_as(context, officer, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server}{LISTS}")
    page.get_by_role("link", name="Import a list").click()
    page.get_by_label("List").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text(re.compile("This was read as UTF-16-LE"))).to_be_visible()
    page.get_by_role("button", name="Go on to the preview").click()
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_role("heading", name="What was imported")).to_be_visible()
    context.close()
    assert ListedApplication.objects.count() == 2

"""Rows and files in a real browser: typed in place, and as plain pages without JavaScript."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.models import CallAgency, Proposal
from tests import cast, pdfs
from tests.seminars import typed
from tests.signing import browse_as
from tests.watching import PHONE, barriers, is_too_wide, listen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(transactional_db: None, files_root: Path) -> Proposal:
    """Marie's complete draft in a call that is open today; Marie reads English."""
    now = datetime.now(UTC)
    CallAgency.objects.filter(call=cast.call_2026()).update(deadline_at=now + timedelta(days=40))
    pk = cast.complete_draft(cast.marie(), at=now).pk
    User.objects.update(language="en")
    return Proposal.objects.get(pk=pk)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: Any, browser: Browser, live_server: LiveServer, draft: Proposal) -> Iterator[Page]:
    """A page of Marie's browser, with JavaScript and without."""
    faults: list[str] = []
    context = browser.new_context(java_script_enabled=request.param, locale="en-GB")
    browse_as(context, cast.marie(), live_server.url)
    yield listen(context.new_page(), faults)
    context.close()
    assert faults == []


@pytest.fixture
def window(context: BrowserContext, live_server: LiveServer, draft: Proposal) -> BrowserContext:
    """A browser in which Marie is signed in."""
    browse_as(context, cast.marie(), live_server.url)
    return context


@pytest.fixture
def address(live_server: LiveServer, draft: Proposal) -> str:
    """The address of Marie's record."""
    return f"{live_server}/proposals/{draft.pk}"


def pdf(data: bytes, name: str = "letter.pdf") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_session_is_added_changed_and_removed(page: Page, address: str, draft: Proposal) -> None:
    page.goto(f"{address}/programme/")
    page.get_by_role("link", name="Add a session on 15 Jun 2027").click()
    expect(page.get_by_label("Start")).to_have_value("09:00")
    press(page, "Save")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    page.get_by_label("Title").fill("From mouse to man")
    page.get_by_label("Speaker").fill("Kenji TANAKA")
    press(page, "Save and add another")
    expect(page.get_by_label("Start")).to_have_value("09:30")
    page.get_by_label("Title").fill("From man to mouse")
    press(page, "Save")
    expect(page.locator(".row-done")).to_contain_text("From man to mouse")
    page.get_by_role("link", name="Edit “From man to mouse”").click()
    page.get_by_label("End").fill("11:00")
    press(page, "Save")
    expect(page.locator(".row-done")).to_contain_text("09:30–11:00")
    page.get_by_role("link", name="Remove “From mouse to man”").click()
    press(page, "Remove")
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    assert [session.title for session in draft.sessions.all()] == ["Opening", "From man to mouse"]


def test_participant_is_added_with_a_new_laboratory(page: Page, address: str, draft: Proposal) -> None:
    page.goto(f"{address}/participants/")
    page.get_by_role("link", name="Add a participant for JSPS").click()
    page.get_by_label("Family name", exact=True).fill("Satō")
    page.get_by_label("Given name", exact=True).fill("Haruka")
    page.get_by_label("Family name in kanji").fill("佐藤")
    page.get_by_label("Role").select_option("Speaker")
    page.get_by_label("Grade").select_option("Professor")
    page.get_by_label("Young researcher").check()
    page.get_by_label("Laboratory", exact=True).select_option("A laboratory not in this list")
    page.get_by_label("Name of the laboratory").fill("Riken")
    page.get_by_label("City").fill("Wakō")
    page.get_by_label("Country", exact=False).nth(1).select_option("Japan")
    page.get_by_label("Title of the talk").fill("Calcium")
    press(page, "Save")
    expect(page.locator(".row-done")).to_contain_text("Haruka SATŌ")
    person = draft.participants.get(family_name="Satō")
    assert (str(person.laboratory), person.country_of_work, person.role, person.young) == (
        "Riken",
        "JP",
        "speaker",
        True,
    )


def test_budget_line_is_added(page: Page, address: str, draft: Proposal) -> None:
    page.goto(f"{address}/budget/")
    page.get_by_role("link", name="Add a line").click()
    page.get_by_label("Budget category").select_option("Accommodation")
    page.get_by_label("Quantity").fill("100")
    page.get_by_label("Unit cost in euros").fill("1,234.50")
    press(page, "Save")
    expect(page.locator(".row-done")).to_contain_text("€123,450.00")
    expect(page.locator("#total")).to_contain_text("This is €111,510.00 over the maximum amount.")
    assert draft.lines.count() == 2


def test_pdf_is_attached_and_removed(page: Page, address: str, draft: Proposal) -> None:
    page.goto(f"{address}/attachments/")
    page.get_by_label("PDF file").set_input_files(pdf(pdfs.with_javascript()))
    press(page, "Attach")
    expect(page.get_by_text("This PDF holds scripts (JavaScript).")).to_be_visible()
    page.get_by_label("PDF file").set_input_files(pdf(pdfs.plain(2)))
    press(page, "Attach")
    expect(page.locator(".row-done")).to_contain_text("letter.pdf")
    with page.expect_download() as download:
        page.get_by_role("link", name="letter.pdf", exact=True).click()
    assert Path(download.value.path()).read_bytes() == pdfs.plain(2)
    page.get_by_role("link", name="Remove “letter.pdf”").click()
    press(page, "Remove")
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    assert draft.attachments.count() == 0


def test_focus_follows_what_is_done(window: BrowserContext, address: str) -> None:
    page = window.new_page()
    page.goto(f"{address}/programme/")
    page.get_by_role("link", name="Add a session on 15 Jun 2027").click()
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_title.is-invalid")).to_be_focused()
    page.keyboard.type("From mouse to man")
    page.keyboard.press("Enter")
    expect(page.locator(".row-done")).to_be_focused()
    expect(page.locator("#saved")).to_contain_text("Last saved")


def test_line_is_reckoned_while_it_is_typed(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = window.new_page()
    page.goto(f"{address}/budget/")
    page.get_by_role("link", name="Add a line").click()
    page.get_by_label("Quantity").fill("10")
    page.get_by_label("Unit cost in euros").fill("1200.5")
    expect(page.locator("#line-amount")).to_contain_text("€12,005.00")
    expect(page.locator("#total")).to_contain_text("This is €65.00 over the maximum amount.")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#total")).to_contain_text("€11,940.00 may still be asked for.")
    assert draft.lines.count() == 1


def test_what_was_typed_outlives_the_page(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = window.new_page()
    page.goto(f"{address}/sessions/add/?on=2027-06-15")
    page.get_by_label("Title").fill("From mouse to man")
    page.close()
    page = window.new_page()
    page.goto(f"{address}/sessions/add/?on=2027-06-15")
    expect(page.get_by_text("has been put back")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("From mouse to man")
    press(page, "Save")
    expect(page.locator(".row-done")).to_be_visible()
    page.goto(f"{address}/sessions/add/?on=2027-06-15")
    expect(page.get_by_label("Title")).to_have_value("")
    page.get_by_label("Title").fill("Another")
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Title")).to_have_value("")
    assert draft.sessions.count() == 2


def test_lost_session_loses_nothing(
    window: BrowserContext, address: str, live_server: LiveServer, draft: Proposal
) -> None:
    page = window.new_page()
    page.goto(f"{address}/sessions/add/?on=2027-06-15")
    page.get_by_label("Title").fill("From mouse to man")
    window.clear_cookies()
    press(page, "Save")
    expect(page.get_by_text("You have been signed out.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("From mouse to man")
    browse_as(window, cast.marie(), live_server.url)
    press(page, "Save")
    expect(page.locator(".row-done")).to_be_visible()
    assert draft.sessions.count() == 2


def test_two_tabs_get_both_texts(window: BrowserContext, address: str, draft: Proposal) -> None:
    row = draft.sessions.get().pk
    first, second = window.new_page(), window.new_page()
    for page in (first, second):
        page.goto(f"{address}/sessions/{row}/")
    first.get_by_label("Title").fill("One")
    press(first, "Save")
    expect(first.locator(".row-done")).to_be_visible()
    second.get_by_label("Title").fill("Two")
    press(second, "Save")
    expect(second.locator(".apart")).to_contain_text("TwoOne")
    press(second, "Save what I typed")
    expect(second.locator(".row-done")).to_contain_text("Two")
    assert draft.sessions.get().title == "Two"


def test_file_too_large_is_said_before_it_is_sent(window: BrowserContext, address: str) -> None:
    page = window.new_page()
    page.goto(f"{address}/attachments/")
    page.get_by_label("PDF file").set_input_files(pdf(bytes(10 * 1024 * 1024 + 1)))
    expect(page.get_by_text("This file is larger than 10 MB.")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    press(page, "Attach")
    expect(page.get_by_label("PDF file")).to_be_focused()
    assert sent == []


@pytest.mark.parametrize(("language", "screen"), [("en", {}), ("fr", PHONE), ("ja", PHONE)])
def test_pages_have_no_barriers(
    browser: Browser, live_server: LiveServer, draft: Proposal, language: str, screen: dict[str, Any]
) -> None:
    User.objects.update(language=language)
    person = typed.somebody(draft, role="speaker", family_name="Satō", family_name_kanji="佐藤", young=True)
    twin = typed.somewhere(draft, name="Institut des neurosciences")
    line, session = draft.lines.get(), draft.sessions.get()
    context = browser.new_context(**screen)
    browse_as(context, cast.marie(), live_server.url)
    faults: list[str] = []
    page = listen(context.new_page(), faults)
    for path in (
        "programme/",
        "participants/",
        "budget/",
        "attachments/",
        "sessions/add/",
        f"sessions/{session.pk}/remove/",
        f"participants/{person.pk}/",
        f"laboratories/{twin.pk}/",
        f"lines/{line.pk}/",
    ):
        page.goto(f"{live_server}/proposals/{draft.pk}/{path}")
        faults += [f"{path}: too wide"] if is_too_wide(page) else []
        faults += [f"{path}: {barrier}" for barrier in barriers(page)]
    context.close()
    assert faults == []

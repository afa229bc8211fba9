"""Steps of two officers who make one list of pairs: importing, matching, deciding, telling, handing over."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.journeys.entering import press
from tests.watching import glance, look

PAIR_ADDRESS = re.compile(r"/desk/seminars/\d+/$")


def import_list(page: Page, desk: str, file: Path, *, left_out: str, rows: int) -> None:
    """Upload a list, leave one of its columns out, look at the preview, and import ``rows`` rows."""
    page.goto(f"{desk}lists/")
    press(page, "main a[href$='/lists/import/']")
    page.locator("[name=file]").set_input_files(file)
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/columns/")
    glance(page).get_by_label(left_out, exact=True).select_option("")
    press(page, "main form[method=post] button.btn-primary")
    page.wait_for_url("**/preview/")
    expect(look(page).locator("main .records tbody tr")).to_have_count(rows)
    press(page, "main button[name=import]")
    page.wait_for_url(re.compile(r"/desk/lists/\d+/$"))
    expect(page.locator("main .records tbody tr")).to_have_count(rows)


def share_list(page: Page) -> None:
    """Share the list of the page with the other agency, which is asked once more."""
    press(page, "main a[href$='/share/']")
    press(look(page), "main form button[type=submit]")
    expect(page.locator("main .record-line .state-done")).to_have_count(2)


def entry(page: Page, desk: str, title: str) -> None:
    """Open an application without a pair from the list of reconciliation."""
    page.goto(f"{desk}reconciliation/")
    glance(page).locator("article.match h2").get_by_role("link", name=title).click()
    page.wait_for_url("**/reconciliation/record/*/")


def confirm(page: Page, desk: str, title: str) -> None:
    """Confirm the first candidate of a record."""
    entry(page, desk, title)
    press(glance(page), ".match-buttons button.btn-primary")
    gone(page, title)


def reject(page: Page, desk: str, title: str) -> None:
    """Reject the first candidate of a record; it does not come back."""
    entry(page, desk, title)
    other = page.locator("#offer-1").inner_text()
    press(page, ".match-buttons button[formaction$='/reject/']")
    page.wait_for_url("**/reconciliation/**")
    entry(page, desk, title)
    expect(page.locator("[id^=offer-]").filter(has_text=other)).to_have_count(0)


def link_by_hand(page: Page, desk: str, title: str, words: str) -> None:
    """Search the other half of a record by words of it, and link it."""
    entry(page, desk, title)
    page.locator("#id_q").fill(words)
    press(page, "main form[role=search] button")
    expect(glance(page).locator(".match-found")).to_have_count(1)
    press(page, ".match-found button.btn-primary")
    gone(page, title)


def gone(page: Page, title: str) -> None:
    """Check that an application is no longer among those without a pair."""
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("article.match h2").get_by_role("link", name=title)).to_have_count(0)


def open_pair(page: Page, desk: str, title: str) -> None:
    """Find a pair by way of the list of records."""
    page.goto(f"{desk}proposals/?q={title}")
    press(page, "#results tbody a[href^='/desk/proposals/']")
    press(page, "main a[href^='/desk/seminars/']")
    page.wait_for_url(PAIR_ADDRESS)


def take_apart(page: Page, desk: str, title: str, reason: str) -> None:
    """Take a pair apart, which needs a reason."""
    open_pair(page, desk, title)
    press(page, "main a[href$='/take-apart/']")
    press(look(page), "main form button.btn-danger")
    expect(page.locator("[name=reason].is-invalid")).to_be_visible()
    look(page).locator("[name=reason]").fill(reason)
    press(page, "main form button.btn-danger")
    page.wait_for_url(lambda url: "take-apart" not in url)


def decide(page: Page, desk: str, title: str, outcome: str, reasons: dict[str, str] | None = None) -> None:
    """Decide for one's own agency on a pair that the list of eligibility shows."""
    page.goto(f"{desk}eligibility/")
    glance(page).get_by_role("link", name=title).first.click()
    page.wait_for_url("**/eligibility/")
    form = page.locator("main form:has([name=side])")
    form.locator(f"[type=radio][value={outcome}]").check()
    for language, text in (reasons or {}).items():
        form.locator(f"textarea[name$={language}]").fill(text)
    form.locator("button[type=submit]").click()
    expect(page.locator("main .alert-success, .alert-success").first).to_be_visible()


def plan_notice(page: Page, desk: str, moment: datetime) -> None:
    """Plan when coordinators are told, by the clock of the form, and read a letter as its reader will."""
    page.goto(f"{desk}eligibility/notice/")
    page.locator("#id_until_on").fill(moment.date().isoformat())
    page.locator("#id_until_time").fill("10:00")
    press(look(page), "main button[name=plan]")
    expect(page.locator("main button[name=cancel]")).to_be_visible()
    press(page, "main section[aria-labelledby=letters] a")
    page.wait_for_url("**/letters/*/")
    look(page)


def agree(page: Page, desk: str) -> None:
    """Agree, for the other agency, to the moment that was planned."""
    page.goto(f"{desk}eligibility/notice/")
    press(glance(page), "main button[name=agree]")
    expect(page.locator("main button[name=agree]")).to_have_count(0)


def fetch_pack(page: Page, desk: str, make: Callable[[int], object]) -> list[str]:
    """Ask for a pack of all pairs, wait while ``make`` makes it, and return the names of the files in it."""
    page.goto(f"{desk}packs/")
    press(look(page), "main form button[type=submit]")
    page.wait_for_url(re.compile(r"/desk/packs/\d+/$"))
    expect(look(page).locator("progress")).to_be_visible()
    make(int(page.url.rstrip("/").rsplit("/", 1)[1]))
    link = page.locator("main a[download]")
    expect(link).to_be_visible()
    look(page)
    with page.expect_download() as fetched:
        link.click()
    with zipfile.ZipFile(fetched.value.path()) as pack:
        return pack.namelist()


def export(page: Page, address: str) -> list[list[str]]:
    """Fetch what a list shows for Excel, and return its cells."""
    page.goto(address)
    with page.expect_download() as fetched:
        press(page, "main a[href*='.xlsx']")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(fetched.value.path()).read_bytes())).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]

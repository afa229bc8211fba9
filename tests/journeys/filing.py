"""Steps of filing a record, of the institution's answer, and of the officers who glance at the pair."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.entering import press
from tests.journeys.places import CALL
from tests.watching import glance

NUMBER = re.compile(r"[A-Z]{2,}[-0-9A-Z]+")
INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
HASH = re.compile(r"[0-9a-f]{64}")


def submit(page: Page, record: str) -> str:
    """Submit the record and return the address of its receipt, which has a number, the instant and a fingerprint."""
    page.goto(f"{record}submit/")
    glance(page)
    press(page, "form[data-submit-once] button[type=submit]")
    page.wait_for_url("**/submissions/*/")
    return page.url


def is_receipt(page: Page, receipt: str, mark: str) -> str:
    """Check a receipt and return its number; ``mark`` is "success" when the record counts, else "info"."""
    page.goto(receipt)
    expect(page.locator(f"main .alert-{mark}")).to_be_visible()
    facts = page.locator("main dl.facts").first
    for said in (INSTANT, HASH, "Paris" if page.locator("html[lang=fr]").count() else "パリ"):
        expect(facts).to_contain_text(said)
    glance(page)
    return page.locator("h1 .text-nowrap").inner_text()


def approve(page: Page, link: str) -> None:
    """Approve for the institution, with the link alone."""
    page.goto(link)
    glance(page)
    press(page, "button[name=approve]")
    expect(page.locator("button[name=approve]")).to_have_count(0)
    expect(page.locator(".alert-success")).to_be_visible()
    glance(page)


def return_for_correction(page: Page, link: str, reason: str) -> None:
    """Return the record with a reason, which must be given."""
    page.goto(link)
    press(page, "main details summary")
    press(page, "button[name=return]")
    expect(page.locator("[name=reason].is-invalid")).to_be_visible()
    glance(page)
    page.locator("[name=reason]").fill(reason)
    press(page, "button[name=return]")
    expect(page.locator("blockquote")).to_have_text(reason)
    glance(page)


def sees_the_pair(page: Page, address: str, title: str, receipts: list[str]) -> None:
    """Find the pair from the officers' desk: complete, with both receipts, and nothing that differs."""
    page.goto(f"{address}/desk/")
    glance(page)
    press(page, f"main a[href='/desk/{CALL}/']")
    page.wait_for_url(f"**/desk/{CALL}/")
    glance(page)
    press(page, f"main a[href='/desk/{CALL}/proposals/']")
    page.locator("[name=q]").fill(title)
    expect(page.locator("#results tbody tr")).to_have_count(2)
    glance(page)
    press(page, "#results tbody a[href^='/desk/proposals/']")
    page.wait_for_url(re.compile(r"/desk/proposals/\d+/"))
    glance(page)
    press(page, "main a[href^='/desk/seminars/']")
    page.wait_for_url("**/desk/seminars/*/")
    expect(page.locator(".two-files .panel-head .state-done")).to_have_count(2)
    for receipt in receipts:
        expect(page.locator("main")).to_contain_text(receipt)
    glance(page)

"""Steps of deciding together: the joint selection, signatures, the announcement, its letters, and the budget."""

from collections.abc import Collection
from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.entering import press
from tests.watching import glance, look, pass_by


def finds_it_closed(page: Page, desk: str) -> None:
    """Find the joint selection closed, with nothing in it."""
    page.goto(f"{desk}selection/")
    expect(page.locator("[name=understood], svg.matrix, table")).to_have_count(0)
    pass_by(page)


def open_selection(page: Page, desk: str, pairs: int) -> None:
    """Open the joint selection, and find the matrix and the table of all pairs."""
    page.goto(f"{desk}selection/")
    look(page)
    page.locator("[name=understood]").check()
    press(page, "main form button")
    expect(page.locator("svg.matrix circle")).not_to_have_count(0)
    expect(page.locator("table.joint tbody tr")).to_have_count(pairs)
    look(page)


def take_merged_order(page: Page, desk: str, selected: int, reserves: int) -> None:
    """Try what a merged order would make of the pairs, and take it as the proposal."""
    page.goto(f"{desk}selection/merge/")
    tried = page.locator("main form[method=get]")
    tried.locator("[name=capacity]").fill(f"{selected}")
    tried.locator("[name=reserves]").fill(f"{reserves}")
    press(page, "main form[method=get] button")
    look(page)
    press(page, "main form[method=post] button")
    page.wait_for_url("**/selection/")
    expect(page.locator("table.joint .state-done")).to_have_count(selected)


def talk(page: Page, desk: str, pair: int, note: str, minutes: str) -> None:
    """Discuss one pair in the other agency's sight, and write the minutes that save themselves."""
    page.goto(f"{desk}selection/{pair}/")
    look(page)
    page.locator("[name=text]").fill(note)
    press(page, "button[name=note]")
    expect(page.locator("article", has_text=note)).to_have_count(1)
    page.goto(f"{desk}selection/minutes/")
    page.locator("[name=minutes]").fill(minutes)
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    look(page)


def sign_all(page: Page, pairs: int) -> None:
    """Sign every outcome for one's agency, on the page that lists them."""
    expect(page.locator("[name=decision]:checked")).to_have_count(pairs)
    pass_by(page)
    press(page, "main form .toolbar button")
    page.wait_for_url("**/selection/")
    expect(page.locator("main a[href$='/selection/sign/']")).to_have_count(0)


def plan(page: Page, desk: str, on: date, outcomes: int) -> None:
    """Plan the announcement, and read the letters of a pair beforehand."""
    page.goto(f"{desk}announcement/")
    glance(page)
    page.locator("[name=until_on]").fill(f"{on}")
    page.locator("[name=until_time]").fill("09:00")
    press(page, "button[name=plan]")
    expect(page.locator("button[name=cancel]")).to_be_visible()
    letters = page.locator("section[aria-labelledby=outcomes] tbody a")
    expect(letters).to_have_count(outcomes)
    look(page)
    letters.first.click()
    expect(page.locator(".mail-text")).to_have_count(2)
    look(page)


def release(page: Page, desk: str) -> None:
    """Release the announcement for one's own agency, and for no other."""
    page.goto(f"{desk}announcement/")
    expect(page.locator("button[name=release]")).to_have_count(1)
    press(page, "button[name=release]")
    expect(page.locator("button[name=take_back]")).to_be_visible()
    pass_by(page)


def knows_nothing(page: Page, address: str, call: str, pair: int) -> None:
    """Find no trace of an outcome: not on one's own page, not on the public one, not on the outcome's."""
    for path in (f"/outcomes/{pair}/", f"/calls/{call}/selected/"):
        answer = page.goto(f"{address}{path}")
        assert answer
        assert answer.status == 404
    page.goto(f"{address}/projects/")
    expect(page.locator("a[href^='/outcomes/']")).to_have_count(0)
    glance(page)


def reads_outcome(page: Page, link: str, language: str, words: Collection[str]) -> None:
    """Follow the letter to the outcome: the letter again, and the means of one's own agency's reviews."""
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", language)
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    expect(page.locator("section[aria-labelledby=criteria] tbody tr")).to_have_count(6)
    pass_by(page)


def reads_public_page(page: Page, address: str, call: str, selected: str, others: Collection[str]) -> None:
    """Read, without an account, which seminars are selected, and of no other."""
    page.goto(f"{address}/calls/{call}/selected/")
    expect(page.locator("main")).to_contain_text(selected)
    for title in others:
        expect(page.locator("main")).not_to_contain_text(title)
    look(page)


def validate(page: Page, desk: str, record: int, approved: str, why: str) -> None:
    """Lower the first line of a budget with a reason, save, and send it to the coordinator."""
    page.goto(f"{desk}awards/")
    look(page)
    press(page, f"main a[href$='/awards/{record}/']")
    page.wait_for_url(f"**/awards/{record}/")
    page.locator("[name^=approved-]").first.fill(approved)
    press(page, "button[name=save]")
    expect(page.locator("[name^=reason-].is-invalid, .text-danger").first).to_be_visible()
    glance(page)
    page.locator("[name^=reason-]").first.fill(why)
    press(page, "button[name=save]")
    expect(page.locator("button[name=send]")).to_be_visible()
    look(page)
    press(page, "button[name=send]")
    expect(page.locator("main .state-wait")).to_be_visible()


def accept_budget(page: Page, link: str, total: str, why: str) -> None:
    """Read each line with its reason from the mail's link, and accept."""
    page.goto(link)
    for words in (total, why):
        expect(page.locator("main")).to_contain_text(words)
    look(page)
    press(page, "main a[href$='/accept/']")
    page.wait_for_url("**/accept/")
    expect(page.locator("main")).to_contain_text(total)
    look(page)
    press(page, "main form button")
    page.wait_for_url("**/award/")
    expect(page.locator("main .state-done")).to_be_visible()
    look(page)

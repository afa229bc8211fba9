"""Steps of becoming a pair: inviting, accepting, confirming, settling a difference."""

from playwright.sync_api import Page, expect

from tests.journeys.entering import Person, press
from tests.watching import glance


def invite(page: Page, record: str, person: Person, message: str) -> None:
    """Invite the partner by e-mail, in their language, with a message."""
    page.goto(f"{record}partner/")
    page.locator("[name=email]").fill(person.email)
    page.locator("[name=name]").fill(f"{person.given_name} {person.family_name}")
    page.locator("select[name=language]").select_option(person.language)
    page.locator("[name=message]").fill(message)
    glance(page)
    press(page, "form[action$='/partner/invite/'] button")
    expect(page.locator("main")).to_contain_text(person.email)
    expect(page.locator("form[action$='/partner/revoke/']")).to_have_count(1)
    glance(page)


def accept(page: Page, inviter: Person, message: str) -> str:
    """Read the invitation that is open, accept it, and return the address of the record that this makes."""
    expect(page.locator("h1")).to_contain_text(inviter.family_name, ignore_case=True)
    expect(page.locator("blockquote")).to_have_text(message)
    glance(page)
    press(page, "form[action$='/accept/'] button")
    page.wait_for_url("**/partner/")
    glance(page)
    return page.url.removesuffix("partner/")


def confirm(page: Page, record: str) -> None:
    """Confirm that the partner's record is the other half."""
    page.goto(f"{record}partner/")
    press(page, "form[action$='/partner/confirm/'] button")
    expect(page.locator("form[action$='/partner/confirm/']")).to_have_count(0)
    glance(page)


def sees_difference(page: Page, record: str, fact: str, own: str, partner: str) -> None:
    """Find both values of a fact side by side."""
    page.goto(f"{record}partner/")
    sides = page.locator(f"#difference-{fact} .diff > div")
    expect(sides.nth(0)).to_contain_text(own)
    expect(sides.nth(1)).to_contain_text(partner)
    glance(page)


def take_from_partner(page: Page, fact: str) -> None:
    """Take the partner's value of a fact with one click; then both records say the same."""
    press(page, f"#difference-{fact} form[action$='/partner/take/'] button")
    expect(page.locator(f"#difference-{fact}")).to_have_count(0)
    glance(page)

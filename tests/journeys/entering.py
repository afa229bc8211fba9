"""Steps into the application: signing up, signing in, the second factor."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.places import Place
from tests.watching import glance


@dataclass(frozen=True)
class Person:
    """Somebody who plays a part."""

    given_name: str
    family_name: str
    email: str
    language: str
    clock: str
    """The clock that comes first in what this person reads, in their language."""


MARIE = Person("Marie", "Lefèvre", "marie.lefevre@inserm.example", "fr", "heure de Paris")
KENJI = Person("Kenji", "Tanaka", "kenji.tanaka@kyoto.example", "ja", "日本時間")


def press(page: Page, selector: str) -> None:
    """Press the first visible button or link that fits."""
    page.locator(selector).locator("visible=true").first.click()


def sign_up(page: Page, person: Person, place: Place) -> None:
    """Create the account on the page that asks for it, confirm the address from the mail, and sign in if need be."""
    for name, text in (
        ("given_name", person.given_name),
        ("family_name", person.family_name),
        ("email", person.email),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ):
        page.locator(f"main [name={name}]").fill(text)
    glance(page)
    press(page, "main button[type=submit]")
    page.wait_for_url("**/account/confirm-email/")
    glance(page)
    page.goto(place.link(person.email, "/account/confirm-email/"))
    glance(page)
    press(page, "main form button")
    page.wait_for_url(lambda url: "/confirm-email/" not in url)
    if "/account/login/" in page.url:
        sign_in(page, person.email)


def sign_in(page: Page, email: str) -> None:
    """Give address and password on the page that asks for them."""
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "main form button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def set_up_an_app(page: Page) -> str:
    """Set up an authenticator app, which is asked before anything else is shown; return the app's secret."""
    page.wait_for_url("**/account/second-factor/**")
    glance(page)
    press(page, "main a[href='/account/factors/app/add/']")
    expect(page.locator(".secret, main [name=password]")).to_be_visible()
    if "reauthenticate" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        press(page, "main form button[type=submit]")
    secret = page.locator(".secret").inner_text()
    glance(page)
    give_code(page, secret)
    page.wait_for_url("**/account/factors/codes/")
    glance(page)
    return secret


def give_code(page: Page, secret: str) -> None:
    """Give the code that the app shows now, on the page that asks for one."""
    page.locator("[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    press(page, "main form button[type=submit]")


def reads_as(page: Page, person: Person) -> None:
    """Check that the page speaks the person's language and tells their clock first."""
    expect(page.locator("html")).to_have_attribute("lang", person.language)
    expect(page.locator("main time.clocks b").first).to_contain_text(person.clock)

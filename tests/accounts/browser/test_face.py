"""How every page of accounts looks to a machine that reads for people: axe, narrow screens, weight."""

import gzip
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.cast import inserm_officer, kenji
from tests.signing import browse_as

STRANGERS = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
PERSONS = [
    "account_logout",
    "account",
    "profile",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "usersessions_list",
    "mfa_activate_totp",
    "mfa_add_webauthn",
]
OWNERS = [
    "account",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def in_language(browser: Browser, live_server: LiveServer, language: str, **options: Any) -> Page:
    context = browser.new_context(**options)
    context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    return context.new_page()


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


def check(page: Page, live_server: LiveServer, paths: list[str]) -> None:
    wrong = {}
    for path in paths:
        page.goto(f"{live_server}{path}")
        page.set_viewport_size({"width": 320, "height": 800})
        too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
        found = faults(page) + (["wider than 320 pixels"] if too_wide else [])
        if found:
            wrong[path] = found
    assert wrong == {}


def with_factors(person: User) -> User:
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    return person


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_before_signing_in(browser: Browser, live_server: LiveServer, language: str) -> None:
    page = in_language(browser, live_server, language)
    rest = ["/nothing-here/", reverse("account_confirm_email", args=["old"]), "/account/password/reset/1-old/"]
    check(page, live_server, [*(reverse(name) for name in STRANGERS), *rest])
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_of_a_person(browser: Browser, live_server: LiveServer, language: str) -> None:
    person = kenji()
    User.objects.filter(pk=person.pk).update(language=language)
    page = in_language(browser, live_server, language)
    browse_as(page.context, person, live_server.url)
    check(page, live_server, [reverse(name) for name in PERSONS])
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_of_somebody_with_a_second_factor(browser: Browser, live_server: LiveServer, language: str) -> None:
    person = with_factors(inserm_officer())
    User.objects.filter(pk=person.pk).update(language=language)
    page = in_language(browser, live_server, language)
    browse_as(page.context, person, live_server.url)
    check(page, live_server, [reverse(name) for name in OWNERS])
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_that_ask_for_the_second_factor(browser: Browser, live_server: LiveServer, language: str) -> None:
    person = inserm_officer()
    User.objects.filter(pk=person.pk).update(language=language)
    page = in_language(browser, live_server, language)
    browse_as(page.context, person, live_server.url, method="password")
    check(page, live_server, [reverse("second_factor")])
    with_factors(person)
    check(page, live_server, [reverse("second_factor")])
    page.context.close()


def test_errors_in_a_form_and_open_menus_read_well(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}{reverse('account_signup')}")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main button[type=submit]").click()
    page.locator(".invalid-feedback").first.wait_for()
    assert faults(page) == []
    for number in range(2):
        page.locator("details.menu summary").nth(number).click()
        assert faults(page) == []


def test_first_page_weighs_little(page: Page, live_server: LiveServer) -> None:
    bodies: list[Response] = []
    page.on("response", lambda body: bodies.append(body))
    page.goto(f"{live_server}{reverse('account_login')}", wait_until="networkidle")
    weights = {body.url.rpartition("/")[2]: len(gzip.compress(body.body())) for body in bodies}
    assert len(weights) > 4
    assert sum(weights.values()) <= 90_000

"""The ways in, played in a real browser."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, User
from tests.cast import PASSWORD, inserm_officer, marie
from tests.signing import browse_as


def verified(person: User) -> User:
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page: Page, live_server: LiveServer, person: User) -> None:
    page.goto(f"{live_server}{reverse('account_login')}?next={reverse('account')}")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def sign_out(page: Page) -> None:
    page.locator("summary", has=page.locator("text=MOREAU")).click()
    page.locator(f"form[action='{reverse('account_logout')}'] button").first.click()


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_virtual_passkeys(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    abilities = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **abilities}})


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR"}


def test_marie_signs_up_confirms_her_address_and_signs_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}{reverse('account_signup')}")
    page.locator("[name=given_name]").fill("Marie")
    page.locator("[name=family_name]").fill("Lefèvre")
    page.locator("[name=email]").fill("Marie.Lefevre@Inserm.example")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{reverse('account_email_verification_sent')}")
    message = Message.objects.get()
    assert (message.address, message.language) == ("marie.lefevre@inserm.example", "fr")
    link = re.findall(rf"{settings.SITE_URL}(\S+)", message.text)[0]
    page.goto(f"{live_server}{link}")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/confirm-email/" not in url)
    page.context.clear_cookies()
    sign_in(page, live_server, User.objects.get())
    page.wait_for_url(f"{live_server}{reverse('account')}")
    expect(page.locator(".facts").first).to_contain_text("Marie LEFÈVRE")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_officer_is_led_to_set_up_an_app_before_anything_else(page: Page, live_server: LiveServer) -> None:
    officer = verified(inserm_officer())
    sign_in(page, live_server, officer)
    page.wait_for_url(f"**{reverse('second_factor')}**")
    for name in ("account", "profile", "account_email"):
        page.goto(f"{live_server}{reverse(name)}")
        page.wait_for_url(f"**{reverse('second_factor')}**")
    page.locator(f"main a[href='{reverse('mfa_activate_totp')}']").click()
    expect(page.locator(".secret, main [name=password]")).to_be_visible()
    if "reauthenticate" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    page.locator("[name=code]").fill(app_code(page.locator(".secret").inner_text()))
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{live_server}{reverse('account')}")
    expect(page.locator("#factors .state-done")).to_be_visible()


def test_officer_signs_in_with_password_and_code(page: Page, live_server: LiveServer) -> None:
    officer = verified(inserm_officer())
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": secret})
    sign_in(page, live_server, officer)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    page.locator("[name=code]").fill("000000")
    page.locator("[name=code]").press("Enter")
    expect(page.locator("main .invalid-feedback")).to_be_visible()
    page.locator("[name=code]").fill(app_code(secret))
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(f"{live_server}{reverse('account')}")


def test_officer_adds_a_passkey_and_signs_in_with_it_alone(page: Page, live_server: LiveServer) -> None:
    officer = verified(inserm_officer())
    browse_as(page.context, officer, live_server.url, method="password")
    page.goto(f"{live_server}{reverse('second_factor')}")
    with_virtual_passkeys(page)
    page.locator(f"main a[href='{reverse('mfa_add_webauthn')}']").click()
    page.locator("[name=name]").fill("Ordinateur de bureau")
    page.locator("#passkey").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    page.goto(f"{live_server}{reverse('account')}")
    expect(page.locator("#factors")).to_contain_text("Ordinateur de bureau")
    sign_out(page)
    page.goto(f"{live_server}{reverse('account_login')}?next={reverse('account')}")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{live_server}{reverse('account')}")
    expect(page.locator("#factors")).to_contain_text("Ordinateur de bureau")


def test_passkey_confirms_a_session_opened_with_the_password(page: Page, live_server: LiveServer) -> None:
    officer = verified(inserm_officer())
    browse_as(page.context, officer, live_server.url, method="password")
    page.goto(f"{live_server}{reverse('mfa_add_webauthn')}")
    with_virtual_passkeys(page)
    page.locator("#passkey").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    browse_as(page.context, officer, live_server.url, method="password")
    page.goto(f"{live_server}{reverse('profile')}")
    page.wait_for_url(f"**{reverse('second_factor')}**")
    page.locator("main a.btn-primary").first.click()
    page.locator("#passkey").click()
    page.wait_for_url(f"{live_server}{reverse('profile')}")


def test_passkey_that_does_not_answer_is_said_calmly(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}{reverse('account_login')}")
    with_virtual_passkeys(page)
    page.locator("#passkey_login").click()
    expect(page.locator("[data-notice=passkey]")).to_be_visible()


def test_language_and_clock_change_before_signing_in_by_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}{reverse('account_login')}")
    page.locator("details.menu summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("button[lang=ja]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("details.menu .label").nth(1)).to_have_text("日本時間")
    page.locator("details.menu summary").nth(1).click()
    page.locator("button[value='Europe/Paris']").click()
    expect(page.locator("details.menu .label").nth(1)).to_have_text("パリ時間")
    assert page.url.endswith(reverse("account_login"))


def test_menu_closes_on_escape_and_gives_the_focus_back(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}{reverse('account_login')}")
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_signing_in_again_elsewhere_does_not_lose_a_form(page: Page, live_server: LiveServer) -> None:
    person = verified(marie())
    browse_as(page.context, person, live_server.url)
    page.goto(f"{live_server}{reverse('profile')}")
    page.locator("[name=institution]").fill("Université de Bordeaux")
    page.context.clear_cookies()
    elsewhere = page.context.new_page()
    sign_in(elsewhere, live_server, person)
    elsewhere.wait_for_url(f"{live_server}{reverse('account')}")
    page.locator("main button.btn-primary").click()
    expect(page.locator(".alert-success")).to_be_visible()
    person.refresh_from_db()
    assert person.institution == "Université de Bordeaux"


@pytest.mark.parametrize("javascript", [True, False])
def test_profile_saves_with_and_without_javascript(browser: Any, live_server: LiveServer, javascript: bool) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    browse_as(context, marie(), live_server.url)
    page = context.new_page()
    page.goto(f"{live_server}{reverse('profile')}")
    page.locator("[name=orcid]").fill("0000-0002-1825-0098")
    page.locator("main button.btn-primary").click()
    expect(page.locator("#div_id_orcid .invalid-feedback")).to_be_visible()
    expect(page.locator("[name=orcid]")).to_have_value("0000-0002-1825-0098")
    page.locator("[name=orcid]").fill("0000-0002-1825-0097")
    page.locator("main button.btn-primary").click()
    expect(page.locator(".alert-success")).to_be_visible()
    context.close()

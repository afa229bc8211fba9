"""Marie invites Kenji, who has no account yet; both confirm: in French and in Japanese, in real browsers."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, User
from seminars.actions import pairing
from seminars.actions.proposals import save_section
from seminars.models import CallAgency, Invitation, Proposal
from tests import cast
from tests.signing import browse_as

ADDRESS = "kenji.tanaka@kyoto.example"


@pytest.fixture(autouse=True)
def _fresh_limits(transactional_db: None) -> None:
    """Forget how many confirmations the test before has asked for: the limits outlive the rows."""
    cache.clear()


@pytest.fixture
def marie_record(transactional_db: None) -> Proposal:
    """Marie's complete record in a call that is open today."""
    now = datetime.now(UTC)
    call = cast.call_2026()
    CallAgency.objects.filter(call=call).update(deadline_at=now + timedelta(days=40))
    return cast.complete_draft(cast.verified(cast.marie()), at=now, partner=User(email=ADDRESS, given_name="Kenji"))


@pytest.fixture
def window(browser: Browser) -> Iterator[Any]:
    """Open a browser window of its own, with a language and a width."""
    contexts: list[BrowserContext] = []

    def open_window(locale: str, width: int = 1280, *, scripts: bool = True) -> Page:
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(locale=locale, viewport=viewport, java_script_enabled=scripts))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


def check(page: Page) -> None:
    """Find no fault with what people with disabilities need, and nothing wider than the window."""
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def mailed(kind: str, address: str) -> str:
    """Return the path of the link in the last mail of a kind to an address."""
    text = Message.objects.filter(kind=kind, address=address).latest("pk").text
    return re.findall(rf"{re.escape(settings.SITE_URL)}(/\S+)", text)[0]


def press(page: Page, address: str) -> None:
    """Send the form that goes to ``address``."""
    page.locator(f"form[action='{address}'] button[type=submit]").click()


def invite(page: Page, server: LiveServer, proposal: Proposal) -> None:
    page.goto(f"{server}{reverse('pairing', args=[proposal.pk])}")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("[name=email]")).to_have_value(ADDRESS)
    check(page)
    page.locator("[name=message]").fill("Cher Kenji, on se lance ?")
    press(page, reverse("pairing_invite", args=[proposal.pk]))
    expect(page.locator(".facts")).to_contain_text(ADDRESS)
    check(page)


def sign_up(page: Page, server: LiveServer) -> None:
    page.goto(f"{server}{mailed('invitation', ADDRESS)}")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("main")).to_contain_text("Marie LEFÈVRE")
    expect(page.locator("main")).to_contain_text("Cher Kenji, on se lance ?")
    check(page)
    page.locator(f".panel a[href^='{reverse('account_signup')}']").click()
    expect(page.locator("[name=email]")).to_have_value(ADDRESS)
    page.locator("[name=given_name]").fill("Kenji")
    page.locator("[name=family_name]").fill("Tanaka")
    page.locator("[name=password1]").fill(cast.PASSWORD)
    page.locator("[name=password2]").fill(cast.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{reverse('account_email_verification_sent')}")
    page.goto(f"{server}{mailed('account_email_confirmation_signup', ADDRESS)}")
    page.locator("main form button").click()


def accept(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    check(page)
    page.locator("form[action$='/accept/'] button").click()
    page.wait_for_url("**/partner/")


def confirm(page: Page, server: LiveServer, proposal: Proposal) -> None:
    page.goto(f"{server}{reverse('pairing', args=[proposal.pk])}")
    check(page)
    press(page, reverse("pairing_confirm", args=[proposal.pk]))
    expect(page.locator(".alert-success")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_invitation_to_the_pair(
    marie_record: Proposal, window: Any, live_server: LiveServer, width: int
) -> None:
    french, japanese = window("fr-FR", width), window("ja-JP", width)
    browse_as(french.context, cast.marie(), live_server.url)
    invite(french, live_server, marie_record)
    sign_up(japanese, live_server)
    japanese.wait_for_url(f"**{mailed('invitation', ADDRESS)}")
    accept(japanese)
    assert Invitation.objects.filter(opened_at__lt=F("accepted_at")).exists()
    kenji = User.objects.get(email=ADDRESS)
    assert (kenji.language, kenji.time_zone) == ("ja", "Asia/Tokyo")
    record = Proposal.objects.get(coordinator=kenji)
    assert (record.title_en, record.side.agency.code) == ("Ageing neurons", "jsps")
    confirm(japanese, live_server, record)
    confirm(french, live_server, marie_record)
    assert Proposal.objects.filter(seminar__state="paired").count() == 2
    expect(french.locator(".steps .done")).to_have_count(3)


def test_without_scripts_an_invitation_is_accepted_as_well(
    marie_record: Proposal, window: Any, live_server: LiveServer
) -> None:
    cast.verified(cast.kenji())
    invitation = cast.invited(marie_record, ADDRESS, at=datetime.now(UTC))
    page = window("en-GB", scripts=False)
    page.goto(f"{live_server}{reverse('invitation', args=[cast.token_of(invitation)])}")
    page.locator(f".panel a[href^='{reverse('account_login')}']").click()
    page.locator("[name=login]").fill(ADDRESS)
    page.locator("[name=password]").fill(cast.PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("form[action$='/accept/'] button").click()
    page.wait_for_url("**/partner/")
    invitation.refresh_from_db()
    assert invitation.opened_at == invitation.accepted_at


def test_the_partners_value_is_taken_with_one_click(
    marie_record: Proposal, window: Any, live_server: LiveServer
) -> None:
    now = datetime.now(UTC)
    kenji = cast.verified(cast.kenji())
    japanese = pairing.accept_invitation(cast.invited(marie_record, kenji, at=now), by=kenji, at=now)
    save_section(
        japanese, "facts", {"title_en": "Ageing of neurons", "venue_city": "Lyon"}, version=0, by=kenji, at=now
    )
    page = window("fr-FR", 390)
    browse_as(page.context, cast.marie(), live_server.url)
    page.goto(f"{live_server}{reverse('pairing', args=[marie_record.pk])}")
    expect(page.locator(".difference")).to_have_count(2)
    check(page)
    page.locator("#difference-venue_city button").click()
    expect(page.locator(".difference")).to_have_count(1)
    assert cast.reread(marie_record).venue_city == "Lyon"
    page.locator("#tell summary").click()
    press(page, reverse("pairing_tell", args=[marie_record.pk]))
    expect(page.locator(".alert-success")).to_be_visible()
    assert Message.objects.get(kind="partner_asks").address == ADDRESS
    page.locator("#leave summary").click()
    check(page)

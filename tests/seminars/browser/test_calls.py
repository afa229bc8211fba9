"""The public pages of calls, read by axe and on narrow screens, in three languages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.actions.call_files import load_call
from seminars.imports.calls import read_call, read_demonstration, real_calls
from seminars.models import Proposal
from tests.cast import marie
from tests.signing import browse_as
from tests.watching import barriers, is_too_wide, listen

pytestmark = pytest.mark.django_db(transaction=True)
DEMONSTRATION = reverse("call", args=["demonstration"])
PAGES = [reverse("front"), reverse("call_list"), reverse("call", args=["inserm-jsps-2026"]), DEMONSTRATION]
WIDTHS = (320, 390, 768, 1280)


@pytest.fixture(autouse=True)
def calls(transactional_db: None) -> None:
    """The real call, which is over, and one that is open today."""
    now = datetime.now(UTC)
    for data in [*map(read_call, real_calls()), read_demonstration(now)]:
        load_call(data, by=None, at=now)


def check(page: Page, address: str) -> list[str]:
    page.goto(address)
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{address}: wider than {width}"] if is_too_wide(page) else []
    return wrong + [f"{address}: {barrier}" for barrier in barriers(page)]


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_have_no_barriers(browser: Browser, live_server: LiveServer, language: str) -> None:
    context = browser.new_context(locale=language)
    faults: list[str] = []
    page = listen(context.new_page(), faults)
    for path in PAGES:
        faults += check(page, f"{live_server}{path}")
    User.objects.filter(pk=marie().pk).update(language=language)
    browse_as(context, marie(), live_server.url)
    faults += check(page, f"{live_server}{DEMONSTRATION}")
    context.close()
    assert faults == []


def test_record_is_started_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    User.objects.filter(pk=marie().pk).update(language="en")
    browse_as(context, marie(), live_server.url)
    page = context.new_page()
    page.goto(f"{live_server}{DEMONSTRATION}")
    page.get_by_role("button", name="Start the record for Inserm").click()
    page.wait_for_url("**/facts/")
    record = Proposal.objects.get()
    assert (record.coordinator, record.side.agency.code) == (marie(), "inserm")
    page.goto(f"{live_server}{DEMONSTRATION}")
    expect(page.get_by_role("link", name="Open my record")).to_have_attribute(
        "href", reverse("proposal", args=[record.pk])
    )
    expect(page.get_by_role("button", name="Start the record for JSPS")).to_be_visible()
    context.close()

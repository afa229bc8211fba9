"""Reconciliation in a real browser: no barriers in three languages, refusing with its undo, confirming in bulk."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.actions.matching import confirm_match
from seminars.choices import ProposalState, Track
from seminars.models import Proposal
from tests import cast
from tests.desk_records import proposal
from tests.listed_rows import application_list, listed
from tests.signing import browse_as
from tests.watching import PHONE, glance, listen, look

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = reverse("reconciliation", args=["inserm-jsps-2026"])
DAYS = {"start_on": date(2027, 6, 14), "end_on": date(2027, 6, 16)}


@pytest.fixture
def record(transactional_db: None) -> Proposal:
    """Marie's record with a sure candidate, one row that is filed elsewhere, and a pair made by an officer."""
    call, filed = cast.call_2026(), ProposalState.SUBMITTED
    made = proposal(call, cast.inserm(), filed, coordinator=cast.marie(), title_en="Ageing neurons", **DAYS)
    of = application_list(call)
    listed(of, partner_email=made.coordinator.email, title_ja="老化するニューロン", **DAYS)
    suzuki = {"family_name": "Suzuki", "given_name": "Aya", "family_name_kanji": "鈴木", "given_name_kanji": "彩"}
    elsewhere = {"title_en": "Malaria vaccines", "track": Track.OPEN_PARTNERSHIP, "partner_family_name": "Petit"}
    listed(of, **suzuki, **elsewhere)
    paired = proposal(call, cast.inserm(), filed, title_en="Robots for surgery", **DAYS)
    row = listed(of, title_en="Robots in surgery", family_name="Mori", start_on=date(2027, 7, 1))
    confirm_match(paired, row, by=cast.inserm_officer(), at=cast.BEFORE)
    return made


def officer(language: str) -> User:
    user = cast.inserm_officer()
    User.objects.filter(pk=user.pk).update(language=language)
    return user


def addresses(record: Proposal) -> list[str]:
    pair = Proposal.objects.get(title_en="Robots for surgery")
    entry = reverse("match_entry", args=["inserm-jsps-2026", "record", record.pk])
    return [
        PAGE,
        f"{PAGE}?show=sure",
        f"{PAGE}?show=rows",
        f"{entry}?q=malaria",
        reverse("desk_seminar", args=[pair.seminar_id]),
        reverse("take_apart", args=[pair.seminar_id]),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_have_no_barriers(browser: Browser, live_server: LiveServer, language: str, record: Proposal) -> None:
    faults: list[str] = []
    for options in ({"viewport": {"width": 1280, "height": 900}}, PHONE):
        context = browser.new_context(**options)
        browse_as(context, officer(language), live_server.url)
        page = listen(context.new_page(), faults)
        for address in addresses(record):
            page.goto(f"{live_server}{address}")
            (look if language == "en" else glance)(page)
        context.close()
    assert faults == []


def test_a_candidate_is_refused_taken_back_and_confirmed(page: Page, live_server: LiveServer, record: Proposal) -> None:
    browse_as(page.context, officer("en"), live_server.url)
    page.goto(f"{live_server}{PAGE}")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("The candidate is rejected")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Sure candidate 1").click()
    tick = page.get_by_role("checkbox", name="Confirm with the others")
    expect(tick).to_be_checked()
    expect(page.get_by_role("button", name="Keyboard")).to_be_visible()
    for key in ("j", "x"):
        page.keyboard.press(key)
    expect(tick).not_to_be_checked()
    expect(page.get_by_role("link", name="Ageing neurons").first).to_be_focused()
    page.keyboard.press("x")
    page.get_by_role("button", name="Confirm all that are ticked on this page").click()
    expect(page.get_by_text("1 pair is confirmed.")).to_be_visible()
    expect(page.get_by_text("No application is like that at the moment.")).to_be_visible()

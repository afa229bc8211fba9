"""The officers' desk in a real browser: no barriers, filters while typing, and everything without scripts too."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.choices import ProposalState, Track
from seminars.models import Call, Proposal
from tests import cast
from tests.desk_records import BEFORE, pair, proposal
from tests.signing import browse_as
from tests.watching import PHONE, glance, listen, look

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "inserm-jsps-2026"
LIST = reverse("desk_proposals", args=[CODE])


@pytest.fixture(autouse=True)
def records(transactional_db: None) -> Call:
    """A pair that differs, a record filed alone, a draft whose title is a formula, all before the deadline."""
    call = cast.call_2026()
    dates = {"start_on": date(2027, 6, 14), "end_on": date(2027, 6, 16), "venue_city": "Bordeaux"}
    french = proposal(
        call, cast.inserm(), ProposalState.SUBMITTED, coordinator=cast.marie(), title_en="Ageing neurons", **dates
    )
    later = {name: value + timedelta(days=7) for name, value in dates.items() if isinstance(value, date)}
    pair(french, proposal(call, cast.jsps(), coordinator=cast.kenji(), track=Track.OTHER, **later))
    proposal(call, cast.inserm(), ProposalState.SUBMITTED, title_en="Cells alone")
    proposal(call, cast.inserm(), title_en="=1+1")
    return call


def officer(language: str = "en") -> User:
    user = cast.officer_of(cast.inserm(), "english@inserm.example", family_name="Roy", given_name="Zoé")
    User.objects.filter(pk=user.pk).update(language=language)
    return user


def addresses() -> list[str]:
    french = Proposal.objects.get(title_en="Ageing neurons")
    return [
        reverse("desk"),
        reverse("desk_call", args=[CODE]),
        LIST,
        f"{LIST}?q=nobody&sort=-title",
        reverse("desk_proposal", args=[french.pk]),
        reverse("desk_seminar", args=[french.seminar_id]),
        reverse("admit_late", args=[Proposal.objects.get(title_en="=1+1").pk]),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_pages_have_no_barriers(browser: Browser, live_server: LiveServer, language: str) -> None:
    faults: list[str] = []
    for options in ({"viewport": {"width": 1280, "height": 900}}, PHONE):
        context = browser.new_context(**options)
        browse_as(context, officer(language), live_server.url)
        page = listen(context.new_page(), faults)
        for address in addresses():
            page.goto(f"{live_server}{address}")
            # Structure and colours are the same in each language; what fits the screen is not.
            (look if language == "en" else glance)(page)
        context.close()
    assert faults == []


def test_the_list_follows_what_is_typed_and_the_address_follows_too(page: Page, live_server: LiveServer) -> None:
    browse_as(page.context, officer(), live_server.url)
    page.goto(f"{live_server}{LIST}")
    expect(page.get_by_role("status")).to_contain_text("4 records")
    page.get_by_role("searchbox").press_sequentially("lefevre")
    expect(page.get_by_role("status")).to_contain_text("2 records")
    expect(page).to_have_url(re.compile("q=lefevre"))
    page.get_by_role("combobox", name="Side").select_option("inserm")
    expect(page.get_by_role("status")).to_contain_text("1 record")
    expect(page.get_by_role("link", name="Download as CSV")).to_have_attribute("href", re.compile("side=inserm"))
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("2 records")
    page.get_by_role("link", name="Clear filters").click()
    expect(page.get_by_role("status")).to_contain_text("4 records")
    page.get_by_role("link", name="Title", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("=1+1")
    expect(page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    browse_as(context, officer(), live_server.url)
    page = context.new_page()
    page.goto(f"{live_server}{LIST}")
    page.get_by_role("searchbox").fill("ageing")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Ageing neurons").click()
    page.get_by_role("link", name="Pair 2026-").click()
    expect(page.get_by_role("heading", name="Where the two records differ")).to_be_visible()
    page.goto(f"{live_server}{reverse('desk_call', args=[CODE])}")
    page.locator("summary", has_text="The same as a table").first.click()
    expect(page.get_by_role("columnheader", name="Started so far").first).to_be_visible()
    context.close()


def test_a_record_is_admitted_late(page: Page, live_server: LiveServer) -> None:
    now = datetime.now(UTC)
    Call.objects.update(opens_at=BEFORE)
    record = Proposal.objects.get(title_en="=1+1")
    record.side.deadline_at = now - timedelta(days=1)
    record.side.save()
    browse_as(page.context, officer(), live_server.url)
    page.goto(f"{live_server}{reverse('desk_proposal', args=[record.pk])}")
    page.get_by_role("link", name="Admit late").click()
    page.get_by_label("Reason").fill("The network was down.")
    page.get_by_label("Until which date").fill((now + timedelta(days=3)).date().isoformat())
    page.get_by_label("Until what time").fill("17:00")
    page.get_by_role("button", name="Admit late").click()
    expect(page.get_by_text("The record is admitted late.")).to_be_visible()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    page.get_by_role("link", name="Take the late admission back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The late admission was taken back.")).to_be_visible()

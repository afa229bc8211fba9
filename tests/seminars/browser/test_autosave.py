"""A section that saves itself, in a real browser: nothing typed is lost, nothing is overwritten in silence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from seminars.choices import ProposalState
from seminars.models import CallAgency, Proposal
from tests import cast
from tests.signing import browse_as
from tests.watching import PHONE, look

SECTIONS = ("facts", "coordinators", "case", "declarations")


def open_now() -> datetime:
    """Let the call of 2026 be open today, and return now."""
    now = datetime.now(UTC)
    CallAgency.objects.filter(call=cast.call_2026()).update(deadline_at=now + timedelta(days=40))
    return now


@pytest.fixture
def draft(transactional_db: None) -> Proposal:
    """Marie's new record in a call that is open today; Marie reads English."""
    now = open_now()
    return cast.draft_of(cast.in_english(cast.marie()), at=now)


@pytest.fixture
def window(context: BrowserContext, live_server: LiveServer, draft: Proposal) -> BrowserContext:
    """A browser in which Marie is signed in."""
    browse_as(context, draft.coordinator, str(live_server))
    return context


@pytest.fixture
def address(live_server: LiveServer, draft: Proposal) -> str:
    """The address of Marie's record."""
    return f"{live_server}/proposals/{draft.pk}"


def visit(window: BrowserContext, address: str) -> Page:
    page = window.new_page()
    page.goto(address)
    return page


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def test_typing_is_saved_and_the_list_of_what_is_missing_follows(
    window: BrowserContext, address: str, draft: Proposal
) -> None:
    page = visit(window, f"{address}/facts/")
    expect(page.locator("#saved")).to_have_text("Nothing has been saved here yet.")
    expect(page.locator("#completeness")).to_contain_text("Seminar title in English")
    page.locator("#id_title_en").press_sequentially("Ageing neurons", delay=10)
    expect(page.locator("#saved")).to_have_text("Not saved yet")
    saved(page)
    expect(page.locator("#saved")).to_contain_text("Last saved:")
    expect(page.locator("#completeness")).not_to_contain_text("Seminar title in English")
    page.locator("#id_venue_city").fill("Bordeaux")
    page.locator("#id_venue_city").blur()
    saved(page)
    expect(page.locator("#section-version")).to_have_value("2")
    stored = cast.reread(draft)
    assert (stored.title_en, stored.venue_city) == ("Ageing neurons", "Bordeaux")


def test_a_wrong_value_is_told_beside_its_field_and_saved_once_mended(
    window: BrowserContext, address: str, draft: Proposal
) -> None:
    page = visit(window, f"{address}/facts/")
    page.locator("#id_keywords").fill("a, b, c, d, e, f, g")
    expect(page.locator("#saved")).to_have_text("Not saved: 1 field needs attention.")
    expect(page.locator("#div_id_keywords")).to_contain_text("At most 6 keywords.")
    expect(page.locator("#id_keywords")).to_have_attribute("aria-invalid", "true")
    look(page)
    page.locator("#id_keywords").fill("a, b, c")
    saved(page)
    expect(page.locator("#div_id_keywords")).not_to_contain_text("At most")
    assert cast.reread(draft).keywords == ["a", "b", "c"]


def test_characters_are_counted_as_the_server_counts_them(window: BrowserContext, address: str) -> None:
    page = visit(window, f"{address}/case/")
    page.locator("#id_objectives").fill("  e\u0301\U0001f9e0漢\r\n字 ")
    expect(page.locator("[data-count=id_objectives] span")).to_have_text("5")
    page.locator("#id_objectives").fill("x" * 4001)
    expect(page.locator("[data-count=id_objectives]")).to_have_class("counter over")


def test_dates_are_explained_while_they_are_typed(window: BrowserContext, address: str) -> None:
    page = visit(window, f"{address}/facts/")
    page.locator("#id_start_on").fill("2027-05-03")
    page.locator("#id_end_on").fill("2027-05-06")
    page.locator("#id_end_on").blur()
    expect(page.locator("#dates-info")).to_contain_text("must last 2 to 3 days; these dates make 4")
    expect(page.locator("#dates-info")).to_contain_text("public holiday in Japan (Constitution Day)")
    expect(page.locator("#dates-info")).to_contain_text("public holiday in France (Ascension Day)")


def test_a_lost_connection_and_a_closed_tab_lose_nothing(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/case/")
    window.set_offline(True)
    page.locator("#id_objectives").fill("Typed without a connection")
    expect(page.locator("#saved")).to_contain_text("Offline: kept on this device")
    page.close()
    window.set_offline(False)
    assert cast.reread(draft).objectives == ""
    page = visit(window, f"{address}/case/")
    expect(page.locator("#autosave-notes")).to_contain_text("had not reached the server")
    expect(page.locator("#id_objectives")).to_have_value("Typed without a connection")
    look(page)
    page.locator("#autosave-notes [data-do=keep]").click()
    saved(page)
    assert cast.reread(draft).objectives == "Typed without a connection"
    page.reload()
    expect(page.locator("#autosave-notes")).to_be_empty()


def test_a_connection_that_comes_back_saves(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/case/")
    window.set_offline(True)
    page.locator("#id_objectives").fill("Typed without a connection")
    expect(page.locator("#saved")).to_contain_text("Offline")
    window.set_offline(False)
    saved(page)
    assert cast.reread(draft).objectives == "Typed without a connection"


def test_what_came_back_can_be_given_up(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/facts/")
    window.set_offline(True)
    page.locator("#id_title_en").fill("Never mind")
    expect(page.locator("#saved")).to_contain_text("Offline")
    page.close()
    window.set_offline(False)
    page = visit(window, f"{address}/facts/")
    page.locator("#autosave-notes [data-do=drop]").click()
    expect(page.locator("#id_title_en")).to_have_value("")
    page.reload()
    expect(page.locator("#autosave-notes")).to_be_empty()
    assert cast.reread(draft).title_en == ""


def test_a_lost_session_keeps_the_text_and_leads_back(
    window: BrowserContext, address: str, draft: Proposal, live_server: LiveServer
) -> None:
    page = visit(window, f"{address}/facts/")
    window.clear_cookies(name="sessionid")
    page.locator("#id_title_en").fill("Typed after the session ended")
    note = page.locator("#autosave-notes")
    expect(note).to_contain_text("Your session has ended.")
    expect(note.locator("a")).to_have_attribute("href", f"/account/login/?next=/proposals/{draft.pk}/facts/")
    look(page)
    browse_as(window, draft.coordinator, str(live_server))
    page.goto(f"{address}/facts/")
    expect(page.locator("#id_title_en")).to_have_value("Typed after the session ended")
    page.locator("#autosave-notes [data-do=keep]").click()
    saved(page)
    assert cast.reread(draft).title_en == "Typed after the session ended"


def test_two_tabs_get_both_texts_to_choose_from(window: BrowserContext, address: str, draft: Proposal) -> None:
    one, two = visit(window, f"{address}/case/"), visit(window, f"{address}/case/")
    one.locator("#id_objectives").fill("From the first tab")
    one.locator("#id_novelty").fill("Only the first")
    saved(one)
    two.locator("#id_objectives").fill("From the second tab")
    conflict = two.locator("#conflict")
    expect(conflict).to_contain_text("From the first tab")
    expect(conflict).to_contain_text("From the second tab")
    expect(conflict.locator("input[name=keep-objectives][value=mine]")).to_be_checked()
    expect(conflict.locator("input[name=keep-novelty][value=saved]")).to_be_checked()
    look(two)
    assert cast.reread(draft).objectives == "From the first tab"
    conflict.locator("button").click()
    expect(two.locator("#conflict")).to_have_count(0)
    expect(two.locator("#id_objectives")).to_have_value("From the second tab")
    expect(two.locator("#id_novelty")).to_have_value("Only the first")
    expect(two.locator("#autosave-notes")).to_be_empty()
    stored = cast.reread(draft)
    assert (stored.objectives, stored.novelty) == ("From the second tab", "Only the first")


def test_what_is_typed_while_the_answer_is_under_way_is_in_the_choice(
    window: BrowserContext, address: str, draft: Proposal
) -> None:
    one, two = visit(window, f"{address}/case/"), visit(window, f"{address}/case/")
    one.locator("#id_objectives").fill("First")
    saved(one)
    two.locator("#id_objectives").fill("Second")
    two.locator("#id_feasibility").fill("Typed at the last moment")
    expect(two.locator("#conflict")).to_contain_text("Typed at the last moment")


def test_leaving_by_a_link_saves_first(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/case/")
    page.locator("#id_objectives").fill("Typed and gone")
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/programme/")
    assert cast.reread(draft).objectives == "Typed and gone"


def test_signing_out_saves_first(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/case/")
    page.locator("#id_objectives").fill("Typed and signed out")
    page.locator("details.menu", has=page.locator("form[action$='/logout/']")).locator("summary").click()
    page.locator("form[action$='/logout/'] button").click()
    page.wait_for_url(lambda url: "/case/" not in url)
    assert cast.reread(draft).objectives == "Typed and signed out"


def test_closing_the_tab_at_once_saves_or_keeps(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/case/")
    page.locator("#id_objectives").fill("Typed and closed")
    page.close(run_before_unload=True)
    page = visit(window, f"{address}/case/")
    expect(page.locator("#id_objectives")).to_have_value("Typed and closed")


def test_a_record_submitted_meanwhile_says_so_and_keeps_the_text(
    window: BrowserContext, address: str, draft: Proposal
) -> None:
    page = visit(window, f"{address}/case/")
    Proposal.objects.filter(pk=draft.pk).update(state=ProposalState.SUBMITTED)
    page.locator("#id_objectives").fill("Too late")
    expect(page.locator("#autosave-notes")).to_contain_text("no longer a draft")
    expect(page.locator("#id_objectives")).to_have_value("Too late")
    page.reload()
    expect(page.locator("[data-unsaved]")).to_contain_text("Too late")
    look(page)
    page.locator("[data-unsaved] button").click()
    page.reload()
    expect(page.locator("[data-unsaved]")).to_be_hidden()


def test_a_laboratory_typed_in_place_is_one_laboratory(window: BrowserContext, address: str, draft: Proposal) -> None:
    page = visit(window, f"{address}/coordinators/")
    page.locator("#id_own-laboratory-name").fill("Neurocentre")
    saved(page)
    expect(page.locator("#id_own-laboratory option:checked")).to_have_text("Neurocentre")
    page.locator("#id_own-laboratory-unit").fill("U1215")
    page.locator("#id_own-laboratory-city").fill("Bordeaux")
    expect(page.locator("#id_own-laboratory option:checked")).to_have_text("Neurocentre (U1215)")
    saved(page)
    [laboratory] = cast.reread(draft).laboratories.all()
    assert (laboratory.name, laboratory.unit, laboratory.city) == ("Neurocentre", "U1215", "Bordeaux")


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Any]:
    """Open a browser window of a kind."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_without_javascript_the_button_saves(
    open_window: Any, address: str, draft: Proposal, live_server: LiveServer
) -> None:
    window = open_window(java_script_enabled=False)
    browse_as(window, draft.coordinator, str(live_server))
    one, two = visit(window, f"{address}/case/"), visit(window, f"{address}/case/")
    one.locator("#id_objectives").fill("First")
    one.locator("#section-form button").first.click()
    expect(one.locator("main")).to_contain_text("Your entries have been saved.")
    two.locator("#id_objectives").fill("Second")
    two.locator("#section-form button").first.click()
    two.locator("input[name=keep-objectives][value=mine]").check()
    two.locator("#conflict button").click()
    expect(two.locator("#id_objectives")).to_have_value("Second")


DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.mark.parametrize(("language", "screen"), [("en", PHONE), ("fr", DESK), ("ja", PHONE)])
def test_pages_have_no_barriers_in_any_language(
    transactional_db: None, open_window: Any, live_server: LiveServer, language: str, screen: dict[str, Any]
) -> None:
    now = open_now()
    person = cast.kenji() if language == "ja" else cast.marie()
    person.language = language
    person.save()
    country = "JP" if language == "ja" else "FR"
    complete = cast.complete_draft(person, country, at=now)
    window = open_window(**screen)
    browse_as(window, person, str(live_server))
    page = window.new_page()
    paths = [f"/proposals/{complete.pk}/{section}/" for section in SECTIONS]
    for path in ("/projects/", f"/proposals/{complete.pk}/", f"/proposals/{complete.pk}/print/", *paths):
        page.goto(f"{live_server}{path}")
        look(page)
    Proposal.objects.filter(pk=complete.pk).update(state=ProposalState.SUBMITTED)
    for path in ("/projects/", f"/proposals/{complete.pk}/", paths[0]):
        page.goto(f"{live_server}{path}")
        look(page)

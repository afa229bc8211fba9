"""Marie files her record in a browser that runs no scripts: the same pages, saved with buttons."""

from collections.abc import Callable

from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.journeys import filing, writing
from tests.journeys.entering import sign_in
from tests.journeys.places import CALL
from tests.journeys.story import COORDINATORS, FACTS, FLIGHTS, FRENCH_CASE, OPENING, SPEAKER


def test_record_is_filed_with_buttons(open_browser: Callable[..., Page], live_server: LiveServer) -> None:
    call_command("load_call")
    call_command("load_call", demonstration=True)
    marie = cast.verified(cast.marie())
    page = open_browser(java_script_enabled=False, locale="fr-FR")
    page.goto(f"{live_server}/projects/")
    sign_in(page, marie.email)
    record = writing.start_record(page, live_server.url, CALL, "inserm")
    writing.type_facts(page, FACTS)
    writing.go_on(page, "coordinators")
    writing.complete(page, "facts")
    writing.fill(page, COORDINATORS)
    writing.go_on(page, "case")
    writing.fill(page, {**dict.fromkeys(writing.CASE, FRENCH_CASE), "novelty": "Trop court."})
    writing.go_on(page, "programme")
    writing.add_row(page, "sessions", OPENING)
    writing.turn_to(page, "participants")
    writing.add_row(page, "participants", SPEAKER, "?side=FR")
    writing.turn_to(page, "budget")
    writing.add_row(page, "lines", FLIGHTS)
    writing.turn_to(page, "attachments")
    writing.attach(page, "CV.pdf")
    writing.turn_to(page, "declarations")
    writing.tick_all(page)
    writing.go_on(page, "submit")
    missing = page.locator("main .todo a[href*='/case/#']")
    expect(missing).to_have_count(1)
    missing.click()
    writing.fill(page, {"novelty": FRENCH_CASE})
    writing.go_on(page, "programme")
    receipt = filing.submit(page, record)
    filing.is_receipt(page, receipt, "success")

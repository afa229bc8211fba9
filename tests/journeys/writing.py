"""Steps of writing a record: its eight sections, one after the other, as a coordinator fills them in."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.entering import press
from tests.pdfs import plain
from tests.watching import glance

CASE = ("objectives", "cooperation", "novelty", "added_value", "feasibility")


def start_record(page: Page, address: str, call: str, agency: str) -> str:
    """Find the call among the open ones, start the record with one agency, and return the record's address."""
    page.goto(f"{address}/calls/")
    glance(page)
    press(page, f"main a[href='/calls/{call}/']")
    page.wait_for_url(f"**/calls/{call}/")
    glance(page)
    press(page, f"form[action$='/{agency}/start/'] button")
    page.wait_for_url("**/facts/")
    return page.url.removesuffix("facts/")


def fill(page: Page, values: Mapping[str, str | bool]) -> None:
    """Fill in fields by their names: text, choices by value, ticks."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']").locator("visible=true")
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def saved_by_itself(page: Page) -> None:
    """Wait until the section says that it has saved itself; no button is pressed."""
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    expect(page.locator("#saved time")).to_be_visible()


def go_on(page: Page, section: str) -> None:
    """Save what is typed and go on to the next section, which must be ``section``."""
    press(page, "main button[name=onward]")
    page.wait_for_url(f"**/{section}/")


def turn_to(page: Page, section: str) -> None:
    """Turn to the next section, which must be ``section``."""
    press(page, "main nav a[rel=next]")
    page.wait_for_url(f"**/{section}/")


def complete(page: Page, section: str) -> None:
    """Check that nothing is missing in a section."""
    expect(page.locator(f"#sections a[href$='/{section}/']")).to_have_class(re.compile("section-complete"))


def first_day(page: Page) -> date:
    """Return a Tuesday well inside the call's window, which the field itself tells."""
    opens = date.fromisoformat(str(page.locator("[name=start_on]").get_attribute("min"))) + timedelta(days=60)
    return opens + timedelta(days=(1 - opens.weekday()) % 7)


def type_facts(page: Page, texts: Mapping[str, str]) -> None:
    """Type what the seminar is about, when and where: three days in the call's window."""
    start_on = first_day(page)
    page.locator("[name=theme]").select_option(index=1)
    page.locator("[name=areas]").nth(1).check()
    fill(page, {**texts, "start_on": f"{start_on}", "end_on": f"{start_on + timedelta(days=2)}"})


def write_facts(page: Page, texts: Mapping[str, str]) -> None:
    """Say what the seminar is about, when and where; the page saves itself and tells what the days mean."""
    type_facts(page, texts)
    page.locator("[name=end_on]").blur()
    expect(page.locator("#dates-info .fine").first).to_contain_text("3")
    saved_by_itself(page)
    complete(page, "facts")
    glance(page)


def name_coordinators(page: Page, values: Mapping[str, str]) -> None:
    """Say who coordinates on both sides and where, and what the agency's procedure asks."""
    fill(page, values)
    saved_by_itself(page)
    complete(page, "coordinators")
    glance(page)


def make_the_case(page: Page, text: str) -> None:
    """Write the narrative for the criteria; the page counts the characters."""
    fill(page, dict.fromkeys(CASE, text))
    expect(page.locator("[data-count] span").first).to_have_text(str(len(text.strip())))
    saved_by_itself(page)
    complete(page, "case")
    glance(page)


def add_row(page: Page, kind: str, values: Mapping[str, str | bool], place: str = "") -> None:
    """Add one row to a list: a session, a participant, a line of the budget."""
    rows = page.locator(".row-done")
    press(page, f"main a[href*='/{kind}/add/{place}']")
    expect(page.locator("form[data-row]")).to_be_visible()
    fill(page, values)
    glance(page)
    press(page, "form[data-row] button[type=submit]:not([name])")
    expect(page.locator("form[data-row]")).to_have_count(0)
    expect(rows).to_have_count(1)


def attach(page: Page, name: str) -> None:
    """Attach a PDF of three pages."""
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": plain(3)})
    press(page, "form[data-upload] button[type=submit]")
    expect(page.locator("tr.row-done a").first).to_contain_text(name)
    glance(page)


def tick_all(page: Page) -> None:
    """Tick every declaration."""
    for box in page.locator("#section-form [type=checkbox]").all():
        box.check()


def declare(page: Page) -> None:
    """Declare what is asked for; the page saves itself."""
    tick_all(page)
    saved_by_itself(page)
    complete(page, "declarations")
    glance(page)

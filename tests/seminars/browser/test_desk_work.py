"""The desk at work in a real browser: columns and keys of the list; notes and a message to coordinators."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, User
from seminars.models import Proposal
from tests import cast
from tests.desk_records import pair, person, proposal
from tests.signing import browse_as
from tests.watching import look

pytestmark = pytest.mark.django_db(transaction=True)
LIST = reverse("desk_proposals", args=["inserm-jsps-2026"])


@pytest.fixture
def records(transactional_db: None) -> list[Proposal]:
    """Three Inserm records, the first in a confirmed pair."""
    call = cast.call_2026()
    made = [
        proposal(call, cast.inserm(), title_en=title, coordinator=person(language=language))
        for title, language in (("Ageing", "fr"), ("Brain", "en"), ("Cells", "ja"))
    ]
    pair(made[0], proposal(call, cast.jsps(), coordinator=cast.kenji(), title_en="Ageing"))
    return made


def officer() -> User:
    return cast.officer_of(cast.inserm(), "en@inserm.example", family_name="Roy", given_name="Zoé", language="en")


def press(page: Page, key: str) -> None:
    """Press a key once the page listens to keys, which its button for help tells."""
    expect(page.get_by_role("button", name="Keyboard")).to_be_visible()
    page.keyboard.press(key)


def test_the_list_by_keyboard_and_with_other_columns(page: Page, live_server: LiveServer, records: object) -> None:
    browse_as(page.context, officer(), live_server.url)
    page.goto(f"{live_server}{LIST}?sort=title&side=inserm&chooser=open")
    page.get_by_role("checkbox", name="People").check()
    page.get_by_role("checkbox", name="Amount requested").uncheck()
    page.get_by_role("button", name="Show these columns").click()
    expect(page.get_by_role("columnheader", name="People")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Amount requested")).to_have_count(0)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("link", name="Move Title earlier").click()
    expect(page).to_have_url(re.compile("columns=title%2Cnumber"))
    look(page)
    press(page, "j")
    expect(page.get_by_role("link", name="Ageing")).to_be_focused()
    press(page, "ArrowDown")
    expect(page.get_by_role("link", name="Brain")).to_be_focused()
    press(page, "x")
    expect(page.get_by_role("checkbox", name="Select Brain")).to_be_checked()
    press(page, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("j?x/")
    expect(page.get_by_role("searchbox")).to_have_value("j?x/")
    page.goto(f"{live_server}{LIST}?sort=title&side=inserm")
    press(page, "j")
    press(page, "Enter")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    press(page, "j")
    expect(page.get_by_role("heading", name="Brain", level=1)).to_be_visible()
    press(page, "u")
    expect(page).to_have_url(re.compile("sort=title"))
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page)
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_a_note_and_a_message(page: Page, live_server: LiveServer, records: list[Proposal]) -> None:
    colleague = cast.inserm_officer()
    browse_as(page.context, officer(), live_server.url)
    page.goto(f"{live_server}{reverse('desk_proposal', args=[records[0].pk])}")
    page.get_by_text("Write a note").click()
    page.get_by_label("Note*").fill("Call the laboratory.")
    page.get_by_label(re.compile("@Claire")).check()
    page.get_by_label("Officers of both agencies").check()
    look(page)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Please confirm that the other agency may read this note.")).to_be_visible()
    look(page)
    page.get_by_label("Officers of my agency only").check()
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Read by Inserm only")).to_be_visible()
    assert Message.objects.get(kind="mentioned").recipient == colleague
    page.goto(f"{live_server}{LIST}")
    page.get_by_role("checkbox", name="Select Ageing").check()
    page.get_by_role("checkbox", name="Select Cells").check()
    page.get_by_role("button", name="Write to the selected coordinators").click()
    group = page.get_by_role("group", name="English")
    group.get_by_label("Subject").fill("News on {title}")
    group.get_by_label("Text").fill("By {deadline}, {nom}")
    page.get_by_role("button", name="Look at it before sending").click()
    expect(page.get_by_text("There is no such placeholder here: {nom}.")).to_be_visible()
    look(page)
    group.get_by_label("Text").fill("By {deadline}")
    page.get_by_role("button", name="Look at it before sending").click()
    expect(page.get_by_text("News on Ageing", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("button", name="Send to 2 coordinators").click()
    expect(page.get_by_text("Waiting: 2")).to_be_visible()
    look(page)

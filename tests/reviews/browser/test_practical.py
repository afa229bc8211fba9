"""What follows a confirmed selection, in a real browser: each page is readable by everybody, and saves itself."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from reviews.models import Practical
from tests import cast
from tests.reviews.actions.test_people_change import confirmed, stored
from tests.reviews.awarded import half
from tests.seminars.filed import officer
from tests.signing import browse_as
from tests.watching import listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_a_confirmed_seminar_hold(live_server: LiveServer, browser: Browser) -> None:
    seminar = confirmed()
    record = half(seminar)
    old = stored(record)
    faults: list[str] = []
    context = browser.new_context()
    browse_as(context, cast.in_english(record.coordinator), live_server.url)
    page = listen(context.new_page(), faults)
    people = f"/proposals/{record.pk}/award/people/"
    for path in (people, f"{people}add/", f"{people}{old.pk}/remove/"):
        page.goto(live_server.url + path)
        look(page)
    page.goto(f"{live_server.url}{people}{old.pk}/replace/")
    page.get_by_label("Family name", exact=True).fill("Petit")
    page.get_by_label("Given name", exact=True).fill("Luc")
    page.get_by_label("Grade").select_option("cr")
    page.get_by_label("Title of the talk").fill("Glia")
    page.get_by_label("Reason").fill("Anne is ill.")
    look(page)
    page.get_by_role("button", name="Ask both agencies").click()
    page.get_by_text("Both agencies have been asked").wait_for()
    look(page)
    page.goto(f"{live_server.url}/seminars/{seminar.pk}/practical/edit/")
    page.get_by_label("Address of the venue").fill("146 rue Léo Saignat")
    page.get_by_text("Last saved").wait_for()
    look(page)
    assert Practical.objects.get().address == "146 rue Léo Saignat"
    page.goto(f"{live_server.url}/seminars/{seminar.pk}/practical/")
    look(page)
    browse_as(context, cast.in_english(officer("JP")), live_server.url)
    change = seminar.changes.get()
    desk = "/desk/inserm-jsps-2026/"
    for path in (f"{desk}changes/{change.pk}/", f"{desk}awards/", f"{desk}awards/pairs/{seminar.pk}/"):
        page.goto(live_server.url + path)
        look(page)
    assert faults == []
    context.close()

"""Assignment in a real browser: by hand, in the grid by the keyboard, and the reviewer's own list on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import Assignment
from seminars.models import Recusal
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer
from tests.signing import browse_as
from tests.watching import PHONE, listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_pairs_are_given_without_a_mouse_and_taken_on_by_phone(live_server: LiveServer, browser: Browser) -> None:
    pair = world.pairs_in_review(2)[0]
    one, two = world.reviewer("FR", keywords=["ageing"]), world.reviewer("FR")
    Recusal.objects.create(user=two.user, seminar=pair, since=world.BEGUN)
    faults: list[str] = []
    context = browser.new_context()
    browse_as(context, cast.in_english(officer("FR")), live_server.url)
    page = listen(context.new_page(), faults)
    page.goto(f"{live_server.url}{reverse('assignments', args=['inserm-jsps-2026'])}")
    look(page).get_by_label(f"Give {pair} to").select_option(f"{one.pk}-{pair.pk}")
    page.get_by_role("button", name="Give the chosen pairs").click()
    expect(page.get_by_text("1 assignment is given.")).to_be_visible()
    page.goto(f"{page.url}?view=grid")
    look(page).locator("input[name=give]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the grid").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 assignment is given.")).to_be_visible()
    assert Assignment.objects.filter(reviewer=one).count() == 2
    context.close()

    phone = browser.new_context(**PHONE, locale="en")
    browse_as(phone, cast.in_english(one.user), live_server.url)
    page = listen(phone.new_page(), faults)
    page.goto(f"{live_server.url}{reverse('review_list')}")
    look(page).get_by_role("button", name="Acknowledge").first.click()
    expect(page.get_by_text("Thank you")).to_be_visible()
    page.get_by_role("link", name="Decline").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decline a review")
    look(page)
    phone.close()
    assert faults == []

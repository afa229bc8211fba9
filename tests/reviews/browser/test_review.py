"""A review in a real browser: it saves itself, nothing is lost between two tabs or offline, then it is sealed."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import Review
from seminars.models import Criterion
from tests import cast
from tests.reviews import world
from tests.signing import browse_as
from tests.watching import glance, listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def score(page: Page, criterion: Criterion, value: str) -> None:
    page.locator(f"#div_id_criterion_{criterion.pk}").get_by_label(value, exact=True).check()


def saved(page: Page, version: int) -> None:
    expect(page.locator("#section-version")).to_have_value(str(version))


def test_a_review_is_written_in_two_tabs_and_sealed(live_server: LiveServer, browser: Browser) -> None:
    mine = world.assigned(world.reviewer("FR"), world.pairs_in_review()[0])
    first, second, *others = Criterion.objects.order_by("position")
    faults: list[str] = []
    context = browser.new_context()
    browse_as(context, cast.in_english(mine.reviewer.user), live_server.url)
    one, two = (listen(context.new_page(), faults) for _ in range(2))
    for page in (one, two):
        page.goto(f"{live_server.url}{reverse('review', args=[mine.pk])}")
    look(one).get_by_role("link", name="Go to the form").press("Enter")
    expect(one.get_by_role("heading", name="Your review")).to_be_focused()
    expect(one.locator("#overall")).to_contain_text("No overall score yet")
    score(one, first, "4")
    expect(one.locator("#overall")).to_contain_text("Overall score 4.00 from 1 of 6 criteria")
    score(one, second, "Cannot judge")
    saved(one, 2)
    expect(one.locator("#overall")).to_contain_text("4.00 from 1 of 6")
    context.set_offline(True)
    one.get_by_label("Comment for the coordinators").fill("Clear and well argued.")
    expect(one.locator("#saved")).to_contain_text("Offline: kept on this device")
    context.set_offline(False)
    saved(one, 3)

    two.get_by_label("Comment for the coordinators").fill("From the other tab")
    expect(two.locator("#conflict")).to_contain_text("Clear and well argued.")
    look(two).get_by_role("button", name="Save my choice").click()
    expect(two.get_by_label("Comment for the coordinators")).to_have_value("From the other tab")
    expect(two.locator("#overall")).to_contain_text("4.00 from 1 of 6")
    for criterion in others:
        score(two, criterion, "3")
    two.get_by_label("Fund", exact=True).check()
    two.get_by_role("button", name="Read it over and seal").click()
    expect(two.get_by_role("heading", level=1)).to_have_text("Seal the review")
    glance(two).get_by_role("button", name="Seal the review").click()
    expect(two.get_by_text("The review is sealed. Thank you.")).to_be_visible()
    expect(look(two).get_by_text("3.20")).to_be_visible()
    review = Review.objects.get()
    assert (review.comment_coordinators, review.sealed_at is None) == ("From the other tab", False)
    context.close()
    assert faults == []

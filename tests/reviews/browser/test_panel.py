"""A panel in a real browser: ranking by the keyboard, ties, and each page under axe's eyes."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import Ranking
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer
from tests.signing import browse_as
from tests.watching import listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_panel_ranks_without_a_mouse(live_server: LiveServer, browser: Browser) -> None:
    one, two, three = world.pairs_in_review(3)
    world.evaluated([one, two, three], reviewers=2)
    faults: list[str] = []
    context = browser.new_context()
    browse_as(context, cast.in_english(officer("FR")), live_server.url)
    page = listen(context.new_page(), faults)

    def opened(name: str, *more: int) -> None:
        page.goto(f"{live_server.url}{reverse(name, args=['inserm-jsps-2026', *more])}")
        look(page)

    for name, *more in (("panel",), ("panel_pair", one.pk), ("panel_minutes",), ("panel_seal",)):
        opened(str(name), *map(int, more))
    opened("panel_ranking")
    page.get_by_role("button", name=f"Up {three}").press("Enter")
    page.get_by_role("button", name=f"Tie with the one above {two}").press("Enter")
    expect(page.get_by_role("button", name=f"Tie with the one above {two}")).to_be_focused()
    page.get_by_role("button", name="Save the ranking").press("Enter")
    expect(page.get_by_text("The ranking is saved.")).to_be_visible()
    assert dict(Ranking.objects.values_list("seminar", "rank")) == {one.pk: 1, three.pk: 2, two.pk: 2}
    context.close()
    assert faults == []

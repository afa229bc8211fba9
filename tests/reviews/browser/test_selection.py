"""The joint selection in a real browser: each of its pages is readable by everybody."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.reviews import selecting, world
from tests.reviews.actions.test_selection import put
from tests.seminars.filed import officer
from tests.signing import browse_as
from tests.watching import listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_the_joint_selection_hold(live_server: LiveServer, browser: Browser) -> None:
    pairs = selecting.opened(3)
    world.evaluated(pairs, 1)
    put(pairs[0], "selected")
    faults: list[str] = []
    context = browser.new_context()
    browse_as(context, cast.in_english(officer("FR")), live_server.url)
    page = listen(context.new_page(), faults)
    for path in ("", f"{pairs[0].pk}/", "sign/", "merge/", "minutes/"):
        page.goto(f"{live_server.url}/desk/inserm-jsps-2026/selection/{path}")
        look(page)
    assert faults == []
    context.close()

"""A real co-submission from signing up to two receipts, on PostgreSQL with Redis and in the demonstration."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Agency
from tests.cast import officer_of, verified
from tests.journeys import entering
from tests.journeys.places import DemoPlace, LivePlace, demonstration
from tests.journeys.story import Cast, play
from tests.signing import browse_as
from tests.watching import PHONE

Open = Callable[..., Page]


def test_on_postgresql_with_redis(open_browser: Open, live_server: LiveServer) -> None:
    cache.clear()
    call_command("load_call")
    call_command("load_call", demonstration=True)
    claire = verified(officer_of(Agency.objects.get(code="inserm"), "claire@inserm.example", language="fr"))
    noriko = officer_of(Agency.objects.get(code="jsps"), "noriko@jsps.example", language="ja", time_zone="Asia/Tokyo")
    inserm, jsps = open_browser(), open_browser()
    inserm.goto(f"{live_server}/desk/")
    entering.sign_in(inserm, claire.email)
    entering.set_up_an_app(inserm)
    browse_as(jsps.context, noriko, live_server.url)
    cast = Cast(
        marie=open_browser(locale="fr-FR"),
        kenji=open_browser(locale="ja-JP", **PHONE),
        institution=open_browser(locale="ja-JP"),
        inserm=inserm,
        jsps=jsps,
    )
    play(cast, LivePlace(live_server.url))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration of this module's own."""
    with demonstration(tmp_path_factory.mktemp("demo")) as address:
        yield address


def click_in(page: Page, address: str, role: str) -> Page:
    """Sign in as the first officer of an agency with one click."""
    page.goto(f"{address}/demonstration/")
    page.locator(f"dl.cast dt:has(+ dd:has-text('{role}')) button").first.click()
    page.wait_for_url("**/desk/")
    return page


def test_in_the_demonstration(open_browser: Open, demo: str) -> None:
    cast = Cast(
        marie=open_browser(locale="fr-FR", **PHONE),
        kenji=open_browser(locale="ja-JP"),
        institution=open_browser(locale="ja-JP", **PHONE),
        inserm=click_in(open_browser(locale="fr-FR"), demo, "Inserm"),
        jsps=click_in(open_browser(locale="ja-JP"), demo, "JSPS"),
    )
    play(cast, DemoPlace(demo, open_browser().context))

"""What the tests in a real browser share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import ConsoleMessage, Page


@pytest.fixture(autouse=True)
def fresh_limits(transactional_db: None) -> None:
    """Forget the attempts of earlier tests: the cache's table is no model, so no flush empties it."""
    cache.clear()


@pytest.fixture(autouse=True)
def quiet_console(page: Page) -> Iterator[list[str]]:
    """Fail on any error in the console, a refusal by the content security policy among them."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []

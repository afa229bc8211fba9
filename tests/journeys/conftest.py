"""What the journeys share: browsers that belong to one person each, and the two places to play in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.watching import listen

PATIENCE = 30_000
"""How long a page may take on a busy machine, in milliseconds."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def open_browser(browser: Browser, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own, with its own cookies; the test fails on what goes wrong in any of them."""
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return listen(context.new_page(), faults)

    yield opened
    for context in contexts:
        context.close()
    assert faults == []

"""Watching a browser as its readers would: what goes wrong inside it, what axe finds, what does not fit the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WCAG = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def listen(page: Page, faults: list[str]) -> Page:
    """Add to ``faults`` each error in a script, breach of the content policy and missing static file of ``page``."""

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "/static/" in message.location.get("url", ""):
            faults.append(f"{page.url}: {message.text}")

    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda message: heard(message) if message.type == "error" else None)
    return page


def barriers(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and good practice on the page as it stands."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


def is_too_wide(page: Page) -> bool:
    """Say whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def glance(page: Page) -> Page:
    """Fail when the page must be scrolled sideways or has not exactly one main heading; takes little time."""
    page.wait_for_load_state()
    wrong = ["wider than its screen"] if is_too_wide(page) else []
    wrong += [] if page.locator("h1").count() == 1 else ["no main heading, or several"]
    assert wrong == [], f"{page.url}: {wrong}"
    return page


def look(page: Page) -> Page:
    """Fail as at a glance, and when axe finds something on the page."""
    found = barriers(glance(page))
    assert found == [], f"{page.url}: {found}"
    return page


def pass_by(page: Page) -> Page:
    """Look at a page that both agencies pass by, with axe where it is read in French and else at a glance.

    What axe finds hardly depends on the language, and looking takes long.
    """
    return look(page) if page.locator("html").get_attribute("lang") == "fr" else glance(page)

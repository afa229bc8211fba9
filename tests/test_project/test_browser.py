"""The browser that the tests drive: styles and scripts arrive, the policy for content holds, Japanese has a font."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_page_is_styled_and_allowed_by_its_own_policy(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--bs-body-font-family')")
    assert page.evaluate("typeof htmx") == "object"


def test_japanese_is_drawn_with_glyphs(page: Page) -> None:
    page.set_content("<canvas id=canvas></canvas>")
    drawn = page.evaluate(
        """() => ["日", "本", "\\uFFFF"].map(text => {
            const canvas = document.getElementById("canvas");
            const pen = canvas.getContext("2d");
            pen.clearRect(0, 0, 300, 150);
            pen.font = "80px sans-serif";
            pen.fillText(text, 10, 100);
            return canvas.toDataURL();
        })"""
    )
    assert len(set(drawn)) == 3, "No Japanese font: apt-get install -y fonts-ipaexfont-gothic"


@pytest.mark.parametrize("content", ["<script>undefined.x</script>", "<img src='/static/absent.png'>"])
def test_faulty_page_is_noticed(faults: list[str], page: Page, live_server: LiveServer, content: str) -> None:
    page.goto(f"{live_server.url}/healthz/live")
    page.set_content(content)
    page.wait_for_timeout(300)
    assert len(faults) == 1
    faults.clear()

"""Steps of an evaluation: inviting and answering, conflicts, giving pairs out, reviewing, and a panel's own work."""

from collections.abc import Collection
from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.entering import press
from tests.watching import glance, pass_by


def begin(page: Page, desk: str, due_on: date) -> None:
    """Begin the evaluation of a call for both agencies; ``desk`` is the address of the call's desk."""
    page.goto(f"{desk}evaluation/")
    pass_by(page)
    page.locator("[name=until_on]").fill(f"{due_on}")
    page.locator("[name=until_time]").fill("18:00")
    page.locator("[name=agreed]").check()
    press(page, "button[name=begin]")
    expect(page.locator("button[name=move]")).to_be_visible()
    pass_by(page)


def invite(page: Page, desk: str, lines: Collection[str]) -> None:
    """Take part oneself, as an officer of a small programme does, and invite people, one a line."""
    page.goto(f"{desk}reviewers/")
    pass_by(page)
    press(page, "button[name=take_part]")
    describe(page, "neurons")
    page.goto(f"{desk}reviewers/")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("[name=people]").fill("\n".join(lines))
    press(page, "button[name=invite]")
    expect(page.locator("tbody tr")).to_have_count(1 + len(lines))
    pass_by(page)


def accept(page: Page) -> None:
    """Read the invitation that is open, and accept it."""
    pass_by(page)
    press(page, "form[action$='/accept/'] button")
    page.wait_for_url(lambda url: "/invitations/" not in url)


def describe(page: Page, keywords: str) -> None:
    """Say what one knows, on the page that comes after accepting; the next one is for declaring conflicts."""
    page.wait_for_url("**/reviews/profile/*/")
    pass_by(page)
    page.locator("[name=keywords]").fill(keywords)
    for area in page.locator("[name=areas]").all():
        area.check()
    press(page, "main form.panel button")
    page.wait_for_url("**/reviews/conflicts/*/")


def declare_conflict(page: Page, title: str, why: str) -> None:
    """Declare a conflict of interest with the pair of this title, which is closed at once."""
    glance(page)
    pair = page.locator("section.panel", has_text=title)
    pair.locator("[name=statement]").fill(why)
    pair.locator("button[name=declare]").click()
    expect(pair.locator(".state-stop")).to_be_visible()
    pass_by(page)


def confirm_conflict(page: Page, desk: str, name: str, why: str) -> None:
    """Decide that a conflict which the application has seen stands."""
    page.goto(f"{desk}conflicts/")
    glance(page)
    found = page.locator(".conflict", has_text=name)
    found.locator("[name=reason]").fill(why)
    found.locator("button[name=stands]").click()
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.locator("tbody tr", has_text=why)).to_have_count(1)
    pass_by(page)


def give_out(page: Page, desk: str, number: int) -> None:
    """Take the proposed assignment, of which ``number`` reviews come."""
    page.goto(f"{desk}assignments/")
    glance(page)
    press(page, "main a[href$='/assignments/proposal/']")
    page.wait_for_url("**/assignments/proposal/")
    expect(page.locator("ul.seats li")).to_have_count(number)
    pass_by(page)
    press(page, "main form.toolbar button")
    page.wait_for_url("**/assignments/")
    expect(page.locator("dl.facts .state-done")).to_be_visible()
    pass_by(page)
    page.goto(f"{desk}assignments/?view=grid")
    pass_by(page)


def acknowledge(page: Page, review: str) -> None:
    """Look at the two teams from one's list, and take the pair on; ``review`` is the path of the review."""
    page.goto(page.url.split("/reviews/")[0] + "/reviews/")
    pass_by(page)
    press(page, f"main a[href='{review}']")
    page.wait_for_url(f"**{review}")
    expect(page.locator("#dossier-title")).to_have_count(0)
    pass_by(page)
    press(page, "button[name=onward]")
    expect(page.locator("#dossier-title")).to_be_visible()
    pass_by(page)


def write_review(page: Page, scores: Collection[int], comments: tuple[str, str]) -> None:
    """Score each criterion and write both comments; all of it saves itself. 0 is “cannot judge”."""
    criteria = page.locator("#section-form fieldset.criterion:not(#div_id_recommendation)")
    expect(criteria).to_have_count(len(scores))
    for place, score in enumerate(scores):
        criteria.nth(place).locator(f"input[value='{score}']").check()
    page.locator("[name=recommendation][value=fund]").check()
    for name, text in zip(("comment_coordinators", "comment_panel"), comments, strict=True):
        page.locator(f"[name={name}]").fill(text)
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("[name=comment_panel]")).to_have_value(comments[1])


def seal_review(page: Page, overall: str) -> None:
    """Read the review over and seal it."""
    press(page, "#section-form button[name=onward]")
    page.wait_for_url("**/seal/")
    expect(page.locator("main")).to_contain_text(overall)
    pass_by(page)
    press(page, "main form.toolbar button")
    expect(page.locator("main .state-done")).to_be_visible()
    pass_by(page)


def discuss(page: Page, desk: str, pair: int, note: str) -> None:
    """Read the scores of one's panel and the reviews of a pair, and write down what was said."""
    page.goto(f"{desk}panel/")
    pass_by(page)
    press(page, f"main a[href$='/panel/{pair}/']")
    page.wait_for_url(f"**/panel/{pair}/")
    page.locator("[name=text]").fill(note)
    press(page, "main form button")
    expect(page.locator("article", has_text=note)).to_have_count(1)
    pass_by(page)


def rank(page: Page, desk: str, order: list[int], proposals: list[str]) -> None:
    """Rank pairs with the keys alone, each moved up behind those before it, and propose something for each."""
    page.goto(f"{desk}panel/ranking/")
    glance(page)
    ranks = page.locator("[data-ranking] tbody input")
    for place, pair in enumerate(order):
        rows = [name.removeprefix("rank-") for name in ranks.evaluate_all("fields => fields.map(field => field.name)")]
        up = page.locator(f"tr:has([name=rank-{pair}]) [data-move=up]")
        for _step in range(rows.index(str(pair)) - place):
            up.press("Enter")
            expect(up).to_be_focused()
    for place, (pair, proposal) in enumerate(zip(order, proposals, strict=True), start=1):
        if not page.locator(f"[name=rank-{pair}]").input_value():
            page.locator(f"[name=rank-{pair}]").press_sequentially(f"{place}")
        choice = page.locator(f"[name=proposal-{pair}]")
        while choice.input_value() != proposal:
            choice.press("ArrowDown")
    page.locator("main form .toolbar button").press("Enter")
    expect(page.locator("main .alert-success, .alert-success")).to_be_visible()
    for place, pair in enumerate(order, start=1):
        expect(page.locator(f"[name=rank-{pair}]")).to_have_value(f"{place}")
    pass_by(page)


def sit(page: Page, desk: str, chair: int, present: Collection[int], minutes: str) -> None:
    """Write down who chairs, who sits and is present, and the minutes."""
    page.goto(f"{desk}panel/minutes/")
    glance(page)
    page.locator("[name=chair]").select_option(f"{chair}")
    for person in {chair, *present}:
        for name in ("members", "present"):
            page.locator(f"[name={name}][value='{person}']").check()
    page.locator("[name=minutes]").fill(minutes)
    press(page, "main form .toolbar button")
    expect(page.locator(".alert-success")).to_be_visible()
    pass_by(page)


def seal_panel(page: Page, desk: str) -> None:
    """Seal the panel, in which nothing is missing."""
    page.goto(f"{desk}panel/seal/")
    pass_by(page)
    press(page, "button[name=seal]")
    expect(page.locator("main .state-done")).to_be_visible()
    pass_by(page)

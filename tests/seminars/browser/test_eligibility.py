"""Both officers decide in a real browser, in French and in Japanese; nothing stands in anybody's way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from seminars.actions import eligibility_notice
from seminars.models import CallAgency, EligibilityNotice, Seminar
from tests.seminars.filed import bare_pair, filed, officer
from tests.signing import browse_as
from tests.watching import PHONE, glance, listen, look

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "inserm-jsps-2026"
LIST = reverse("desk_eligibility", args=[CODE])


@pytest.fixture
def seminar(transactional_db: None) -> Seminar:
    """A pair and a record alone, after the deadline."""
    made = bare_pair("Ageing neurons")
    filed("FR", title_en="Cells alone")
    User.objects.filter(proposals__seminar=made, proposals__side__agency__country="FR").update(language="fr")
    CallAgency.objects.update(deadline_at=datetime.now(UTC) - timedelta(days=1))
    return made


def open_as(browser: Browser, live_server: LiveServer, country: str, faults: list[str]) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    browse_as(context, officer(country), live_server.url)
    page = listen(context.new_page(), faults)
    page.goto(f"{live_server}{LIST}")
    return page


def test_two_officers_decide_and_tell(browser: Browser, live_server: LiveServer, seminar: Seminar) -> None:
    faults: list[str] = []
    claire = open_as(browser, live_server, "FR", faults)
    yuki = open_as(browser, live_server, "JP", faults)
    expect(claire.get_by_role("status").last).to_contain_text("2 cas")
    expect(yuki.get_by_role("status").last).to_contain_text("1件")

    expect(look(claire).get_by_role("button", name="Clavier")).to_be_visible()
    claire.keyboard.press("j")
    expect(claire.get_by_role("link", name="Ageing neurons")).to_be_focused()
    claire.keyboard.press("Enter")
    claire.wait_for_url("**/desk/seminars/*/eligibility/")
    look(claire).get_by_label("Éligible", exact=True).check()
    claire.get_by_role("button", name="Décider").click()
    expect(claire.get_by_text("La décision de votre organisme est enregistrée.")).to_be_visible()

    glance(yuki).get_by_role("link", name="Ageing neurons").click()
    yuki.wait_for_url("**/desk/seminars/*/eligibility/")
    yuki.get_by_label("申請資格なし", exact=True).check()
    yuki.get_by_label("理由（フランス語）").fill("")
    yuki.get_by_role("button", name="判定する").click()
    expect(yuki.get_by_text("理由は3言語すべてで必要です。").first).to_be_visible()
    look(yuki).get_by_label("理由（フランス語）").fill("Mauvais volet. (R4)")
    yuki.get_by_role("button", name="判定する").click()
    expect(yuki.get_by_text("貴機関の判定を記録しました。")).to_be_visible()
    look(yuki)

    claire.goto(f"{live_server}{reverse('desk_eligibility_bulk', args=[CODE, 'void'])}")
    look(claire).get_by_role("button", name="Les juger non éligibles").click()
    expect(claire.get_by_text("1 cas est tranché.")).to_be_visible()

    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    claire.get_by_role("link", name="Informer les coordinateurs et coordinatrices").click()
    claire.locator("#id_until_on").fill(tomorrow)
    claire.locator("#id_until_time").fill("10:00")
    claire.get_by_role("button", name="Programmer la notification").click()
    expect(claire.locator("button[name=cancel]")).to_be_visible()
    look(claire).get_by_role("link", name="Ageing neurons").click()
    expect(claire.get_by_text("Mauvais volet. (R4)")).to_be_visible()
    look(claire)

    yuki.goto(f"{live_server}{reverse('desk_eligibility_notice', args=[CODE])}")
    yuki.get_by_role("button", name="この日時に合意する").click()
    expect(yuki.get_by_text("両機関が合意済み")).to_be_visible()
    look(yuki)
    eligibility_notice.send_due(at=EligibilityNotice.objects.get().due_at)

    coordinator = seminar.proposals.get(side__agency__country="FR").coordinator
    phone = browser.new_context(**PHONE)
    browse_as(phone, coordinator, live_server.url)
    page = listen(phone.new_page(), faults)
    page.goto(f"{live_server}{reverse('proposal', args=[seminar.proposals.get(coordinator=coordinator).pk])}")
    expect(look(page).get_by_text("Mauvais volet. (R4)")).to_be_visible()

    for address in (LIST, reverse("desk_eligibility_seminar", args=[seminar.pk])):
        small = browser.new_context(**PHONE)
        browse_as(small, officer("JP"), live_server.url)
        page = listen(small.new_page(), faults)
        page.goto(f"{live_server}{address}")
        look(page)
    assert faults == []

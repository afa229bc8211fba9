"""A report by two people in real browsers: it saves itself, nothing is overwritten, both sign, an officer decides."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from reviews.choices import ReportState
from reviews.models import Report
from seminars.models import Proposal
from tests.reviews.reported import TEXT, complete, confirmed, reread, writer
from tests.seminars.filed import officer
from tests.signing import browse_as
from tests.watching import PHONE, listen, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_write_one_report_and_sign_it(live_server: LiveServer, browser: Browser) -> None:
    faults: list[str] = []
    now = timezone.now()
    report = confirmed()
    last = (now - timedelta(days=10)).date()
    Proposal.objects.filter(seminar=report.seminar).update(start_on=last - timedelta(days=2), end_on=last)
    Report.objects.filter(pk=report.pk).update(start_on=None)

    def enter(person: User, language: str, **options: object) -> Page:
        User.objects.filter(pk=person.pk).update(language=language)
        context = browser.new_context(**options)
        browse_as(context, User.objects.get(pk=person.pk), live_server.url)
        return listen(context.new_page(), faults)

    def base(country: str) -> str:
        record = Proposal.objects.get(seminar=report.seminar, side__agency__country=country)
        return f"{live_server.url}/proposals/{record.pk}/report/"

    marie, kenji = enter(writer(report), "en"), enter(writer(report, "JP"), "ja", **PHONE)
    for page, country in ((marie, "FR"), (kenji, "JP")):
        page.goto(f"{base(country)}narrative/")
    marie.get_by_label("Course and outcomes").fill(TEXT)
    expect(marie.locator("#section-version")).to_have_value("1")
    expect(marie.locator("#completeness")).not_to_contain_text("The course and the outcomes")
    kenji.locator("textarea#id_narrative").fill("書きかけの文章です。")
    expect(kenji.locator("#conflict")).to_contain_text(TEXT[:40])
    look(kenji).locator("input[name=keep-narrative][value=saved]").check()
    kenji.locator("#conflict button").click()
    expect(kenji.locator("textarea#id_narrative")).to_have_value(TEXT)

    for section in ("facts", "attendance", "publications", "spending", "files", "summary"):
        marie.goto(f"{base('FR')}{section}/")
        look(marie)
    Report.objects.filter(pk=report.pk).update(narrative_version=0)
    complete(reread(report), at=now)
    days = {"start_on": last - timedelta(days=2), "end_on": last}
    Report.objects.filter(pk=report.pk).update(**days)
    for page, country in ((marie, "FR"), (kenji, "JP")):
        page.goto(base(country))
        look(page).locator("a.btn-primary").first.click()
        look(page).locator("form.panel button.btn-primary").click()
        page.wait_for_url(base(country))
    assert reread(report).state == ReportState.SUBMITTED

    desk = enter(officer("FR"), "fr")
    desk.goto(f"{live_server.url}/desk/inserm-jsps-2026/reports/")
    look(desk).get_by_role("link", name="Confirmed").click()
    look(desk).get_by_role("button", name="Accepter le rapport").click()
    expect(desk.get_by_text("C’est noté.")).to_be_visible()
    desk.goto(f"{live_server.url}/desk/inserm-jsps-2026/statistics/")
    expect(desk.locator("#held-seminars")).to_be_visible()
    look(desk)
    assert faults == []

"""Two officers make one list of pairs out of two agencies' applications, and hand the complete dossiers on."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, User
from seminars.actions import eligibility_notice
from seminars.models import CallAgency, EligibilityNotice, ListedApplication, Proposal
from seminars.tasks import make_pack
from tests import cast
from tests.journeys import reconciling
from tests.seminars.filed import filed, submit
from tests.signing import browse_as
from tests.spreadsheets import HEADINGS, sheet

DAYS = "2027年6月14日～16日"
NEURONS, MALARIA, ROBOTS = "Ageing neurons", "Vaccines against malaria", "Robots for surgery"
LISTED = (
    ("JP-101", "田中　健二", "TANAKA Kenji", NEURONS, DAYS, "Ａ", "k@kyoto.example", "LEFEVRE Marie"),
    ("JP-102", "鈴木　彩", "SUZUKI Aya", "Vaccines against malaria in Asia", DAYS, "Ａ", "", "ROUX Pauline"),
    ("JP-103", "森　潤", "MORI Jun", "Mosquitoes and villages", "2027/9/1～2027/9/2", "Ａ", "", ""),
    ("JP-104", "小川　愛", "OGAWA Ai", ROBOTS, DAYS, "Ａ", "", "PETIT Luc"),
)
WHY = {"en": "Other dates. (R3)", "fr": "Dates différentes. (R3)", "ja": "日程が異なります。(R3)"}


def coordinator(name: str, **values: str) -> User:
    """Return somebody of Inserm's side who reads French."""
    names = {"family_name": name, "position": "Chargé de recherche", "language": "fr"}
    return cast.user(f"{name.lower()}@inserm.example", **names, **values)


@pytest.fixture
def officers(transactional_db: None, files_root: Path) -> dict[str, User]:
    """Both officers, three records that Inserm received, and deadlines that have passed."""
    submit(cast.complete_draft(cast.marie(), title_en=NEURONS))
    submit(cast.complete_draft(coordinator("Roux", given_name="Paul"), title_en=MALARIA))
    luc = coordinator("Petit", given_name="Luc")
    dates = {"start_on": cast.facts(cast.call_2026())["start_on"], "end_on": cast.facts(cast.call_2026())["end_on"]}
    filed("FR", coordinator=luc, title_en=ROBOTS, venue_country="FR", **dates)
    CallAgency.objects.update(deadline_at=datetime.now(UTC) - timedelta(days=1))
    return {"FR": cast.inserm_officer(), "JP": cast.jsps_officer()}


def test_two_officers_agree_on_one_list(
    open_browser: Callable[..., Page], live_server: LiveServer, officers: dict[str, User], tmp_path: Path
) -> None:
    desk = f"{live_server}/desk/{cast.call_2026().code}/"
    claire, yuki = open_browser(), open_browser()
    for page, officer in ((claire, officers["FR"]), (yuki, officers["JP"])):
        browse_as(page.context, officer, live_server.url)

    list_arrives(yuki, desk, tmp_path)
    told = Message.objects.get(kind="list_shared")
    assert (told.recipient, told.language) == (officers["FR"], "fr")
    pairs_are_made(claire, desk)
    coordinators_are_told(claire, yuki, desk)
    dossiers_are_handed_on(claire, desk)


def list_arrives(yuki: Page, desk: str, folder: Path) -> None:
    """JSPS's officer imports the list of her agency, without the addresses, and shares it."""
    file = folder / "令和9年度.xlsx"
    file.write_bytes(sheet(["共同セミナー　申請一覧"], HEADINGS, *LISTED))
    reconciling.import_list(yuki, desk, file, left_out="メールアドレス", rows=len(LISTED))
    reconciling.share_list(yuki)
    assert set(ListedApplication.objects.values_list("email", flat=True)) == {""}


def pairs_are_made(claire: Page, desk: str) -> None:
    """Inserm's officer confirms, rejects, links by hand, and takes one pair apart again."""
    reconciling.confirm(claire, desk, NEURONS)
    reconciling.reject(claire, desk, MALARIA)
    reconciling.link_by_hand(claire, desk, MALARIA, "Mosquitoes")
    reconciling.confirm(claire, desk, ROBOTS)
    reconciling.take_apart(claire, desk, ROBOTS, "Ce ne sont pas les mêmes équipes.")
    halves = {row.application_number: row.seminar_id for row in ListedApplication.objects.all()}
    assert [number for number, seminar in sorted(halves.items()) if seminar] == ["JP-101", "JP-103"]
    assert Message.objects.filter(kind="matched").count() == 3
    assert Message.objects.filter(kind="match_taken_apart").count() == 1


def coordinators_are_told(claire: Page, yuki: Page, desk: str) -> None:
    """Each officer decides for her agency; nobody else learns of it before the moment on which both agree."""
    for page in (claire, yuki):
        reconciling.decide(page, desk, NEURONS, "eligible")
    reconciling.decide(claire, desk, MALARIA, "eligible")
    reconciling.decide(yuki, desk, MALARIA, "ineligible", WHY)
    reconciling.plan_notice(claire, desk, datetime.now(UTC) + timedelta(days=2))
    due_at = EligibilityNotice.objects.get().due_at
    assert eligibility_notice.send_due(at=due_at) == 0, "Only one agency has agreed."
    reconciling.agree(yuki, desk)
    assert eligibility_notice.send_due(at=due_at - timedelta(microseconds=1)) == 0
    assert set(Proposal.objects.values_list("told_outcome", flat=True)) == {""}
    assert eligibility_notice.send_due(at=due_at) == 2
    outcomes = dict(Proposal.objects.values_list("title_en", "told_outcome"))
    assert outcomes == {NEURONS: "eligible", MALARIA: "ineligible", ROBOTS: ""}
    assert WHY["fr"] in Message.objects.get(kind="eligibility_told", address="roux@inserm.example").text


def dossiers_are_handed_on(claire: Page, desk: str) -> None:
    """Inserm's officer fetches a pack of both pairs and the list of what is on screen."""
    names = reconciling.fetch_pack(claire, desk, make_pack)
    assert sum(name.endswith(".pdf") for name in names) == 2
    assert "index.html" in names
    rows = reconciling.export(claire, f"{desk}proposals/?q={ROBOTS}")
    assert [ROBOTS in row for row in rows[1:]] == [True]
    table = io.StringIO(claire.request.get(f"{desk}eligibility.csv").text().lstrip("\ufeff"))
    titles = [cell for row in csv.reader(table) for cell in row if cell in (NEURONS, MALARIA, ROBOTS)]
    assert sorted(set(titles)) == sorted((NEURONS, MALARIA, ROBOTS))

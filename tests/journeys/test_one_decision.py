"""The way to one decision: two agencies judge apart, decide together, announce at once, and grant the budget."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Message, MessageState
from reviews.models import Announcement, Assignment, Panel, Told
from seminars.choices import SeminarState
from seminars.models import Proposal, Seminar
from tests import cast
from tests.journeys import calling, deciding, entering, judging
from tests.journeys.calling import CODE, JUDGES, TITLES
from tests.journeys.entering import Person
from tests.journeys.places import LivePlace
from tests.processes import wait_for
from tests.signing import browse_as
from tests.watching import PHONE, look

Open = Callable[..., Page]
PAUL = Person("Paul", "Girard", JUDGES["FR"][0].email, "fr", "heure de Paris")
WHY = "Les repas du premier soir sont offerts."


class Decision:
    """One call on its way to a decision: the pages of the officers and chairs, the pairs, and where all of it is."""

    def __init__(self, opened: Open, place: LivePlace) -> None:
        """File the pairs, and sign the officers in, Claire with the app that she sets up."""
        self.opened, self.place, self.desk = opened, place, f"{place.address}/desk/{CODE}/"
        self.pairs = calling.eligible_pairs(self.now)
        self.chairs = {country: calling.chair(country, self.now) for country in ("FR", "JP")}
        self.claire, self.yuki = opened(locale="fr-FR"), opened(locale="ja-JP")
        cast.verified(cast.inserm_officer())
        self.claire.goto(f"{place.address}/desk/")
        entering.sign_in(self.claire, cast.inserm_officer().email)
        self.secret = entering.set_up_an_app(self.claire)
        browse_as(self.yuki.context, cast.jsps_officer(), place.address)

    @property
    def now(self) -> datetime:
        """The instant."""
        return datetime.now(UTC)

    def judge_apart(self) -> None:
        """Both agencies find reviewers, give the pairs out, and let them be judged."""
        judging.begin(self.claire, self.desk, (self.now + timedelta(days=30)).date())
        for officer, country in ((self.claire, "FR"), (self.yuki, "JP")):
            judging.invite(officer, self.desk, [judge.line for judge in JUDGES[country]])
        paul, aoi = self.paul_accepts(), self.aoi_accepts()
        for country in ("FR", "JP"):
            calling.others_accept(country, self.now)
        judging.confirm_conflict(self.claire, self.desk, "Luc PETIT", "Trois articles ensemble.")
        judging.give_out(self.claire, self.desk, 2 * len(TITLES))
        judging.give_out(self.yuki, self.desk, 3 * len(TITLES))
        for page, judge, words in (
            (paul, JUDGES["FR"][0], ("Un projet solide, bien préparé.", "À soutenir.")),
            (aoi, JUDGES["JP"][0], ("両チームの強みが明確です。", "採用を推奨します。")),
        ):
            given = Assignment.objects.filter(reviewer__email=judge.email).order_by("pk")[0]
            judging.acknowledge(page, f"/reviews/{given.pk}/")
            judging.write_review(page, (5, 4, 4, 0, 4, 4), words)
            judging.seal_review(page, "4,20" if page is paul else "4.20")
        calling.others_review(self.now)

    def paul_accepts(self) -> Page:
        """Paul, who is new here, follows the mail's link, signs up, and has a conflict to declare."""
        page, link = self.opened(locale="fr-FR"), self.place.link(PAUL.email, "/reviews/invitations/")
        page.goto(link)
        entering.press(page, "main a[href^='/account/signup/']")
        entering.sign_up(page, PAUL, self.place)
        page.wait_for_url(link)
        judging.accept(page)
        profile = parse_qs(urlsplit(page.url).query)["next"][0]
        entering.set_up_an_app(page)
        page.goto(f"{self.place.address}{profile}")
        judging.describe(page, "neurones, neurons")
        judging.declare_conflict(page, TITLES[2], "Un ancien doctorant.")
        return page

    def aoi_accepts(self) -> Page:
        """Aoi, who has an account, answers on a phone."""
        judge, page = JUDGES["JP"][0], self.opened(locale="ja-JP", **PHONE)
        browse_as(page.context, judge.account(), self.place.address)
        page.goto(self.place.link(judge.email, "/reviews/invitations/"))
        judging.accept(page)
        judging.describe(page, "神経、neurons")
        return page

    def rank_apart(self) -> None:
        """Time passes; each panel ranks, writes its minutes and seals, and the other agency sees nothing of it."""
        Panel.objects.update(opened_at=self.now - timedelta(days=9), reviews_due_at=self.now - timedelta(hours=1))
        one, two, three = (pair.pk for pair in self.pairs)
        helene, wish = self.opened(locale="fr-FR"), ["fund", "reserve", "reject"]
        browse_as(helene.context, self.chairs["FR"], self.place.address)
        helene.goto(f"{self.place.address}/projects/")
        entering.press(look(helene), f"main a[href='/desk/{CODE}/panel/']")
        judging.discuss(helene, self.desk, one, "Le programme est prêt.")
        judging.rank(helene, self.desk, [one, two, three], wish)
        judging.sit(helene, self.desk, self.chairs["FR"].pk, [cast.inserm_officer().pk], "Unanimité.")
        deciding.finds_it_closed(self.claire, self.desk)
        judging.seal_panel(helene, self.desk)
        judging.rank(self.yuki, self.desk, [one, three, two], wish)
        judging.sit(self.yuki, self.desk, self.chairs["JP"].pk, [cast.jsps_officer().pk], "全会一致でした。")
        deciding.finds_it_closed(self.yuki, self.desk)
        judging.seal_panel(self.yuki, self.desk)

    def decide_together(self) -> None:
        """Both agencies look at both rankings, and sign; Claire shows her second factor again."""
        pairs = len(self.pairs)
        deciding.open_selection(self.yuki, self.desk, pairs)
        deciding.take_merged_order(self.claire, self.desk, selected=1, reserves=1)
        deciding.talk(self.claire, self.desk, self.pairs[1].pk, "Second des deux côtés.", "Un séminaire est retenu.")
        self.forget_factor(self.claire)
        self.claire.goto(f"{self.desk}selection/sign/")
        entering.give_code(self.claire, self.secret)
        self.claire.wait_for_url("**/selection/sign/")
        deciding.sign_all(self.claire, pairs)
        self.yuki.goto(f"{self.desk}selection/sign/")
        deciding.sign_all(self.yuki, pairs)

    def forget_factor(self, page: Page) -> None:
        """Let an hour pass since the second factor was shown, and the code that was used be forgotten."""
        [key] = [item["value"] for item in page.context.cookies() if item["name"] == settings.SESSION_COOKIE_NAME]
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        records = session["account_authentication_methods"]
        session["account_authentication_methods"] = [{**record, "at": record["at"] - 3600} for record in records]
        session.save()
        cache.clear()

    def tell_at_once(self, marie: Page, kenji: Page) -> None:
        """Both agencies release; nobody learns anything before the instant, and then everybody does."""
        on = (self.now + timedelta(days=10)).date()
        deciding.plan(self.claire, self.desk, on, len(self.pairs))
        for officer in (self.claire, self.yuki):
            deciding.release(officer, self.desk)
            for page in (marie, kenji):
                deciding.knows_nothing(page, self.place.address, CODE, self.pairs[0].pk)
        Announcement.objects.update(due_at=self.now - timedelta(seconds=1))
        current_app.send_task("reviews.tasks.announce_due", ignore_result=True)
        told = Message.objects.filter(kind="outcome_told", state=MessageState.SENT)
        wait_for(lambda: told.count() == 2 * len(self.pairs))
        outcomes = [told.outcome for told in Told.objects.order_by("seminar")]
        assert outcomes == ["selected", "reserve", "not_selected"]
        for page, person, words in ((marie, cast.marie(), ["Retenu", "5,00"]), (kenji, cast.kenji(), ["採用", "5.00"])):
            link = self.place.link(person.email, "/outcomes/")
            deciding.reads_outcome(page, link, person.language, words)
        anybody = self.opened(locale="fr-FR")
        deciding.reads_public_page(anybody, self.place.address, CODE, TITLES[0], TITLES[1:])

    def grant(self, marie: Page) -> None:
        """Claire lowers a line with a reason, Marie accepts, and the seminar is confirmed."""
        record = Proposal.objects.get(coordinator=cast.marie())
        deciding.validate(self.claire, self.desk, record.pk, "50,00", WHY)
        deciding.accept_budget(marie, self.place.link(cast.marie().email, "/proposals/"), "50,00", WHY)
        states = list(Seminar.objects.order_by("pk").values_list("state", flat=True))
        assert states == [SeminarState.CONFIRMED, SeminarState.RESERVE, SeminarState.NOT_SELECTED]


@pytest.mark.usefixtures("celery_worker", "files_root")
def test_two_agencies_reach_one_decision(open_browser: Open, live_server: LiveServer) -> None:
    cache.clear()
    decision = Decision(open_browser, LivePlace(live_server.url))
    marie, kenji = open_browser(locale="fr-FR"), open_browser(locale="ja-JP", **PHONE)
    for page, person in ((marie, cast.marie()), (kenji, cast.kenji())):
        browse_as(page.context, person, live_server.url)
    decision.judge_apart()
    decision.rank_apart()
    decision.decide_together()
    decision.tell_at_once(marie, kenji)
    decision.grant(marie)
    wait_for(lambda: not Message.objects.filter(state=MessageState.QUEUED).exists())
    assert Message.objects.filter(kind="seminar_confirmed", address=cast.kenji().email, language="ja").count() == 1

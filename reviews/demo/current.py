"""The evaluation of the call of 2026 in the demonstration: under way, each reviewer at another point of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from reviews.actions import panel
from reviews.actions import reviewer as recruits
from reviews.actions.conflict import declare_conflict
from reviews.actions.evaluation import begin_evaluation
from reviews.demo import judging, recruiting
from reviews.demo.judges import Judge
from reviews.models import Assignment, Panel, Reviewer
from seminars.choices import SeminarState
from seminars.models import Call, CallAgency, Seminar

A_DAY = timedelta(days=1)
BOTH = ("FR", "JP")
BEGINS = 30 * A_DAY
"""How long after the deadline the evaluation begins."""
DUE = 98 * A_DAY
AT_LEAST = 14 * A_DAY
"""How long the reviews are due after the deadline, and at least from now: the demonstration is never past it."""
EACH = {"FR": 3, "JP": 3}
MERITS = {
    "FR": {"marie": 4.2, "amelie": 3.6, "baptiste": 3.1, "helene": 3.9},
    "JP": {"marie": 3.4, "amelie": 4.3, "baptiste": 3.7, "helene": 2.8},
}
DECLINES = "thomas"
SILENT = "osamu"
DECLARES = "takashi"
REFUSAL = "Je pars deux mois en mission à partir de la semaine prochaine, et ne pourrais pas rendre mes avis à temps."
STATEMENT = "代表者の一人とは昨年まで共同で科研費課題を実施していました。"
NOTE = (
    "Deux avis très éloignés sur la faisabilité : demander à chacun sur quoi il se fonde avant la réunion de décembre."
)
MINUTES = "Réunion préparatoire : le comité a lu les premiers avis et commencé à ordonner les projets."
TO_ACKNOWLEDGE, ACKNOWLEDGED, BEGUN, SEALED = "to acknowledge", "acknowledged", "begun", "sealed"
POINTS = (SEALED, SEALED, BEGUN, SEALED, TO_ACKNOWLEDGE, SEALED, ACKNOWLEDGED)
"""Where the reviews stand, in turn."""


@dataclass
class Current:
    """The evaluation under way; everything by country. ``began_at`` is when it begins."""

    call: Call
    officers: Mapping[str, User]
    chairs: Mapping[str, User]
    judges: Mapping[str, list[Judge]]
    began_at: datetime
    benched: dict[str, dict[Reviewer, Judge]] = field(default_factory=dict)

    def side(self, country: str) -> CallAgency:
        """Return the side of a country, read anew."""
        return CallAgency.objects.select_related("call", "agency").get(call=self.call, agency__country=country)

    def pairs(self) -> list[Seminar]:
        """Return the pairs in review."""
        return list(Seminar.objects.filter(call=self.call, state=SeminarState.IN_REVIEW).order_by("pk"))

    def begin(self, now: datetime) -> None:
        """Inserm's officer begins the evaluation."""
        due_at = max(self.call.last_deadline_at + DUE, now + AT_LEAST)
        begin_evaluation(self.call, reviews_due_at=due_at, by=self.officers["FR"], at=self.began_at)

    def recruit(self) -> None:
        """Both agencies invite their reviewers: one declines, and Inserm's officer reviews too."""
        for country in BOTH:
            side, benched = self.side(country), self.benched.setdefault(country, {})
            for number, judge in enumerate(self.judges[country]):
                if judge.key == SILENT:
                    continue
                when = self.began_at + timedelta(hours=1 + number)
                invited = recruiting.invite(side, judge, by=self.officers[country], at=when)
                if judge.key == DECLINES:
                    recruits.decline_review_invitation(invited, reason=REFUSAL, at=when + A_DAY)
                else:
                    benched[recruiting.accept(invited, judge, at=when + 2 * A_DAY)] = judge
        recruits.enrol_officer(self.side("FR"), by=self.officers["FR"], at=self.began_at + 4 * A_DAY)

    def declare(self) -> None:
        """One reviewer declares a conflict; another one has been detected as soon as she accepted."""
        by = next(one.user for one, judge in self.benched["JP"].items() if judge.key == DECLARES)
        assert by is not None  # noqa: S101 - whoever has accepted is somebody
        pair = Seminar.objects.get(call=self.call, proposals__coordinator__email="marie.lefevre@demo.example")
        declare_conflict(self.side("JP"), pair, statement=STATEMENT, by=by, at=self.began_at + 5 * A_DAY)

    def judge(self) -> None:
        """Give every pair to reviewers, and let each come to another point."""
        coordinators = self.pairs_by_coordinator()
        for country in BOTH:
            benched = self.benched[country]
            wanted = judging.turns(list(benched), self.pairs(), EACH[country])
            given = judging.give(self.side(country), wanted, by=self.officers[country], at=self.began_at + 7 * A_DAY)
            people = {reviewer.pk: judge for reviewer, judge in benched.items()}
            bench = judging.Bench(self.call, people, MERITS[country], coordinators)
            for number, assignment in enumerate(given):
                self._come_to(POINTS[number % len(POINTS)], assignment, bench, number)

    def _come_to(self, point: str, assignment: Assignment, bench: judging.Bench, number: int) -> None:
        at = self.began_at + 9 * A_DAY
        if point != TO_ACKNOWLEDGE:
            bench.acknowledge(assignment, at=at)
        if point in (BEGUN, SEALED):
            bench.write(assignment, seals=point == SEALED, at=at + (1 + number) * A_DAY)

    def pairs_by_coordinator(self) -> dict[int, str]:
        """Return the key of the story of each pair, by its id."""
        pairs = Seminar.objects.filter(call=self.call, proposals__side__agency__country="FR")
        named = pairs.values_list("pk", "proposals__coordinator__email")
        return {pk: email.split(".")[0] for pk, email in named}

    def confer(self) -> None:
        """Inserm's panel begins to rank, and its chair writes a note."""
        chair, when = self.chairs["FR"], self.began_at + 35 * A_DAY
        held = Panel.objects.select_related("side__call", "side__agency").get(side=self.side("FR"))
        keys = {key: pk for pk, key in self.pairs_by_coordinator().items()}
        places = {keys["marie"]: panel.Place(1, "fund"), keys["helene"]: panel.Place(2, "fund")}
        places = {pair: place for pair, place in places.items() if pair in {one.pk for one in self.pairs()}}
        panel.save_ranking(held, places, version=held.ranking_version, by=chair, at=when)
        panel.save_sitting(
            held,
            chair=chair,
            members=[chair.pk, self.officers["FR"].pk],
            present=[],
            minutes=MINUTES,
            version=held.version,
            by=chair,
            at=when,
        )
        uuid = uuid5(NAMESPACE_URL, f"{self.call.code}:panel")
        noted = Seminar.objects.get(pk=keys["amelie"])
        panel.write_panel_note(held, noted, text=NOTE, form_uuid=uuid, by=chair, at=when)

    def invite_one_more(self, now: datetime) -> None:
        """JSPS invites another reviewer, who has not answered yet."""
        judge = next(judge for judge in self.judges["JP"] if judge.key == SILENT)
        recruiting.invite(self.side("JP"), judge, by=self.officers["JP"], at=now - timedelta(hours=3))

    def play(self, now: datetime) -> None:
        """Play the evaluation, as far as it has come by ``now``."""
        began_at = self.began_at
        deeds: tuple[tuple[datetime, Callable[[], None]], ...] = (
            (began_at, lambda: self.begin(now)),
            (began_at + 5 * A_DAY, self.recruit),
            (began_at + 5 * A_DAY, self.declare),
            (began_at + 5 * A_DAY, lambda: self.invite_one_more(now)),
            (began_at + 30 * A_DAY, self.judge),
            (began_at + 36 * A_DAY, self.confer),
        )
        for done_by, deed in deeds:
            if done_by > now:
                return
            deed()

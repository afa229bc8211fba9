"""The past call of the demonstration, from filing to the confirmed seminars, each deed on the day it would be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from reviews.actions import announcement, award, change, decision, panel, practical, selection
from reviews.actions.evaluation import begin_evaluation
from reviews.choices import ChangeDeed, Outcome, Recommendation
from reviews.demo import judging, recruiting
from reviews.demo.judges import Judge
from reviews.demo.past_call import Ending
from reviews.demo.reporting import Reporting
from reviews.models import Award, Decision, Panel
from reviews.models.practical import TEXTS
from reviews.rules.award import Granted
from reviews.rules.proposals import Place
from seminars.actions import eligibility, eligibility_notice
from seminars.choices import Eligibility, ParticipantRole, SeminarState
from seminars.demo.cast import Teller, begin_at
from seminars.demo.stories import people
from seminars.models import Call, CallAgency, EligibilityNotice, Participant, Proposal, Seminar

A_DAY = timedelta(days=1)
BOTH = ("FR", "JP")
EACH = {"FR": 3, "JP": 4}
"""How many reviewers of each side read a pair."""
MINUTES = {
    "FR": "Le comité s’est réuni le matin, à distance. Les huit projets ont été discutés, les écarts de notes "
    "d’abord ; le classement a été arrêté à l’unanimité.",
    "JP": "審査会はオンラインで開催し、8件を評価の分かれた申請から順に審議した。順位は全員一致で決定した。",
}
JOINT = (
    "The two agencies met by video. Three pairs stand among the first four of both lists and were selected soon. The "
    "pair that JSPS had placed third and Inserm last was discussed at length: Inserm doubted that the preliminary "
    "results carry three days, and JSPS agreed not to select it."
)
DECLINED = "La salle et l’équipe d’accueil ne sont plus disponibles en 2025 ; nous préférons laisser la place."
LOWERED = "Les repas sont pris en charge par le lieu d’accueil le premier soir."
LESS = 2
"""By how many euros the last line of the first budget is lowered."""

PRACTICAL = {
    "FR": {
        "address": "2 avenue Hubert-Curien\n31100 Toulouse\nAmphitheatre on the ground floor",
        "access": "From the airport: tram, 40 minutes, no change. From the station: ten minutes on foot.",
        "contact": "Reception of the institute, from 8:00 to 18:00",
    },
    "JP": {
        "stay": "Rooms are held for the Japanese team near the tram stop until a month before the first day.",
        "notes": "The Japanese team arrives the evening before. Two of us have a vegetarian lunch.",
    },
}
"""What the coordinators of the first confirmed seminar write."""
ONE_MORE = {"family_name": "Barbier", "given_name": "Hugo", "role": ParticipantRole.ATTENDEE, "career_stage": "phd"}
WHY_MORE = "Hugo a mis au point la cartographie présentée le deuxième jour ; l’unité prend en charge son déplacement."

WORTH_A_RESERVE = 2
"""How many pairs behind the funded ones each panel proposes for the reserve list."""


def _proposal(rank: int, funded: int) -> str:
    kept = Recommendation.RESERVE if rank <= funded + WORTH_A_RESERVE else Recommendation.REJECT
    return (Recommendation.FUND if rank <= funded else kept).value


@dataclass
class Past:
    """The past call under way. ``officers`` and ``chairs`` are by country."""

    call: Call
    officers: Mapping[str, User]
    chairs: Mapping[str, User]
    judges: Mapping[str, list[Judge]]
    endings: tuple[Ending, ...]
    pairs: dict[str, Seminar]

    def side(self, country: str) -> CallAgency:
        """Return the side of a country, read anew."""
        return CallAgency.objects.select_related("call", "agency").get(call=self.call, agency__country=country)

    def file(self) -> None:
        """Let every pair file in the weeks before the deadline."""
        file = people()
        cast = {person["key"]: person for person in file["people"]}
        for number, ending in enumerate(self.endings):
            at = begin_at(ending.story, self.call, number, self.call.last_deadline_at)
            teller = Teller(ending.story, cast, file["guests"], self.officers["FR"], at)
            teller.tell()
            self.pairs[ending.key] = Seminar.objects.get(proposals=teller.records["FR"])

    def find_eligible(self, at: datetime) -> None:
        """Let both agencies find every pair eligible, and tell the coordinators a week later."""
        for number, pair in enumerate(self.pairs.values()):
            for country in BOTH:
                when = at + timedelta(minutes=10 * number)
                side, by = self.side(country), self.officers[country]
                eligibility.decide(pair, side, outcome=Eligibility.ELIGIBLE, reasons={}, rules=[], by=by, at=when)
        due_at = at + 7 * A_DAY
        notice = eligibility_notice.plan_notice(self.side("FR"), due_at=due_at, by=self.officers["FR"], at=at + A_DAY)
        notice = EligibilityNotice.objects.select_related("call").get(pk=notice.pk)
        eligibility_notice.agree_to_notice(notice, due_at=due_at, by=self.officers["JP"], at=at + 2 * A_DAY)
        eligibility_notice.send_due(at=due_at)

    def evaluate(self, at: datetime) -> None:
        """Let each agency's reviewers judge every pair."""
        begin_evaluation(self.call, reviews_due_at=at + 45 * A_DAY, by=self.officers["FR"], at=at)
        pairs = [Seminar.objects.get(pk=pair.pk) for pair in self.pairs.values()]
        keys = {pair.pk: key for key, pair in self.pairs.items()}
        for country in BOTH:
            side, by, benched = self.side(country), self.officers[country], {}
            for judge in self.judges[country]:
                invited = recruiting.invite(side, judge, by=by, at=at + A_DAY)
                reviewer = recruiting.accept(invited, judge, at=at + 3 * A_DAY)
                benched[reviewer] = judge
            wanted = judging.turns(list(benched), pairs, EACH[country])
            merits = {ending.key: ending.merit[country] for ending in self.endings}
            bench = judging.Bench(self.call, {one.pk: judge for one, judge in benched.items()}, merits, keys)
            given = judging.give(side, wanted, by=by, at=at + 6 * A_DAY)
            for number, assignment in enumerate(given):
                bench.acknowledge(assignment, at=at + 8 * A_DAY)
                bench.write(assignment, seals=True, at=at + (10 + number) * A_DAY)

    def rank(self, at: datetime) -> None:
        """Let both panels rank by what their reviewers found, keep minutes, and seal."""
        for number, country in enumerate(BOTH):
            chair, when = self.chairs[country], at + number * A_DAY
            held = Panel.objects.select_related("side__call", "side__agency").get(side=self.side(country))
            order = sorted(self.endings, key=lambda ending: -ending.merit[country])
            funded = self.call.capacity or 1
            places = {
                self.pairs[ending.key].pk: panel.Place(rank, _proposal(rank, funded))
                for rank, ending in enumerate(order, start=1)
            }
            panel.save_ranking(held, places, version=held.ranking_version, by=chair, at=when)
            sitting = [chair.pk, *(recruiting.account_of(judge).pk for judge in self.judges[country])]
            panel.save_sitting(
                held,
                chair=chair,
                members=sitting,
                present=sitting,
                minutes=MINUTES[country],
                version=held.version,
                by=chair,
                at=when,
            )
            panel.seal_panel(held, by=chair, at=when + timedelta(hours=2))

    def select(self, at: datetime) -> None:
        """Let both agencies decide together and sign."""
        selection.open_selection(self.call, by=self.officers["FR"], at=at)
        reserve = [ending.key for ending in self.endings if ending.outcome == Outcome.RESERVE]
        wishes = {
            self.pairs[ending.key].pk: Place(
                ending.outcome, reserve.index(ending.key) + 1 if ending.key in reserve else None
            )
            for ending in self.endings
        }
        decision.propose(self.call, wishes, by=self.officers["FR"], at=at + timedelta(hours=1))
        selection.save_minutes(self.call, text=JOINT, version=0, by=self.officers["JP"], at=at + timedelta(hours=2))
        self.sign(at + A_DAY)

    def sign(self, at: datetime) -> None:
        """Let both officers sign every decision about a pair that is still discussed."""
        open_ = (SeminarState.IN_REVIEW, SeminarState.RESERVE)
        for number, country in enumerate(BOTH):
            standing = Decision.objects.filter(selection__call=self.call, seminar__state__in=open_)
            versions = dict(standing.values_list("pk", "version"))
            decision.sign(self.call, versions, by=self.officers[country], at=at + number * timedelta(hours=5))

    def announce(self, at: datetime, due_at: datetime) -> None:
        """Plan the announcement, release it for both agencies, and let it go out."""
        announcement.plan(self.call, due_at=due_at, shows_scores=True, by=self.officers["FR"], at=at)
        for number, country in enumerate(BOTH, start=1):
            when = at + number * timedelta(hours=6)
            announcement.release(self.side(country), by=self.officers[country], at=when)
        announcement.announce(self.call, at=due_at)

    def validate(self, key: str, at: datetime, *, lowers: bool = False) -> None:
        """Validate the French budget of a selected pair, send it, and let its coordinator accept."""
        officer = self.officers["FR"]
        record = Proposal.objects.with_side().get(seminar=self.pairs[key], side__agency__country="FR")
        granted = {line.pk: Granted(line.amount) for line in record.lines.all()}
        if lowers:
            last = max(granted)
            granted[last] = Granted(granted[last].approved - LESS, LOWERED)
        award.validate(record, granted, version=None, by=officer, at=at)
        award.propose(record, version=Award.objects.get(proposal=record).version, by=officer, at=at + A_DAY)
        version = Award.objects.get(proposal=record).version
        award.accept(record, version=version, by=record.coordinator, at=at + 5 * A_DAY)

    def prepare(self, key: str, at: datetime) -> None:
        """Let both coordinators of a confirmed seminar write its practical page, and one of them bring one more."""
        seminar, texts = self.pairs[key], dict.fromkeys(TEXTS, "")
        for version, country in enumerate(BOTH):
            record = Proposal.objects.get(seminar=seminar, side__agency__country=country)
            texts |= PRACTICAL[country]
            when = at + version * A_DAY
            practical.save_practical(seminar, texts, version=version, by=record.coordinator, at=when)
        record = Proposal.objects.with_side().get(seminar=seminar, side__agency__country="FR")
        leader = record.participants.get(role=ParticipantRole.COORDINATOR, side="FR")
        by, deed = record.coordinator, ChangeDeed.ADD
        person = Participant(side="FR", country_of_work="FR", **ONE_MORE)
        asked = change.ask_people_change(record, deed, person, leader.laboratory, reason=WHY_MORE, by=by, at=at)
        for days, country in enumerate(BOTH, start=2):
            officer, when = self.officers[country], at + days * A_DAY
            change.decide_change(asked, self.side(country), agrees=True, by=officer, at=when)

    def move_up(self, at: datetime, due_at: datetime) -> None:
        """Let a selected pair decline, and the first of the reserve list take its place."""
        record = Proposal.objects.with_side().get(seminar=self.pairs["juliette-2024"], side__agency__country="FR")
        award.decline_seminar(record, reason=DECLINED, by=record.coordinator, at=at)
        wishes = {self.pairs["ines-2024"].pk: Place(Outcome.SELECTED)}
        decision.propose(self.call, wishes, by=self.officers["JP"], at=at + A_DAY)
        self.sign(at + 2 * A_DAY)
        self.announce(at + 4 * A_DAY, due_at)

    def report(self, key: str, at: datetime, *, is_accepted: bool) -> None:
        """Let a pair hand its report in, and both agencies accept it, or one return it."""
        reporting = Reporting(key, self.pairs[key], self.officers)
        reporting.write(at)
        if is_accepted:
            reporting.publish(at + 2 * A_DAY)
        reporting.sign(at + 5 * A_DAY)
        decide = reporting.accept if is_accepted else reporting.hand_back
        decide(at + 12 * A_DAY)

    def play(self, now: datetime) -> None:
        """Play the call, as far as it has come by ``now``."""
        last = self.call.last_deadline_at
        told_at = last.replace(year=self.call.seminar_year, month=1, day=15)
        file_at = last + timedelta(hours=1)
        deeds: tuple[tuple[datetime, Callable[[], None]], ...] = (
            (file_at, self.file),
            (last + 20 * A_DAY, lambda: self.find_eligible(last + 7 * A_DAY)),
            (last + 70 * A_DAY, lambda: self.evaluate(last + 25 * A_DAY)),
            (last + 78 * A_DAY, lambda: self.rank(last + 75 * A_DAY)),
            (last + 92 * A_DAY, lambda: self.select(last + 90 * A_DAY)),
            (told_at, lambda: self.announce(last + 100 * A_DAY, told_at)),
            (told_at + 20 * A_DAY, lambda: self.validate("marie-2024", told_at + 10 * A_DAY, lowers=True)),
            (told_at + 20 * A_DAY, lambda: self.validate("laurent-2024", told_at + 12 * A_DAY)),
            (told_at + 25 * A_DAY, lambda: self.move_up(told_at + 15 * A_DAY, told_at + 25 * A_DAY)),
            (told_at + 39 * A_DAY, lambda: self.prepare("marie-2024", told_at + 35 * A_DAY)),
            (told_at + 40 * A_DAY, lambda: self.validate("ines-2024", told_at + 30 * A_DAY)),
            # The third, of ines-2024, is overdue.
            (told_at + 175 * A_DAY, lambda: self.report("marie-2024", told_at + 150 * A_DAY, is_accepted=True)),
            (told_at + 210 * A_DAY, lambda: self.report("laurent-2024", told_at + 190 * A_DAY, is_accepted=False)),
        )
        for done_by, deed in deeds:
            if done_by > now:
                return
            deed()

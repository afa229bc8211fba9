"""What a panel sees of its pairs: scores, spread, ranks, progress; in a fixed number of queries (R24).

Read only through ``Panel.objects.open_to``. Sealed reviews count, except those of reviewers who have since come to be
in conflict with the pair.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, Exists, Q

from accounts.models import User
from reviews.models import Assignment, Panel, Ranking, Review, Reviewer
from reviews.models.closed import closed_to
from reviews.models.review import ReviewQuerySet
from reviews.queries.overalls import Overall, counting, overalls_of
from reviews.rules.harshness import Habit, average, habit, normalised, rounded
from reviews.rules.ranking import as_seen
from reviews.rules.scoring import shown
from seminars.choices import SeminarState
from seminars.models import Call, Seminar
from seminars.models.seminar import SeminarQuerySet

JUDGED = (
    SeminarState.IN_REVIEW,
    SeminarState.SELECTED,
    SeminarState.RESERVE,
    SeminarState.NOT_SELECTED,
    SeminarState.CONFIRMED,
)
"""The states of a pair that has come to review."""

NAMED = ("email", "family_name", "given_name", "family_name_kanji", "given_name_kanji")
"""What a person is named by."""

Shown = tuple[Decimal | None, Decimal | None]
"""Mean and spread as they are shown."""


def judged_before(user: User, call: Call) -> SeminarQuerySet:
    """Return the pairs a panel judges, without those ``user`` is shut out of or coordinates."""
    return Seminar.objects.filter(call=call, state__in=JUDGED).exclude(pk__in=hidden_from(user, call).values("pk"))


def pairs_of_panel(call: Call, user: User) -> list[Seminar]:
    """Return the pairs ``judged_before`` a user, by number, with their call."""
    found = list(judged_before(user, call).only("call", "state").order_by("pk"))
    for pair in found:
        pair.call = call
    return found


def hidden_from(user: User, call: Call) -> SeminarQuerySet:
    """Return the pairs of a call that ``user`` is shut out of or coordinates.

    While there is one, whatever its state, the ranks of the others are counted among them: ``rules.ranking`` (R23).
    """
    return Seminar.objects.filter(pk__in=closed_to(user), call=call)


def counted(panel: Panel) -> ReviewQuerySet:
    """Return the reviews of a panel that count."""
    return counting(Review.objects.filter(assignment__reviewer__side=panel.side_id))


@dataclass(frozen=True)
class Row:
    """A pair with what the panel has of it: the reviews that count, and how their reviewers score (by id).

    Means are over the reviews that have a score, and worked out when they are asked for: a page shows few pairs.
    ``rank`` is the panel's as the reader may see it; only ``ranking`` has the one that is stored.
    """

    seminar: Seminar
    said: Sequence[Overall]
    habits: Mapping[int, Habit]
    ranking: Ranking | None
    rank: int | None

    @property
    def pk(self) -> int:
        """The id of the pair."""
        return self.seminar.pk

    @property
    def sealed(self) -> int:
        """How many reviews count."""
        return len(self.said)

    @cached_property
    def mean(self) -> Decimal | None:
        """The mean as shown."""
        return shown(said.score for said in self.said)

    @cached_property
    def overall(self) -> Habit:
        """Number, mean and spread of the scores, exact."""
        return habit([said.in_millionths for said in self.said if said.in_millionths is not None])

    @cached_property
    def spread(self) -> Decimal | None:
        """How much the reviewers disagree, as shown; nothing for a single review."""
        return self.overall.shown_spread

    @cached_property
    def normalised(self) -> Decimal | None:
        """The mean, as shown, of the scores that can be normalised."""
        scored = [(said.in_millionths, said.reviewer) for said in self.said if said.in_millionths is not None]
        beside = [normalised(score, self.habits[reviewer]) for score, reviewer in scored]
        return rounded(average([score for score in beside if score is not None]))


def _down(number: Decimal | None) -> tuple[bool, Decimal]:
    return number is None, -(number or Decimal(0))


ORDERS: Mapping[str, Callable[[Row], tuple[object, ...]]] = {
    "disagreement": lambda row: (*_down(row.spread), row.pk),
    "score": lambda row: (*_down(row.mean), row.pk),
    "normalised": lambda row: (*_down(row.normalised), row.pk),
    "rank": lambda row: (row.rank is None, row.rank or 0, row.pk),
}
"""The ways to put the pairs in order: the highest first, what has none last."""


@dataclass(frozen=True)
class Load:
    """What a reviewer has (by id): how many reviews, how many of them not sealed, and how many sealed late."""

    reviewer: int
    assigned: int
    unsealed: int
    sealed_late: int


class Board:
    """The pairs of ``panel`` as ``user`` sees them."""

    def __init__(self, panel: Panel, user: User) -> None:
        """Read what every page of the panel needs."""
        self.panel, self.side, self.user, self.wanted = panel, panel.side, user, panel.side.minimum_reviews
        self.pairs = pairs_of_panel(panel.side.call, user)
        self.seen = {pair.pk for pair in self.pairs}
        ranked = Ranking.objects.filter(panel=panel).annotate(partly=Exists(hidden_from(user, panel.side.call)))
        self.rankings = {ranking.seminar_id: ranking for ranking in ranked if ranking.seminar_id in self.seen}
        self.ranks = as_seen(
            {pair: ranking.rank for pair, ranking in self.rankings.items()},
            partly=any(ranking.partly for ranking in self.rankings.values()),
        )
        self.overalls = [said for said in overalls_of(counted(panel)) if said.pair in self.seen]

    @cached_property
    def given(self) -> dict[int, list[Fraction]]:
        """The overall scores that each reviewer (by id) has given."""
        found: dict[int, list[Fraction]] = {}
        for said in self.overalls:
            found.setdefault(said.reviewer, []).extend([] if said.score is None else [said.score])
        return found

    @cached_property
    def habits(self) -> dict[int, Habit]:
        """How each reviewer (by id) scores."""
        found: dict[int, list[Decimal]] = {}
        for said in self.overalls:
            found.setdefault(said.reviewer, []).extend([] if said.in_millionths is None else [said.in_millionths])
        return {reviewer: habit(scores) for reviewer, scores in found.items()}

    @cached_property
    def loads(self) -> list[Load]:
        """What each reviewer has in the pairs that are seen, of the assignments in force. One query."""
        seen = judged_before(self.user, self.side.call).values("pk")
        assigned = Assignment.objects.active().filter(reviewer__side=self.side, seminar__in=seen).order_by()
        counts = assigned.values("reviewer").annotate(
            assigned=Count("pk"),
            unsealed=Count("pk", filter=Q(review__sealed_at__isnull=True)),
            sealed_late=Count("pk", filter=Q(review__sealed_at__gt=self.panel.reviews_due_at)),
        )
        return [Load(**counted) for counted in counts]

    @property
    def assigned(self) -> int:
        """How many reviews are assigned."""
        return sum(load.assigned for load in self.loads)

    @property
    def sealed_late(self) -> int:
        """How many reviews were sealed after they were due: ``rules.lateness``."""
        return sum(load.sealed_late for load in self.loads)

    @cached_property
    def reviewers(self) -> Mapping[int, Reviewer]:
        """Everybody who reviews for the side (by id), with the names. One query."""
        people = Reviewer.objects.filter(side=self.side).select_related("user")
        return {person.pk: person for person in people.only("name", "email", *(f"user__{name}" for name in NAMED))}

    @cached_property
    def rows(self) -> list[Row]:
        """Every pair with its scores and its rank."""
        said_of: dict[int, list[Overall]] = {}
        for said in self.overalls:
            said_of.setdefault(said.pair, []).append(said)
        return [
            Row(pair, said_of.get(pair.pk, ()), self.habits, self.rankings.get(pair.pk), self.ranks.get(pair.pk))
            for pair in self.pairs
        ]

    def ordered(self, order: str) -> list[Row]:
        """Return the rows in one of ``ORDERS``; any other word is the first of them."""
        return sorted(self.rows, key=ORDERS.get(order, ORDERS["disagreement"]))

    @cached_property
    def late(self) -> list[tuple[Reviewer, int]]:
        """Reviewers with the number of their reviews that are not sealed, most of them first."""
        open_ = sorted((-load.unsealed, load.reviewer) for load in self.loads if load.unsealed)
        return [(self.reviewers[reviewer], -number) for number, reviewer in open_]

    @property
    def harshness(self) -> list[tuple[Reviewer, int, Decimal | None, Decimal | None]]:
        """Each reviewer with number of reviews, mean and spread; the harshest first."""
        found = [
            (self.reviewers[pk], known.number, shown(self.given[pk]), known.shown_spread)
            for pk, known in self.habits.items()
        ]
        return sorted(found, key=lambda row: (row[2] is None, row[2] or 0, row[0].pk))

    def by_criterion(self, pairs: Collection[int]) -> dict[tuple[int, int], Shown]:
        """Return mean and spread, as shown, by pair and criterion (ids), for a page of pairs, in one query."""
        of_page = counted(self.panel).filter(assignment__seminar__in=self.seen & set(pairs)).order_by()
        scores = of_page.filter(scores__value__isnull=False)
        given: dict[tuple[int, int], list[Decimal]] = {}
        for pair, criterion, value in scores.values_list("assignment__seminar", "scores__criterion", "scores__value"):
            given.setdefault((pair, criterion), []).append(Decimal(value or 0))
        habits = {place: habit(values) for place, values in given.items()}
        return {place: (rounded(known.mean), known.shown_spread) for place, known in habits.items()}

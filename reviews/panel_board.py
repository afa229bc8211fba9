"""What a panel sees of its pairs: scores, spread, ranks, progress; in a fixed number of queries (R24).

Read only through ``Panel.objects.open_to``. Sealed reviews count, except those of reviewers who have since come to be
in conflict with the pair.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Exists, Q

from accounts.models import User
from reviews.models import Assignment, Panel, Ranking, Review, Reviewer, Score
from reviews.models.review import ReviewQuerySet
from reviews.overalls import counting, overalls_of
from reviews.rules.harshness import Habit, average, habit, normalised, rounded
from reviews.rules.lateness import is_late
from reviews.rules.ranking import as_seen
from reviews.rules.scoring import shown
from seminars.choices import SeminarState
from seminars.models import Call, Proposal, Recusal, Seminar
from seminars.models.seminar import SeminarQuerySet

JUDGED = (
    SeminarState.IN_REVIEW,
    SeminarState.SELECTED,
    SeminarState.RESERVE,
    SeminarState.NOT_SELECTED,
    SeminarState.CONFIRMED,
)
"""The states of a pair that has come to review."""


def pairs_of_panel(call: Call, user: User) -> list[Seminar]:
    """Return the pairs a panel judges, without those ``user`` is shut out of or coordinates."""
    hidden = hidden_from(user, call).values("pk")
    pairs = Seminar.objects.filter(call=call, state__in=JUDGED).exclude(pk__in=hidden)
    found = list(pairs.order_by("pk"))
    for pair in found:
        pair.call = call
    return found


def hidden_from(user: User, call: Call) -> SeminarQuerySet:
    """Return the pairs of a call that ``user`` is shut out of or coordinates.

    While there is one, whatever its state, the ranks of the others are counted among them: ``rules.ranking`` (R23).
    """
    recused = Recusal.objects.filter(user=user).values("seminar")
    own = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
    return Seminar.objects.filter(Q(pk__in=recused) | Q(pk__in=own), call=call)


def counted(panel: Panel) -> ReviewQuerySet:
    """Return the reviews of a panel that count."""
    return counting(Review.objects.filter(assignment__reviewer__side=panel.side_id))


@dataclass(frozen=True)
class Row:
    """A pair with what the panel has of it. Means are over the sealed reviews that have a score.

    ``rank`` is the panel's as the reader may see it; only ``ranking`` has the one that is stored.
    """

    seminar: Seminar
    sealed: int
    mean: Decimal | None
    overall: Habit
    normalised: Decimal | None
    ranking: Ranking | None
    rank: int | None
    assigned: int

    @property
    def pk(self) -> int:
        """The id of the pair."""
        return self.seminar.pk

    @property
    def spread(self) -> Decimal | None:
        """How much the reviewers disagree, as shown; nothing for a single review."""
        return rounded(self.overall.spread) if self.overall.number > 1 else None


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
class Late:
    """A reviewer and how many reviews are not sealed."""

    reviewer: Reviewer
    number: int

    @property
    def pk(self) -> int:
        """The id of the reviewer."""
        return self.reviewer.pk


class Board:
    """The pairs of ``panel`` as ``user`` sees them."""

    def __init__(self, panel: Panel, user: User) -> None:
        """Read what every page of the panel needs."""
        self.panel, self.side, self.wanted = panel, panel.side, panel.side.minimum_reviews
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
            found.setdefault(said.reviewer, []).extend([] if said.score is None else [said.in_millionths])
        return {reviewer: habit(scores) for reviewer, scores in found.items()}

    @cached_property
    def assignments(self) -> list[tuple[int, int, datetime | None]]:
        """Reviewer, pair, and when the review was sealed, of every assignment that is in force."""
        known = Assignment.objects.active().filter(reviewer__side=self.side)
        named = ("reviewer", "seminar", "review__sealed_at")
        return [found for found in known.values_list(*named) if found[1] in self.seen]

    @cached_property
    def rows(self) -> list[Row]:
        """Every pair with its scores and its rank."""
        raw: dict[int, list[Fraction]] = {}
        exact: dict[int, list[Decimal]] = {}
        beside: dict[int, list[Decimal]] = {}
        sealed = Counter(said.pair for said in self.overalls)
        assigned = Counter(pair for _reviewer, pair, _sealed_at in self.assignments)
        for said in self.overalls:
            if said.score is not None:
                raw.setdefault(said.pair, []).append(said.score)
                exact.setdefault(said.pair, []).append(said.in_millionths)
                score = normalised(said.in_millionths, self.habits[said.reviewer])
                beside.setdefault(said.pair, []).extend([] if score is None else [score])
        return [
            Row(
                pair,
                sealed[pair.pk],
                shown(raw.get(pair.pk, [])),
                habit(exact.get(pair.pk, [])),
                rounded(average(beside.get(pair.pk, []))),
                self.rankings.get(pair.pk),
                self.ranks.get(pair.pk),
                assigned[pair.pk],
            )
            for pair in self.pairs
        ]

    def ordered(self, order: str) -> list[Row]:
        """Return the rows in one of ``ORDERS``; any other word is the first of them."""
        return sorted(self.rows, key=ORDERS.get(order, ORDERS["disagreement"]))

    @cached_property
    def late(self) -> list[Late]:
        """Reviewers with reviews that are not sealed, most of them first."""
        open_ = Counter(reviewer for reviewer, _pair, sealed_at in self.assignments if sealed_at is None)
        people = Reviewer.objects.filter(pk__in=open_).select_related("user")
        return sorted((Late(person, open_[person.pk]) for person in people), key=lambda late: (-late.number, late.pk))

    @cached_property
    def sealed_late(self) -> int:
        """How many reviews were sealed after they were due."""
        due_at = self.panel.reviews_due_at
        return sum(1 for _reviewer, _pair, at in self.assignments if at and is_late(due_at, at, at))

    @property
    def harshness(self) -> list[tuple[Reviewer, int, Decimal | None, Decimal | None]]:
        """Each reviewer with number of reviews, mean and spread; the harshest first."""
        people = Reviewer.objects.filter(pk__in=self.habits).select_related("user")
        found = [
            (person, known.number, shown(self.given[person.pk]), rounded(known.spread) if known.number > 1 else None)
            for person in people
            if (known := self.habits[person.pk])
        ]
        return sorted(found, key=lambda row: (row[2] is None, row[2] or 0, row[0].pk))

    def by_criterion(self, pairs: Collection[int]) -> dict[int, dict[int, Habit]]:
        """Return mean and spread, as shown, by pair and criterion (ids), for a page of pairs, in one query."""
        scores = Score.objects.filter(review__in=counted(self.panel), value__isnull=False)
        of_page = scores.filter(review__assignment__seminar__in=self.seen & set(pairs)).order_by()
        given: dict[int, dict[int, list[Decimal]]] = {}
        for pair, criterion, value in of_page.values_list("review__assignment__seminar", "criterion", "value"):
            given.setdefault(pair, {}).setdefault(criterion, []).append(Decimal(value or 0))
        return {
            pair: {criterion: habit(values).rounded for criterion, values in found.items()}
            for pair, found in given.items()
        }

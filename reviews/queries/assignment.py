"""Who reviews what for one side: its pairs and reviewers, fit, loads and conflicts, in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from reviews.choices import ACTIVE, AssignmentState
from reviews.models import Assignment, Reviewer
from reviews.models.closed import closed_to
from reviews.optimiser import Task
from reviews.queries.pairs import Pair, Pairing, pairs_of, shut_out
from reviews.rules.fit import Topics, fit, topics_of
from seminars.choices import SeminarState
from seminars.models import CallAgency, Seminar


@dataclass(frozen=True)
class Seat:
    """A reviewer for a pair: what the topics have in common, and the assignment where there is one."""

    reviewer: Reviewer
    pair: Pair
    name: str
    points: int
    load: int
    assignment: Assignment | None = None
    in_conflict: bool = False

    @property
    def key(self) -> str:
        """How a form names the two."""
        return f"{self.reviewer.pk}-{self.pair.pk}"

    @property
    def is_full(self) -> bool:
        """Whether the reviewer has as many pairs as agreed, or more."""
        return self.load >= self.reviewer.most


@dataclass(frozen=True)
class Row:
    """A pair with its reviewers, those who have declined it, and how many reviews it lacks."""

    pair: Pair
    given: Sequence[Seat]
    declined: Sequence[Assignment]
    missing: int
    seats: Sequence[Seat] = ()

    @property
    def candidates(self) -> list[Seat]:
        """Those who could review it too: the best fit first, then the least loaded; those who are full last."""
        free = [seat for seat in self.seats if seat.assignment is None and not seat.in_conflict]
        return sorted(free, key=lambda seat: (seat.is_full, -seat.points, seat.load))

    @property
    def in_conflict(self) -> list[Seat]:
        """Those who may not review it."""
        return [seat for seat in self.seats if seat.in_conflict]


class Grid:
    """The assignments of ``side`` as an officer of its agency sees them: without pairs one is shut out of."""

    def __init__(self, side: CallAgency, user: User) -> None:
        """Read the pairs, the reviewers and who has what; rows are read by ``seated``."""
        self.side, self.wanted = side, side.minimum_reviews
        own = closed_to(user)
        seen = Seminar.objects.overseen_by(user).filter(call=side.call_id, state=SeminarState.IN_REVIEW)
        self.pairs = pairs_of(seen.exclude(pk__in=own).select_related("call").order_by("pk"))
        people = Reviewer.objects.filter(side=side).accepted().filter(user__is_active=True)
        reviewers = people.select_related("user", "side").prefetch_related("areas")
        self.names = {reviewer.pk: str(reviewer) for reviewer in reviewers}
        self.reviewers = sorted(reviewers, key=lambda reviewer: self.names[reviewer.pk].casefold())
        known = Assignment.objects.filter(reviewer__side=side).values_list("reviewer", "seminar", "pk", "state")
        self.active: dict[Pairing, int] = {}
        self.refused: set[Pairing] = set()
        waiting: list[tuple[int, int]] = []
        for reviewer, pair, pk, state in known:
            if state in ACTIVE:
                self.active[reviewer, pair] = pk
            elif state == AssignmentState.DECLINED:
                self.refused.add((reviewer, pair))
            if state == AssignmentState.GIVEN:
                waiting.append((pair, pk))
        self.load = Counter(reviewer for reviewer, _pair in self.active)
        shown = {pair.pk for pair in self.pairs}
        self.silent = [pk for pair, pk in waiting if pair in shown]
        users = {reviewer.user_id for reviewer in self.reviewers if reviewer.user_id}
        self.conflicts = shut_out(users, [pair.pk for pair in self.pairs])

    @cached_property
    def topics(self) -> dict[int, Topics]:
        """What each reviewer knows."""
        return {
            reviewer.pk: topics_of([area.pk for area in reviewer.areas.all()], reviewer.keywords)
            for reviewer in self.reviewers
        }

    @cached_property
    def rows(self) -> list[Row]:
        """Every pair with what it lacks; who reviews it, and who else could, is added by ``seated``."""
        have = Counter(pair for _reviewer, pair in self.active)
        return [Row(pair, [], [], max(self.wanted - have[pair.pk], 0)) for pair in self.pairs]

    def _seat(self, reviewer: Reviewer, pair: Pair, assignment: Assignment | None) -> Seat:
        points = fit(self.topics.get(reviewer.pk, Topics()), pair.topics)
        barred = (reviewer.user_id, pair.pk) in self.conflicts
        name = self.names.get(reviewer.pk) or str(reviewer)
        return Seat(reviewer, pair, name, points, self.load[reviewer.pk], assignment, barred)

    def seated(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows with their assignments, and a seat for each reviewer in the order of ``reviewers``; one query."""
        told = (*ACTIVE, AssignmentState.DECLINED)
        known = Assignment.objects.filter(
            reviewer__side=self.side, seminar__in=[row.pair.pk for row in rows], state__in=told
        ).select_related("review", "reviewer__user", "reviewer__side")
        by_pair: dict[int, list[Assignment]] = {}
        for assignment in known:
            by_pair.setdefault(assignment.seminar_id, []).append(assignment)
        return [self._seated(row, by_pair.get(row.pair.pk, [])) for row in rows]

    def _seated(self, row: Row, assignments: Sequence[Assignment]) -> Row:
        active = {given.reviewer_id: given for given in assignments if given.state in ACTIVE}
        given = [self._seat(one.reviewer, row.pair, one) for one in active.values()]
        declined = [one for one in assignments if one.state == AssignmentState.DECLINED]
        seats = [self._seat(reviewer, row.pair, active.get(reviewer.pk)) for reviewer in self.reviewers]
        return Row(row.pair, given, declined, row.missing, seats)

    def task(self) -> Task:
        """Put to the optimiser what is missing: whoever has declined a pair is not asked for it again."""
        points = {
            (reviewer.pk, pair.pk): fit(self.topics[reviewer.pk], pair.topics)
            for pair in self.pairs
            for reviewer in self.reviewers
            if (reviewer.user_id, pair.pk) not in self.conflicts
            and (reviewer.pk, pair.pk) not in self.active
            and (reviewer.pk, pair.pk) not in self.refused
        }
        most = {reviewer.pk: reviewer.most for reviewer in self.reviewers}
        return Task([pair.pk for pair in self.pairs], most, points, list(self.active), self.wanted)

    @property
    def missing(self) -> int:
        """How many reviews are missing over all pairs."""
        return sum(row.missing for row in self.rows)

    @property
    def lacking(self) -> int:
        """How many pairs have fewer reviewers than wanted."""
        return sum(row.missing > 0 for row in self.rows)

    @property
    def room(self) -> int:
        """How many more pairs the reviewers may take together."""
        return sum(max(reviewer.most - self.load[reviewer.pk], 0) for reviewer in self.reviewers)

    @property
    def loads(self) -> list[tuple[Reviewer, int]]:
        """Each reviewer with the number of pairs at present."""
        return [(reviewer, self.load[reviewer.pk]) for reviewer in self.reviewers]

"""The sealed reviews of one pair beside one another, criterion by criterion: where the reviewers disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reviews.models import Review, Score
from reviews.rules.harshness import Habit, habit
from seminars.models import Criterion


@dataclass(frozen=True)
class Line:
    """One criterion: each review with its score (None where there is none), and their mean and spread as shown."""

    criterion: Criterion
    cells: Sequence[tuple[Review, Score | None]]
    habit: Habit
    is_widest: bool

    @property
    def has_spread(self) -> bool:
        """Whether at least two reviewers have judged it."""
        return self.habit.number > 1


def side_by_side(reviews: Sequence[Review], scores: Sequence[Score]) -> list[Line]:
    """Return a line for each criterion that was scored, in the call's order; mark where the spread is widest.

    Fetch the scores with their criterion. "Cannot judge" does not count (I23).
    """
    criteria = {score.criterion_id: score.criterion for score in scores}
    given = {(score.criterion_id, score.review_id): score for score in scores}
    ordered = sorted(criteria.values(), key=lambda criterion: (criterion.position, criterion.pk))
    rows = [[(review, given.get((criterion.pk, review.pk))) for review in reviews] for criterion in ordered]
    habits = [habit([Decimal(score.value) for _, score in row if score and score.value is not None]) for row in rows]
    widest = max((found.spread or Decimal(0) for found in habits), default=Decimal(0))
    return [
        Line(criterion, row, found.rounded, is_widest=bool(widest) and found.spread == widest)
        for criterion, row, found in zip(ordered, rows, habits, strict=True)
    ]

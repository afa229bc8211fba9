"""What coordinators read of their own agency's reviews once the outcome is told: no names, and of nobody else's."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from reviews.models import Review, Score
from reviews.rules.scoring import shown
from seminars.models import Criterion

Half = tuple[int, int]
"""Ids of a pair and of a side."""


@dataclass
class Line:
    """One criterion: the mean of the scores given, and how many counted; “cannot judge” does not."""

    criterion: Criterion
    values: list[int] = field(default_factory=list)

    @property
    def mean(self) -> Decimal | None:
        """The mean to two places, or nothing where nobody could judge."""
        return shown(self.values)

    @property
    def counted(self) -> int:
        """How many scores the mean rests on."""
        return len(self.values)


@dataclass
class Summary:
    """One agency's reviews of a pair, as its coordinator reads them."""

    lines: list[Line] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def summaries_of(seminars: Collection[int], *, shows_scores: bool) -> dict[Half, Summary]:
    """Return summaries of sealed reviews by pair and side; three queries at most, whatever the number of pairs.

    Comments come in the order of their words, which tells nothing of who wrote them.
    """
    found: dict[Half, Summary] = {}
    sealed = Review.objects.sealed().filter(assignment__seminar__in=seminars)
    by_half = ("assignment__seminar", "assignment__reviewer__side")
    for pair, side, comment in sealed.values_list(*by_half, "comment_coordinators"):
        summary = found.setdefault((pair, side), Summary())
        if comment.strip():
            summary.comments.append(comment)
    for summary in found.values():
        summary.comments.sort()
    if shows_scores:
        _add_lines(found, seminars)
    return found


def _add_lines(found: dict[Half, Summary], seminars: Collection[int]) -> None:
    scores = Score.objects.filter(review__sealed_at__isnull=False, review__assignment__seminar__in=seminars)
    halves = ("review__assignment__seminar", "review__assignment__reviewer__side")
    rows = list(scores.order_by("criterion__position", "pk").values_list(*halves, "criterion", "value"))
    criteria = Criterion.objects.in_bulk({row[2] for row in rows})
    lines: dict[tuple[int, int, int], Line] = {}
    for pair, side, criterion, value in rows:
        line = lines.get((pair, side, criterion))
        if line is None:
            line = lines[pair, side, criterion] = Line(criteria[criterion])
            found[pair, side].lines.append(line)
        if value is not None:
            line.values.append(value)

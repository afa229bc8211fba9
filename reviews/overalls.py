"""Which reviews count, and their overall scores: read in one query, and the same on every page (R24, I23)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, Sum

from reviews.choices import ACTIVE
from reviews.models.review import ReviewQuerySet
from reviews.rules.harshness import in_millionths
from reviews.rules.scoring import weighed
from seminars.models import Recusal


@dataclass(frozen=True)
class Overall:
    """A review's exact overall score by ids; None where no criterion could be judged."""

    side: int
    reviewer: int
    pair: int
    score: Fraction | None

    @cached_property
    def in_millionths(self) -> Decimal:
        """The score as it is compared and summed; only where there is one."""
        assert self.score is not None  # noqa: S101 - asked of a score
        return in_millionths(self.score)


def counting(reviews: ReviewQuerySet) -> ReviewQuerySet:
    """Return those that count: sealed, of an assignment in force, by nobody who is shut out of the pair since."""
    recused = Recusal.objects.filter(
        user=OuterRef("assignment__reviewer__user"), seminar=OuterRef("assignment__seminar")
    )
    return reviews.sealed().filter(assignment__state__in=ACTIVE).exclude(Exists(recused))


def overalls_of(reviews: ReviewQuerySet) -> list[Overall]:
    """Return the overall score of each review, weighed as the call says. One query."""
    judged = Q(scores__value__isnull=False)
    sums = reviews.annotate(
        total=Sum(F("scores__value") * F("scores__criterion__weight"), filter=judged),
        weight=Sum("scores__criterion__weight", filter=judged),
    )
    ids = ("assignment__reviewer__side", "assignment__reviewer", "assignment__seminar")
    found = sums.order_by("pk").values_list(*ids, "total", "weight")
    return [Overall(side, reviewer, pair, weighed(total, weight)) for side, reviewer, pair, total, weight in found]

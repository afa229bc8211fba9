"""Which reviews count, and their overall scores: read in one query, and the same on every page (R24, I23)."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Sum

from reviews.choices import ACTIVE
from reviews.models.review import ReviewQuerySet
from reviews.rules.harshness import in_millionths
from reviews.rules.scoring import weighed
from seminars.models import Recusal


class Overall(NamedTuple):
    """A review's exact overall score by ids, and as it is compared and summed; None where nothing could be judged."""

    side: int
    reviewer: int
    pair: int
    score: Fraction | None
    in_millionths: Decimal | None


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
    found = list(sums.order_by("pk").values_list(*ids, "total", "weight"))
    # Most reviews come to the same few sums: what follows from each is worked out once.
    scores = {sums: _scored(*sums) for sums in {row[3:] for row in found}}
    return [Overall(side, reviewer, pair, *scores[total, weight]) for side, reviewer, pair, total, weight in found]


def _scored(total: Decimal | None, weight: Decimal | None) -> tuple[Fraction | None, Decimal | None]:
    exact = weighed(total, weight)
    return exact, None if exact is None else in_millionths(exact)

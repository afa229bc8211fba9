"""A review as its page shows it: the scores so far, and the others' where the agency shows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from reviews.models import Assignment, Review
from reviews.queries.overalls import counting
from reviews.rules.scoring import Overall, overall
from seminars.models import Criterion


def overall_of(review: Review | None, criteria: Sequence[Criterion]) -> Overall:
    """Return the overall score of a review, fetched with its scores, by the criteria of its call."""
    said = {score.criterion_id: score.value for score in review.scores.all()} if review else {}
    return overall([(criterion.weight, said.get(criterion.pk)) for criterion in criteria])


def others_of(assignment: Assignment) -> Iterable[Review]:
    """Return the sealed reviews of the same pair that count, by the same agency's other reviewers, with their scores.

    The caller shows them only where the own one is sealed and the agency shares reviews.
    """
    of_pair = Review.objects.filter(
        assignment__seminar=assignment.seminar_id, assignment__reviewer__side=assignment.reviewer.side_id
    )
    same_side = counting(of_pair)
    return same_side.exclude(assignment=assignment).prefetch_related("scores__criterion").order_by("assignment")


def read_rows(review: Review | None, criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Return each criterion with its score in a review fetched with its scores, or with none."""
    scores = {score.criterion_id: score for score in review.scores.all()} if review else {}
    return [{"criterion": criterion, "score": scores.get(criterion.pk)} for criterion in criteria]

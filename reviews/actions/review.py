"""Writing a review, sealing it, and opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.assignment import lock_panel
from reviews.models import Assignment, Review, Score
from reviews.permissions import reopen_review_refusal, write_refusal
from seminars.actions.proposals import EditConflict
from seminars.models import Criterion, Recusal
from seminars.permissions import Refused, require

CANNOT_JUDGE = 0
"""What stands for “cannot judge” in ``Judgement.scores``; it is kept as no score, never as zero."""


@dataclass(frozen=True)
class Judgement:
    """What a reviewer has entered: by criterion id a score from 1 to 5, or CANNOT_JUDGE; an open one is missing."""

    scores: Mapping[int, int]
    comment_coordinators: str = ""
    comment_panel: str = ""
    recommendation: str = ""


def lock_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """Lock an assignment and return it with its review; a pair that ``by`` is shut out of is not there for them."""
    list(Assignment.objects.filter(pk=assignment.pk).select_for_update().values_list("pk"))
    _not_shut_out(assignment, by)
    return Assignment.objects.select_related("reviewer__side__agency", "seminar", "review").get(pk=assignment.pk)


def _not_shut_out(assignment: Assignment, by: User) -> None:
    if Recusal.objects.filter(user=by, seminar=assignment.seminar_id).exists():
        raise Refused(_("You have a conflict of interest with this pair."))


@transaction.atomic
def save_review(assignment: Assignment, judgement: Judgement, *, version: int, by: User, at: datetime) -> Review:
    """Write a review that is not sealed yet, as far as it has come, and return it with its new version.

    Raises Refused, and EditConflict when ``version`` is no longer the review's: then nothing is written (SAFETY 8).
    What a reviewer types is no deed of the history: only its author and the panel ever read it (R24).
    """
    panel = lock_panel(assignment.reviewer.side)
    held = lock_assignment(assignment, by=by)
    require(write_refusal(held, panel, by))
    review, _created = Review.objects.get_or_create(assignment=held)
    values = {name: getattr(judgement, name) for name in ("comment_coordinators", "comment_panel", "recommendation")}
    written = Review.objects.filter(pk=review.pk, version=version, sealed_at__isnull=True).update(
        **values, version=F("version") + 1, saved_at=at
    )
    if not written:
        raise EditConflict
    _store(review, judgement.scores)
    review.version, review.saved_at = version + 1, at
    return review


def _store(review: Review, scores: Mapping[int, int]) -> None:
    held = {score.criterion_id: score for score in review.scores.all()}
    gone = [score.pk for criterion, score in held.items() if criterion not in scores]
    if gone:
        Score.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for criterion, value in scores.items():
        kept, cannot_judge = value or None, value == CANNOT_JUDGE
        score = held.get(criterion)
        if score is None:
            new.append(Score(review=review, criterion_id=criterion, value=kept, cannot_judge=cannot_judge))
        elif score.value != kept:
            score.value, score.cannot_judge = kept, cannot_judge
            changed.append(score)
    Score.objects.bulk_create(new)
    if changed:
        Score.objects.bulk_update(changed, ["value", "cannot_judge"])


def missing(review: Review | None, criteria: int) -> list[str]:
    """Return what a review still needs before it can be sealed, in words; ``criteria`` is how many the call has."""
    lacks = []
    scored = review.scores.count() if review else 0
    if scored < criteria:
        lacks.append(_("A score, or “cannot judge”, for every criterion."))
    if review is None or not review.comment_coordinators:
        lacks.append(_("The comment for the coordinators."))
    if review is None or not review.recommendation:
        lacks.append(_("The overall recommendation."))
    return lacks


@transaction.atomic
def seal_review(assignment: Assignment, *, version: int, by: User, at: datetime) -> Review:
    """Seal one's review: from now on it counts and no longer changes. Raises Refused and EditConflict.

    ``version`` is the one that the reviewer has just read.
    """
    panel = lock_panel(assignment.reviewer.side)
    held = lock_assignment(assignment, by=by)
    require(write_refusal(held, panel, by))
    review = getattr(held, "review", None)
    lacks = missing(review, Criterion.objects.filter(call=held.seminar.call_id).count())
    if review is None or lacks:
        raise Refused(" ".join(lacks))
    if review.version != version:
        raise EditConflict
    review.sealed_at = at
    review.save(update_fields=["sealed_at"])
    record(review, "sealed", by=by, at=at)
    return review


@transaction.atomic
def reopen_review(review: Review, *, reason: str, by: User, at: datetime) -> None:
    """Let a reviewer change a sealed review; the reviewer is told. Raises Refused."""
    panel = lock_panel(review.assignment.reviewer.side)
    list(Review.objects.filter(pk=review.pk).select_for_update().values_list("pk"))
    held = Review.objects.select_related("assignment__reviewer__side__agency", "assignment__reviewer__user").get(
        pk=review.pk
    )
    _not_shut_out(held.assignment, by)
    require(reopen_review_refusal(held, panel, by))
    if not reason.strip():
        raise Refused(_("Say why."))
    held.sealed_at = None
    held.save(update_fields=["sealed_at"])
    record(held, "reopened", by=by, at=at, reason=reason)
    mails.review_reopened(held, reason=reason, at=at)

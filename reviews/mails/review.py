"""Mails about reviews."""

from datetime import datetime

from accounts.actions.messages import queue_message
from reviews.models import Review


def review_reopened(review: Review, *, reason: str, at: datetime) -> None:
    """Tell a reviewer that the agency asks for a change to a sealed review, and why."""
    reviewer = review.assignment.reviewer
    assert reviewer.user is not None  # noqa: S101 - a constraint: who has accepted is somebody
    context = {"assignment": review.assignment, "agency": reviewer.side.agency, "reason": reason}
    queue_message("review_reopened", to=reviewer.user, about=review, context=context, at=at, key=at.isoformat())

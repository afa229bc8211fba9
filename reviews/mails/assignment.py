"""Mails about assignments. They tell how many and until when; which pairs is read after signing in."""

from datetime import datetime

from accounts.actions.messages import queue_message
from reviews.models import Assignment, Panel, Reviewer
from reviews.models.closed import officers_who_see


def assignments_given(reviewer: Reviewer, number: int, panel: Panel, *, at: datetime) -> None:
    """Tell a reviewer how many pairs one batch gives, and when the reviews are due."""
    _tell_reviewer("assignments_given", reviewer, number, panel, at)


def assignments_chased(reviewer: Reviewer, number: int, panel: Panel, *, at: datetime) -> None:
    """Remind a reviewer of the assignments that wait for an answer or for a review."""
    _tell_reviewer("assignments_chased", reviewer, number, panel, at)


def assignment_declined(assignment: Assignment, *, at: datetime) -> None:
    """Tell the agency's officers who are not shut out of the pair that a reviewer has handed it back."""
    reviewer = assignment.reviewer
    context = {"assignment": assignment, "reviewer": reviewer, "call": reviewer.side.call}
    for officer in officers_who_see(assignment.seminar, [reviewer.side]):
        queue_message("assignment_declined", to=officer, about=assignment, context=context, at=at)


def _tell_reviewer(kind: str, reviewer: Reviewer, number: int, panel: Panel, at: datetime) -> None:
    assert reviewer.user is not None  # noqa: S101 - a constraint: who has accepted is somebody
    context = {"call": reviewer.side.call, "agency": reviewer.side.agency, "number": number, "panel": panel}
    queue_message(kind, to=reviewer.user, about=reviewer, context=context, at=at, key=at.isoformat())

"""Writing a review, sealing it, and letting a reviewer open it again."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import AssignmentState
from reviews.models import Assignment, Panel, Review
from reviews.permissions.base import not_officer
from seminars.permissions import Refusal


def write_refusal(assignment: Assignment, panel: Panel | None, by: User) -> Refusal | None:
    """Say why ``by`` may not write the review of an assignment now; fetch it with its review.

    Somebody else's, not acknowledged, shut out of the pair (R23), sealed already, or the panel is.
    """
    if assignment.reviewer.user_id != by.pk:
        return _("Only the reviewer may do this.")
    if assignment.state == AssignmentState.GIVEN:
        return _("Acknowledge the assignment first: then you can write.")
    if assignment.state != AssignmentState.ACKNOWLEDGED:
        return _("This assignment is no longer in force.")
    if panel is None or panel.sealed_at:
        return _("The panel has sealed its work: reviews can no longer change.")
    review = getattr(assignment, "review", None)
    return _("The review is sealed already.") if review and review.sealed_at else None


def reopen_review_refusal(review: Review, panel: Panel | None, by: User) -> Refusal | None:
    """Say why ``by`` may not let a reviewer open a sealed review again: an officer may, until the panel is sealed.

    Nobody opens their own, officer or not. Fetch the review with ``assignment__reviewer__side``. A pair that ``by`` is
    shut out of is the matter of ``Review.objects.visible_to`` and of the action, so that a list asks no query here.
    """
    if refusal := not_officer(review.assignment.reviewer.side, by):
        return refusal
    if review.assignment.reviewer.user_id == by.pk:
        return _("This is your own review: another officer of your agency can open it again.")
    if panel is None or panel.sealed_at:
        return _("The panel has sealed its work: reviews can no longer change.")
    return None if review.sealed_at else _("This review is not sealed.")

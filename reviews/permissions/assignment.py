"""Giving pairs to reviewers, taking them back, and answering for them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import ACTIVE, AssignmentState
from reviews.models import Assignment, Panel
from reviews.permissions.base import not_officer
from seminars.models import CallAgency
from seminars.permissions import Refusal


def assign_refusal(side: CallAgency, panel: Panel | None, by: User) -> Refusal | None:
    """Say why ``by`` may not change who reviews what for a side now; ``panel`` is the side's, if there is one."""
    if refusal := not_officer(side, by):
        return refusal
    if panel is None:
        return _("The evaluation has not begun yet.")
    return _("The panel is sealed: assignments can no longer change.") if panel.sealed_at else None


def withdraw_refusal(assignment: Assignment, panel: Panel | None, by: User) -> Refusal | None:
    """Say why ``by`` may not take a pair back from its reviewer; a sealed review counts, and so it stays."""
    if refusal := assign_refusal(assignment.reviewer.side, panel, by):
        return refusal
    return _settled(assignment)


def acknowledge_refusal(assignment: Assignment, by: User) -> Refusal | None:
    """Say why ``by`` may not say that the pair has arrived."""
    if refusal := _not_own(assignment, by):
        return refusal
    if assignment.state == AssignmentState.ACKNOWLEDGED:
        return _("You have acknowledged this assignment already.")
    return _settled(assignment)


def decline_refusal(assignment: Assignment, panel: Panel | None, by: User) -> Refusal | None:
    """Say why ``by`` may not hand the pair back."""
    if refusal := _not_own(assignment, by):
        return refusal
    if panel is None or panel.sealed_at:
        return _("The panel is sealed: assignments can no longer change.")
    return _settled(assignment)


def _not_own(assignment: Assignment, by: User) -> Refusal | None:
    return None if assignment.reviewer.user_id == by.pk else _("Only the reviewer may do this.")


def _settled(assignment: Assignment) -> Refusal | None:
    """Refuse what is no longer given, and what is done. Fetch the assignment with its review."""
    if assignment.state not in ACTIVE:
        return _("This assignment is no longer in force.")
    review = getattr(assignment, "review", None)
    return _("The review is sealed already.") if review and review.sealed_at else None

"""Declaring a conflict of interest, and deciding on one that was detected (R23)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import ConflictState
from reviews.models import Conflict
from reviews.permissions.base import not_officer
from seminars.models import CallAgency
from seminars.permissions import Refusal


def declare_refusal(side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not declare a conflict for a side: one must act for its agency."""
    return None if side.agency_id in by.agency_roles else _("Only people who act for this agency may do this.")


def withdraw_declaration_refusal(conflict: Conflict, by: User) -> Refusal | None:
    """Say why ``by`` may not take a declaration back: somebody else's, or none; what was detected stays as it is."""
    if conflict.user_id != by.pk or conflict.state != ConflictState.DECLARED:
        return _("There is no declaration of yours to take back.")
    if conflict.reasons:
        return _("The application sees a conflict here too: ask an officer of your agency.")
    return None


def decide_conflict_refusal(conflict: Conflict, by: User) -> Refusal | None:
    """Say why ``by`` may not decide on a conflict: another agency's, the own one, or one that was only declared."""
    if refusal := not_officer(conflict.side, by):
        return refusal
    if conflict.user_id == by.pk:
        return _(
            "You cannot decide on a conflict of your own: another officer of your agency does. If you are the only "
            "one, ask an administrator to make somebody else an officer of your agency."
        )
    if not conflict.reasons:
        return _("What somebody declares stands; only that person takes it back.")
    return None

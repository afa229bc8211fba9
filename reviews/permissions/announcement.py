"""Planning an announcement, releasing it, and taking either back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Announcement, Release
from reviews.permissions.base import not_officer
from reviews.queries.outcomes import Outcomes
from seminars.models import Call, CallAgency
from seminars.permissions import Refusal


def plan_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not plan, move or cancel the announcement of a call. Fetch the call ``with_sides``."""
    if not any(side.agency_id in by.officer_agencies for side in call.sides.all()):
        return _("Only an officer of this agency may do this.")
    return None if hasattr(call, "selection") else _("The joint selection has not been opened yet.")


def release_refusal(
    announcement: Announcement | None, side: CallAgency, outcomes: Outcomes, by: User, at: datetime
) -> Refusal | None:
    """Say why ``by`` may not release for a side what ``outcomes`` would tell."""
    if refusal := not_officer(side, by):
        return refusal
    if announcement is None:
        return _("No announcement is planned.")
    if not outcomes.can_go:
        return _("Not every pair has a decision that both agencies have signed.")
    standing = Release.objects.filter(announcement=announcement, voided_at__isnull=True, digest=outcomes.digest)
    for release in standing:
        if release.side_id == side.pk:
            return _("This agency has released the announcement already.")
        if release.released_by_id == by.pk:
            return _("Two different people release an announcement, one for each agency.")
    return None


def take_back_refusal(announcement: Announcement | None, side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not take a release of a side back."""
    if refusal := not_officer(side, by):
        return refusal
    held = Release.objects.filter(announcement=announcement, side=side, voided_at__isnull=True)
    if announcement is None or not held.exists():
        return _("There is no release to take back.")
    return None

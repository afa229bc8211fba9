"""Writing the practical information of a confirmed seminar."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import SeminarState
from seminars.models import Proposal, Seminar
from seminars.permissions import Refusal


def write_practical_refusal(seminar: Seminar, by: User) -> Refusal | None:
    """Say why ``by`` may not write the practical information of a seminar."""
    if not Proposal.objects.filter(seminar=seminar, coordinator=by).exists():
        return _("Only the coordinators of this seminar may do this.")
    return None if seminar.state == SeminarState.CONFIRMED else _("This seminar is not confirmed, or no longer.")

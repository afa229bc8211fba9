"""What is asked in more than one place."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import CallAgency
from seminars.permissions import Refusal


def not_officer(side: CallAgency, by: User) -> Refusal | None:
    """Refuse anyone but an officer of the side's agency."""
    return None if side.agency_id in by.officer_agencies else _("Only an officer of this agency may do this.")

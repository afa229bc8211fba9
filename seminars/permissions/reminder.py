"""Who changes when people are reminded."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import CallAgency
from seminars.permissions.base import Refusal


def change_rules_refusal(side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not change the reminders of a side: neither an officer of its agency nor an administrator."""
    if by.is_staff or side.agency_id in by.officer_agencies:
        return None
    return _("Only an officer of this agency or an administrator may do this.")

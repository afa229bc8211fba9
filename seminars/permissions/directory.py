"""Curating the directory of laboratories."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.permissions.base import Refusal


def curate_refusal(agency_id: int, by: User) -> Refusal | None:
    """Say why ``by`` may not write in the directory of an agency: not one of its officers."""
    return None if agency_id in by.officer_agencies else _("Only an officer of this agency may do this.")

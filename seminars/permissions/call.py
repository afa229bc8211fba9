"""Changing the terms of a call."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Call, Proposal
from seminars.permissions.base import Refusal


def terms_refusal(by: User | None) -> Refusal | None:
    """Say why ``by`` may not change the terms of a call: not an administrator. A command has nobody to ask."""
    return None if by is None or by.is_staff else _("Only an administrator may do this.")


def remove_part_refusal(call: Call, by: User | None) -> Refusal | None:
    """Say why ``by`` may not remove a part of ``call``: not an administrator, or records rely on its terms."""
    if Proposal.objects.filter(side__call=call).exists():
        return _("Records have been started in this call: its parts can be changed, but not removed.")
    return terms_refusal(by)

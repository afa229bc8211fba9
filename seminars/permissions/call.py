"""Changing the terms of a call."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Call, Proposal
from seminars.permissions.base import Refusal


def terms_refusal(by: User | None) -> Refusal | None:
    """Say why ``by`` may not change the terms of a call: not an administrator. A command has nobody to ask."""
    return None if by is None or by.is_staff else _("Only an administrator may do this.")


def copy_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not make a copy of ``call``: an officer of neither of its agencies."""
    if call.sides.filter(agency__in=by.officer_agencies).exists():
        return None
    return _("Only an officer of an agency of this call may do this.")


def change_unpublished_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not change a call on the desk: not its officer, or published, or with records already."""
    if refusal := copy_refusal(call, by):
        return refusal
    if call.is_published or Proposal.objects.filter(side__call=call).exists():
        return _("This call is published. Only an administrator can change it.")
    return None


def remove_part_refusal(call: Call, by: User | None) -> Refusal | None:
    """Say why ``by`` may not remove a part of ``call``: not an administrator, or records rely on its terms."""
    if Proposal.objects.filter(side__call=call).exists():
        return _("Records have been started in this call: its parts can be changed, but not removed.")
    return terms_refusal(by)

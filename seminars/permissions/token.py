"""Giving an agency's systems a key, and taking it back."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from seminars.models import ApiToken
from seminars.permissions.base import Refusal


def make_token_refusal(agency: Agency, by: User) -> Refusal | None:
    """Say why ``by`` may not make a token of ``agency``: neither its officer nor an administrator."""
    if by.is_staff or agency.pk in by.officer_agencies:
        return None
    return _("Only an officer of this agency or an administrator may do this.")


def revoke_token_refusal(token: ApiToken, by: User) -> Refusal | None:
    """Say why ``by`` may not take a token back: not of their agency, or taken back already."""
    taken_back = _("This token has been revoked already.") if token.revoked_at else None
    return make_token_refusal(token.agency, by) or taken_back

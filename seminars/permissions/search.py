"""Saved searches."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Call, SavedSearch
from seminars.permissions.base import Refusal

MOST = 40
"""How many searches one person keeps for a call."""


def save_search_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not keep another search of a call: not an officer of it, or too many already."""
    if not Call.objects.run_by(by).filter(pk=call.pk).exists():
        return _("Only an officer of this call may do this.")
    if SavedSearch.objects.filter(owner=by, call=call).count() >= MOST:
        return _("You keep many searches for this call already. Delete one first.")
    return None


def change_search_refusal(search: SavedSearch, by: User) -> Refusal | None:
    """Say why ``by`` may not change or delete a search: it is somebody else's."""
    return None if search.owner_id == by.pk else _("Only who saved this search may change it.")

"""Keeping, sharing, changing and forgetting the lists that officers come back to."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from seminars.models import Call, CallAgency, DefaultSearch, SavedSearch
from seminars.permissions import Refused, change_search_refusal, require, save_search_refusal


@transaction.atomic
def save_search(
    call: Call, *, name: str, query: str, is_shared: bool, is_default: bool, by: User, at: datetime
) -> SavedSearch:
    """Keep a list of ``call`` under a name, for ``by`` or for the officers of the agency ``by`` acts for.

    ``query`` is canonical: ``ProposalFilter.query``. Raises Refused: not an officer of the call, too many, or a name
    that is used already.
    """
    require(save_search_refusal(call, by))
    sides = CallAgency.objects.filter(call=call, agency__in=by.officer_agencies)
    search = SavedSearch(
        owner=by,
        agency_id=sides.values_list("agency", flat=True)[0],
        call=call,
        name=name,
        query=query,
        is_shared=is_shared,
        saved_at=at,
    )
    _save(search)
    if is_default:
        start_with(search, by=by)
    return search


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, is_shared: bool, is_default: bool, by: User) -> SavedSearch:
    """Rename a search, share it or no longer; one that is not shared any more is nobody else's start.

    Raises Refused: somebody else's, or a name that is used already.
    """
    require(change_search_refusal(search, by))
    search.name, search.is_shared = name, is_shared
    _save(search)
    if not is_shared:
        search.defaults.exclude(user=by).delete()
    if is_default:
        start_with(search, by=by)
    else:
        search.defaults.filter(user=by).delete()
    return search


def _save(search: SavedSearch) -> None:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as clash:
        raise Refused(_("You have a search of this name already.")) from clash


def delete_search(search: SavedSearch, *, by: User) -> None:
    """Forget a search; whoever started with it starts with the whole list again. Raises Refused."""
    require(change_search_refusal(search, by))
    search.delete()


def start_with(search: SavedSearch, *, by: User) -> None:
    """Make a search that ``by`` may use the one that the list of its call starts with, instead of any other."""
    if not SavedSearch.objects.visible_to(by).filter(pk=search.pk).exists():
        raise Refused(_("Only who saved this search may change it."))
    DefaultSearch.objects.update_or_create(user=by, call_id=search.call_id, defaults={"search": search})


def start_with_all(call: Call, *, by: User) -> None:
    """Make the list of ``call`` start with all records again, for ``by``."""
    DefaultSearch.objects.filter(user=by, call=call).delete()

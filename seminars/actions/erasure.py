"""Erasing a person: what is theirs goes, what was filed and decided stays."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.actions.erasure import address_of, erase_account
from accounts.models import User
from seminars.files import storage
from seminars.models import Feed, Invitation, PersonalCopy, SavedSearch
from seminars.permissions import erasure_refusal, require


@transaction.atomic
def erase_person(user: User, *, by: User, reason: str, at: datetime) -> None:
    """Erase a person in every app (``ERASERS`` in the settings), the account last. Raises Refused.

    Records that were filed, their frozen copies, reviews, decisions and the history stay until their period ends: they
    prove what was decided and on what.
    """
    stored = User.objects.select_for_update().get(pk=user.pk)
    require(erasure_refusal(stored, by, at))
    for eraser in settings.ERASERS:
        import_string(eraser)(stored)
    erase_account(stored, by=by, at=at, reason=reason)


def erase_traces(user: User) -> None:
    """Remove what the programme keeps for a person's own use, and the person from invitations."""
    Feed.objects.filter(owner=user).delete()
    SavedSearch.objects.filter(owner=user).delete()
    for copy in PersonalCopy.objects.filter(person=user):
        copy.delete()
        if copy.file:
            transaction.on_commit(partial(storage.remove, copy.file))
    invited = Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user))
    invited.update(email=address_of(user), name="", message="")

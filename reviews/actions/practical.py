"""Saving the practical information of a confirmed seminar."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.actions.history import record_edit
from accounts.models import User
from reviews.models import Practical
from reviews.models.practical import TEXTS
from reviews.permissions import write_practical_refusal
from seminars.actions.proposals import EditConflict, changes
from seminars.models import Seminar
from seminars.permissions import require


@transaction.atomic
def save_practical(seminar: Seminar, values: Mapping[str, str], *, version: int, by: User, at: datetime) -> Practical:
    """Save what both coordinators write over ``version`` and return it with its new one; the same texts are no saving.

    Raises Refused: not a coordinator of the seminar, or not confirmed; and EditConflict when the other one has saved
    something else since: then nothing is written (SAFETY 8).
    """
    held = Seminar.objects.select_for_update(of=("self",)).get(pk=seminar.pk)
    require(write_practical_refusal(held, by))
    practical, _made = Practical.objects.get_or_create(seminar=held)
    wanted = {name: values[name] for name in TEXTS}
    change = changes(practical, wanted)
    if not change.after:
        return practical
    standing = Practical.objects.filter(pk=practical.pk, version=version)
    if not standing.update(**wanted, version=F("version") + 1, saved_at=at, saved_by=by):
        raise EditConflict
    record_edit(practical, by=by, at=at, before=change.before, after=change.after)
    practical.refresh_from_db()
    return practical

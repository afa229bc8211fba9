"""Opening the joint selection, talking in it and writing its minutes (R25)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record, record_edit
from accounts.models import User
from reviews import mails
from reviews.actions.evaluation import lock_call
from reviews.models import Panel, Selection, SelectionNote
from reviews.permissions import change_selection_refusal, open_selection_refusal
from reviews.queries.selection import discussed_by
from seminars.actions.proposals import EditConflict
from seminars.models import Call, Seminar
from seminars.permissions import Refused, require


@transaction.atomic
def open_selection(call: Call, *, by: User, at: datetime) -> Selection:
    """Open the joint selection of a call: from now on each agency sees the other's evaluation, for good.

    Raises Refused: not an officer, open already, or not both panels sealed; of the other's it tells nothing more.
    """
    held = lock_call(call)
    list(Panel.objects.filter(side__call=held).order_by("pk").select_for_update().values_list("pk"))
    require(open_selection_refusal(held, by))
    selection = Selection.objects.create(call=held, opened_at=at, opened_by=by)
    record(selection, "opened", by=by, at=at)
    mails.selection_opened(selection, list(held.sides.all()), at=at)
    return selection


def open_to_change(call: Call, by: User) -> Selection:
    """Return the open selection of a call that ``by`` may work in; raises Refused."""
    selection = Selection.objects.filter(call=call).first()
    require(change_selection_refusal(selection, call, by))
    assert selection is not None  # noqa: S101 - or there had been a refusal
    return selection


@transaction.atomic
def add_note(call: Call, seminar: Seminar, *, text: str, form_uuid: UUID, by: User, at: datetime) -> SelectionNote:
    """Write a note on a pair that both agencies' officers read; the same form sent twice is one note."""
    selection = open_to_change(call, by)
    if not discussed_by(call, by).filter(pk=seminar.pk).exists():
        raise Refused(_("One of these pairs is not in review."))
    values = {"selection": selection, "seminar": seminar, "author": by, "text": text, "written_at": at}
    note, is_new = SelectionNote.objects.get_or_create(form_uuid=form_uuid, defaults=values)
    if is_new:
        record(note, "written", by=by, at=at)
    return note


@transaction.atomic
def save_minutes(call: Call, *, text: str, version: int, by: User, at: datetime) -> Selection:
    """Save the minutes over ``version`` and return the selection with its new one.

    Raises Refused, and EditConflict when somebody else has saved another text since: then nothing is written
    (SAFETY 8).
    """
    selection = open_to_change(call, by)
    if selection.minutes == text:
        return selection
    standing = Selection.objects.filter(pk=selection.pk, version=version)
    if not standing.update(minutes=text, version=F("version") + 1, saved_at=at):
        raise EditConflict
    record_edit(selection, by=by, at=at, before={"minutes": selection.minutes}, after={"minutes": text})
    selection.minutes, selection.version, selection.saved_at = text, version + 1, at
    return selection

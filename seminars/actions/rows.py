"""Adding, changing and removing the rows of a draft: laboratories, participants, sessions, budget lines."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars.actions.proposals import EditConflict, changes, plain
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Session
from seminars.permissions import Refused, edit_refusal, require

Row = Laboratory | Participant | Session | BudgetLine
R = TypeVar("R", Laboratory, Participant, Session, BudgetLine)

BOOKKEEPING = frozenset({"id", "proposal", "version", "saved_at", "form_uuid"})


def claim_draft(proposal: Proposal, by: User, at: datetime) -> None:
    """Hold the draft for this transaction, so that it cannot be submitted while one of its rows changes.

    Raises Refused when the person may not edit, or EditConflict when the draft has just been submitted.
    """
    require(edit_refusal(proposal, by, at))
    held = Proposal.objects.held_by(by, at).filter(pk=proposal.pk).update(changed_at=at)
    if not held:
        raise EditConflict


def told(row: Row) -> dict[str, Any]:
    """Return what a row says, by field, as JSON."""
    return {field.name: plain(getattr(row, field.name)) for field in row._meta.fields if field.name not in BOOKKEEPING}


def named(row: Row) -> dict[str, Any]:
    """Return how the history names a row."""
    return {str(row._meta.model_name): str(row)}


def says_the_same(one: Row, other: Row) -> bool:
    """Say whether two rows hold equal values, their ids and versions left aside."""
    fields = [field for field in one._meta.fields if field.name not in BOOKKEEPING]
    return all(
        field.to_python(getattr(one, field.attname)) == field.to_python(getattr(other, field.attname))
        for field in fields
    )


def _made_by(form_uuid: uuid.UUID, kind: type[R], proposal: Proposal) -> R | None:
    """Return the row of ``proposal`` that this very form made before, or nothing."""
    made: R | None = kind._default_manager.filter(form_uuid=form_uuid, proposal=proposal).first()
    return made


@transaction.atomic
def add_row(row: R, *, by: User, at: datetime) -> R:
    """Store a new row of a draft and return it; the same form posted twice adds one row.

    Raises Refused, or EditConflict when the draft has just been submitted, or when this form (``form_uuid``)
    was saved before with other values.
    """
    claim_draft(row.proposal, by, at)
    if known := _made_by(row.form_uuid, type(row), row.proposal):
        if says_the_same(known, row):
            return known
        raise EditConflict
    return _store(row, by, at)


def _store(row: R, by: User, at: datetime) -> R:
    if type(row)._default_manager.filter(form_uuid=row.form_uuid).exists():
        # The id of a form of another record: it says nothing about this one.
        row.form_uuid = uuid.uuid4()
    row.saved_at = at
    row.save(force_insert=True)
    record(row.proposal, "row_added", by=by, at=at, after=named(row) | {"values": told(row)})
    return row


@transaction.atomic
def add_participant(person: Participant, laboratory: Laboratory | None, *, by: User, at: datetime) -> Participant:
    """Store a new participant, with a ``laboratory`` that is new too, or neither. Raises as ``add_row`` does."""
    if laboratory is None:
        return add_row(person, by=by, at=at)
    claim_draft(person.proposal, by, at)
    if known := _made_by(person.form_uuid, Participant, person.proposal):
        if not known.laboratory or not says_the_same(known.laboratory, laboratory):
            raise EditConflict
        person.laboratory = known.laboratory
        return add_row(person, by=by, at=at)
    person.laboratory = _store(laboratory, by, at)
    return _store(person, by, at)


@transaction.atomic
def change_participant(
    person: Participant,
    values: Mapping[str, Any],
    laboratory: Laboratory | None,
    *,
    version: int | None,
    by: User,
    at: datetime,
) -> Participant:
    """Write ``values`` to a participant, with a new ``laboratory``, or neither. Raises as ``change_row`` does."""
    if laboratory is not None:
        values = {**values, "laboratory": add_row(laboratory, by=by, at=at)}
    return change_row(person, values, version=version, by=by, at=at)


@transaction.atomic
def change_row(row: R, values: Mapping[str, Any], *, version: int | None, by: User, at: datetime) -> R:
    """Write ``values`` to a row of a draft and return it.

    Raises Refused, or EditConflict when the draft was submitted, or the row is gone or no longer at ``version``:
    unless it holds these very values, as after a form posted twice.
    """
    claim_draft(row.proposal, by, at)
    rows = type(row)._default_manager.filter(pk=row.pk)
    stored: R | None = rows.first()
    if stored is None:
        raise EditConflict
    change = changes(stored, values)
    if version is None or not rows.filter(version=version).update(**values, version=F("version") + 1, saved_at=at):
        if change.after:
            raise EditConflict
        return stored
    if change.after:
        before = named(stored) | dict(change.before)
        record(row.proposal, "row_changed", by=by, at=at, before=before, after=change.after)
    row.refresh_from_db()
    return row


@transaction.atomic
def remove_row(row: Row, *, by: User, at: datetime, version: int | None = None) -> None:
    """Remove a row of a draft.

    Raises Refused, also when other rows still need it, or EditConflict when the draft was submitted, or when a
    ``version`` is named that is no longer the row's.
    """
    claim_draft(row.proposal, by, at)
    stored = type(row)._default_manager.filter(pk=row.pk, **({} if version is None else {"version": version})).first()
    if stored is None:
        raise EditConflict
    record(row.proposal, "row_removed", by=by, at=at, before=named(stored) | {"values": told(stored)})
    try:
        stored.delete()
    except ProtectedError as used:
        raise Refused(
            _("“%(name)s” is still used in this record: change or remove what uses it first.") % {"name": stored}
        ) from used


@transaction.atomic
def merge_laboratories(kept: Laboratory, merged: Laboratory, *, by: User, at: datetime) -> None:
    """Move everybody of ``merged`` to ``kept`` and remove ``merged``: two entries of one laboratory (R11).

    ``kept`` takes over what only ``merged`` says. Raises Refused when they cannot be the same laboratory, or
    EditConflict when the draft was submitted.
    """
    if kept.pk == merged.pk or kept.proposal_id != merged.proposal_id or not merged.may_be(kept):
        raise Refused(_("These are two different laboratories."))
    claim_draft(kept.proposal, by, at)
    texts = ("unit", "rnsr", "institution", "city", "regional_office")
    learnt = {name: getattr(merged, name) for name in texts if getattr(merged, name) and not getattr(kept, name)}
    if learnt:
        change_row(kept, learnt, version=kept.version, by=by, at=at)
    for person in Participant.objects.filter(proposal=kept.proposal, laboratory=merged):
        change_row(person, {"laboratory": kept}, version=person.version, by=by, at=at)
    remove_row(merged, by=by, at=at)

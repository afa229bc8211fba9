"""Adding, changing and removing the rows of a draft: laboratories, participants, sessions, budget lines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars.actions.proposals import EditConflict, changes, plain
from seminars.choices import ProposalState
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Session
from seminars.permissions import Refused, edit_refusal, require

Row = Laboratory | Participant | Session | BudgetLine


def _claim_draft(proposal: Proposal, by: User, at: datetime) -> None:
    """Hold the draft for this transaction, so that it cannot be submitted while one of its rows changes."""
    require(edit_refusal(proposal, by, at))
    held = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT, coordinator=by).update(changed_at=at)
    if not held:
        raise EditConflict


@transaction.atomic
def add_row(row: Row, *, by: User, at: datetime) -> Row:
    """Store a new row of a draft. Raises Refused, or EditConflict when the draft has just been submitted."""
    _claim_draft(row.proposal, by, at)
    row.saved_at = at
    row.save(force_insert=True)
    record(row.proposal, "row_added", by=by, at=at, after={row._meta.model_name: str(row)})
    return row


@transaction.atomic
def change_row(row: Row, values: Mapping[str, Any], *, version: int, by: User, at: datetime) -> Row:
    """Write ``values`` to a row of a draft and return it.

    Raises Refused, or EditConflict when the row is no longer at ``version`` or the draft was submitted.
    """
    _claim_draft(row.proposal, by, at)
    stored = type(row)._default_manager.get(pk=row.pk)
    change = changes(stored, values)
    written = (
        type(row)
        ._default_manager.filter(pk=row.pk, version=version)
        .update(**values, version=F("version") + 1, saved_at=at)
    )
    if not written:
        raise EditConflict
    if change.after:
        name = {row._meta.model_name: str(stored)}
        record(row.proposal, "row_changed", by=by, at=at, before=name | change.before, after=change.after)
    row.refresh_from_db()
    return row


@transaction.atomic
def remove_row(row: Row, *, by: User, at: datetime) -> None:
    """Remove a row of a draft. Raises Refused, also when other rows still need it, or EditConflict."""
    _claim_draft(row.proposal, by, at)
    values = {field.name: plain(getattr(row, field.name)) for field in row._meta.fields if field.name != "proposal"}
    record(row.proposal, "row_removed", by=by, at=at, before={row._meta.model_name: str(row), "values": values})
    try:
        row.delete()
    except ProtectedError as used:
        raise Refused(
            _("“%(name)s” is still used in this record: change or remove what uses it first.") % {"name": row}
        ) from used

"""Starting a record and saving its sections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from accounts.actions.history import record, record_edit
from accounts.models import User
from seminars.choices import ParticipantRole
from seminars.models import CallAgency, Participant, Proposal
from seminars.permissions import Refused, edit_refusal, require, start_refusal

PERSON_FIELDS = (
    "family_name",
    "given_name",
    "family_name_kanji",
    "given_name_kanji",
    "family_name_kana",
    "given_name_kana",
    "title",
    "position",
    "email",
    "orcid",
    "phone",
)


class EditConflict(Exception):
    """Somebody else saved this section since the form was opened: nothing was written."""


def plain(value: Any) -> Any:
    """Return a field's value as JSON can hold it: dates in ISO 8601, amounts and people as text."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@transaction.atomic
def start_proposal(side: CallAgency, *, by: User, at: datetime) -> Proposal:
    """Create ``by``'s record on ``side``, with the coordinator's own details from the profile.

    Raises Refused when the call is closed or the person has an open record there already (R20).
    """
    require(start_refusal(side, by, at))
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(side=side, coordinator=by, created_at=at, changed_at=at)
    except IntegrityError as clash:
        raise Refused(start_refusal(side, by, at)) from clash
    Participant.objects.create(
        proposal=proposal,
        side=side.agency.country,
        role=ParticipantRole.COORDINATOR,
        country_of_work=side.agency.country,
        saved_at=at,
        **{name: getattr(by, name) for name in PERSON_FIELDS},
    )
    record(proposal, "started", by=by, at=at)
    return proposal


@dataclass(frozen=True)
class Change:
    """What a saving changed: the values by field before and after, as JSON."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


def changes(record_before: models.Model, values: Mapping[str, Any]) -> Change:
    """Return how ``values`` differ from what a record holds; unchanged fields are left out."""
    before, after = {}, {}
    for name, value in values.items():
        held = getattr(record_before, name)
        old = plain(list(held.all())) if hasattr(held, "all") else plain(held)
        if old != plain(value):
            before[name], after[name] = old, plain(value)
    return Change(before, after)


@transaction.atomic
def save_section(
    proposal: Proposal, section: str, values: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> Proposal:
    """Write one section of a draft and return the record with its new version.

    ``values`` are cleaned field values of the record itself; the very values that it holds already are no saving.
    Raises Refused when the person may not edit, and EditConflict when ``version`` is no longer the section's: then
    nothing is written (SAFETY 8).
    """
    require(edit_refusal(proposal, by, at))
    change = changes(proposal, values)
    if not change.after:
        return proposal
    many = {name: value for name, value in values.items() if hasattr(getattr(proposal, name), "set")}
    columns = {name: value for name, value in values.items() if name not in many}
    held = Proposal.objects.held_by(by, at).filter(pk=proposal.pk, **{f"{section}_version": version})
    written = held.update(
        **columns, **{f"{section}_version": F(f"{section}_version") + 1, f"{section}_saved_at": at}, changed_at=at
    )
    if not written:
        raise EditConflict
    for name, value in many.items():
        getattr(proposal, name).set(value)
    record_edit(proposal, by=by, at=at, before=change.before, after=change.after)
    for name, value in columns.items():
        setattr(proposal, name, value)
    setattr(proposal, f"{section}_version", version + 1)
    setattr(proposal, f"{section}_saved_at", at)
    return proposal

"""Internal notes: who may write, change and delete them, and whom they may mention."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Membership, User
from seminars.choices import CONFIRMED, Audience
from seminars.models import Note, Proposal
from seminars.permissions.base import Refusal
from seminars.rules.notes import is_editable


@dataclass(frozen=True)
class Reader:
    """An officer who may read notes on a record: those of the own agency only, or those of both."""

    user: User
    agency: str
    audience: str


def is_pair(proposal: Proposal) -> bool:
    """Say whether both coordinators have confirmed the pair, so that both agencies' officers read the record."""
    return proposal.seminar is not None and proposal.seminar.state in CONFIRMED


def agency_for(proposal: Proposal, by: User) -> int | None:
    """Return the agency that ``by`` acts for at this record: its own, or its partner's; None for neither."""
    return next((agency for agency in _agencies(proposal) if agency in by.officer_agencies), None)


def _agencies(proposal: Proposal) -> list[int]:
    """Return the agencies of a record and of the other half of its confirmed pair, a record or a row of a list."""
    other = (proposal.partner or proposal.listed) if is_pair(proposal) else None
    return [half.side.agency_id for half in (proposal, other) if half]


def readers_of(proposal: Proposal, by: User) -> list[Reader]:
    """Return whom a note by ``by`` on a record may mention; one query.

    The officers of the agency that ``by`` acts for, and on a confirmed pair the other agency's, for notes to both;
    never ``by``, and nobody who coordinates one of the records.
    """
    own, records = agency_for(proposal, by), [proposal]
    if is_pair(proposal) and proposal.partner:
        records.append(proposal.partner)
    officers = Membership.objects.filter(
        Q(agency=own) | Q(agency__in=_agencies(proposal) if is_pair(proposal) else []),
        role=Role.OFFICER,
        user__is_active=True,
    ).exclude(user__in=[by.pk, *(record.coordinator_id for record in records)])
    found: dict[int, Reader] = {}
    for membership in officers.select_related("user", "agency").order_by("agency", "user__family_name", "user"):
        audience = Audience.OWN if membership.agency_id == own else Audience.BOTH
        known = found.get(membership.user_id)
        if known is None or audience == Audience.OWN:
            found[membership.user_id] = Reader(membership.user, membership.agency.acronym, audience)
    return list(found.values())


def write_note_refusal(proposal: Proposal, audience: str, by: User) -> Refusal | None:
    """Say why ``by`` may not write a note on a record: does not oversee it, coordinates it, or it is not a pair."""
    if agency_for(proposal, by) is None:
        return _("Only an officer who sees this record may write a note.")
    halves = [proposal, *([proposal.partner] if proposal.partner else [])]
    if by.pk in [record.coordinator_id for record in halves]:
        return _("You coordinate this seminar yourself: its internal notes are not for you.")
    if audience == Audience.BOTH and not is_pair(proposal):
        return _("A note for both agencies needs a confirmed pair.")
    return None


def _author_refusal(note: Note, by: User) -> Refusal | None:
    if note.author_id != by.pk or note.agency_id not in by.officer_agencies:
        return _("Only who wrote this note may do this.")
    return _("This note is deleted.") if note.deleted_at else None


def edit_note_refusal(note: Note, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not change a note at ``at``: somebody else's, deleted, or older than 15 minutes."""
    if refusal := _author_refusal(note, by):
        return refusal
    return None if is_editable(note.written_at, at) else _("A note can be changed for 15 minutes. Write another one.")


def delete_note_refusal(note: Note, by: User) -> Refusal | None:
    """Say why ``by`` may not delete a note: somebody else's, or deleted already."""
    return _author_refusal(note, by)

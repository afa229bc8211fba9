"""Writing, changing and deleting internal notes; a mention is told by mail, without what the note says."""

from collections.abc import Collection
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.actions.locks import lock_pair
from seminars.choices import Audience
from seminars.models import Note, Proposal
from seminars.permissions import (
    Refused,
    agency_for,
    delete_note_refusal,
    edit_note_refusal,
    readers_of,
    require,
    write_note_refusal,
)


@transaction.atomic
def write_note(
    proposal: Proposal,
    *,
    on_pair: bool,
    text: str,
    audience: str,
    mentioned: Collection[int],
    form_uuid: UUID,
    by: User,
    at: datetime,
) -> Note:
    """Write a note on a record, or on its confirmed pair, and tell those it mentions (ids of users).

    The same ``form_uuid`` is the same note. Raises Refused: not an officer who sees the record, one who coordinates
    it, both agencies without a confirmed pair, or a mention of somebody who could not read it.
    """
    held = lock_pair(proposal.pk)
    known = Note.objects.filter(form_uuid=form_uuid).first()
    if known and known.author_id == by.pk:
        return known
    if known:
        raise Refused(_("Only who wrote this note may do this."))
    require(write_note_refusal(held, Audience.BOTH if on_pair else audience, by))
    note = Note.objects.create(
        proposal=held,
        seminar=held.seminar if on_pair else None,
        agency_id=cast("int", agency_for(held, by)),  # or there had been a refusal
        author=by,
        audience=audience,
        text=text,
        form_uuid=form_uuid,
        written_at=at,
    )
    record(note, "note_written", by=by, at=at, after={"audience": audience})
    _mention(note, mentioned, at=at)
    return note


@transaction.atomic
def edit_note(note: Note, *, text: str, audience: str, mentioned: Collection[int], by: User, at: datetime) -> Note:
    """Change a note within 15 minutes; those it mentions anew are told.

    Raises Refused: somebody else's, too late, deleted, both agencies without a confirmed pair, or a mention of
    somebody who could not read it.
    """
    proposal = lock_pair(note.proposal_id)
    held = Note.objects.select_for_update().get(pk=note.pk)
    held.proposal = proposal
    require(edit_note_refusal(held, by, at))
    require(write_note_refusal(proposal, audience, by))
    before = {"audience": held.audience}
    held.text, held.audience, held.edited_at = text, audience, at
    held.save(update_fields=["text", "audience", "edited_at"])
    record(held, "note_edited", by=by, at=at, before=before, after={"audience": audience})
    _mention(held, mentioned, at=at)
    return held


@transaction.atomic
def delete_note(note: Note, *, by: User, at: datetime) -> None:
    """Empty a note for good: that it existed, and who wrote it, stays. Raises Refused: somebody else's, or deleted."""
    held = Note.objects.select_for_update().get(pk=note.pk)
    require(delete_note_refusal(held, by))
    held.text, held.deleted_at = "", at
    held.save(update_fields=["text", "deleted_at"])
    held.mentioned.clear()
    record(held, "note_deleted", by=by, at=at)


def _mention(note: Note, mentioned: Collection[int], *, at: datetime) -> None:
    """Mention exactly these people, and write to those who were not mentioned before."""
    readers = {reader.user.pk: reader for reader in readers_of(note.proposal, note.author)}
    for pk in mentioned:
        if pk not in readers or (readers[pk].audience == Audience.BOTH and note.audience == Audience.OWN):
            raise Refused(_("Somebody you mention could not read this note."))
    before = set(note.mentioned.values_list("pk", flat=True))
    note.mentioned.set(mentioned)
    for pk in sorted(set(mentioned) - before):
        mails.mentioned(note, readers[pk].user, at=at)

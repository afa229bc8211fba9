"""Attaching a file to a draft and taking it away again; sweeping what a crash left behind."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from accounts.actions.history import record
from accounts.models import User
from seminars.actions import corrections
from seminars.actions.proposals import EditConflict
from seminars.actions.rows import claim_draft
from seminars.files import storage
from seminars.models import Attachment, ListUpload, Pack, PersonalCopy, Proposal
from seminars.permissions import Refused, edit_refusal, require
from seminars.rules import bounds

KEPT_UNNAMED = timedelta(days=1)


class AlreadyAttached(Exception):
    """The record holds this very file; ``args[0]`` is the attachment."""


def attach(proposal: Proposal, *, name: str, data: bytes, pages: int, by: User, at: datetime) -> Attachment:
    """Keep a checked file with a draft and return the attachment.

    The file is on the disk before its row is; a crash in between leaves a file that ``sweep_files`` finds. Raises
    Refused, also when there are as many as allowed, EditConflict when the draft has just been submitted, and
    AlreadyAttached when the same file is there: twice the same form attaches once.
    """
    require(edit_refusal(proposal, by, at))
    kept = storage.keep(data)
    attachment = Attachment(
        proposal=proposal,
        file=kept,
        name=name,
        size=len(data),
        pages=pages,
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=at,
        uploaded_by=by,
    )
    try:
        _store(attachment, by, at)
    except (AlreadyAttached, EditConflict, Refused):
        # After any other failure the row may be there all the same, and the sweep will know.
        storage.remove(kept)
        raise
    return attachment


@transaction.atomic
def _store(attachment: Attachment, by: User, at: datetime) -> None:
    claim_draft(attachment.proposal, by, at)
    held = Attachment.objects.filter(proposal=attachment.proposal)
    if same := held.filter(sha256=attachment.sha256).first():
        raise AlreadyAttached(same)
    if held.count() >= bounds.ATTACHMENTS:
        reason = ngettext(
            "There is %(count)s attachment already: remove it to attach another.",
            "There are %(count)s attachments already: remove one to attach another.",
            bounds.ATTACHMENTS,
        )
        raise Refused(reason % {"count": bounds.ATTACHMENTS})
    attachment.save(force_insert=True)
    facts = {"attachment": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
    record(attachment.proposal, "attached", by=by, at=at, after=facts)


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """Take a file out of a draft; it is deleted once that is certain. Raises Refused or EditConflict.

    During a correction the file stays on the disk, for the earlier filing may stand again; the sweep finds it later.
    """
    claim_draft(attachment.proposal, by, at)
    removed, _rows = Attachment.objects.filter(pk=attachment.pk).delete()
    if not removed:
        raise EditConflict
    facts = {"attachment": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
    record(attachment.proposal, "detached", by=by, at=at, before=facts)
    kept = str(attachment.file.name)
    if attachment.proposal.correct_until is None:
        transaction.on_commit(lambda: storage.remove(kept))


def named_files() -> set[str]:
    """Return the names of the files that records name and that are backed up: all but those made for a while."""
    rows = Attachment.objects.values_list("file", flat=True), ListUpload.objects.values_list("file", flat=True)
    return corrections.files_kept().union(*rows)


def sweep_files(*, at: datetime) -> int:
    """Delete the files that no record names and that are older than a day; return how many."""
    made = (model.objects.values_list("file", flat=True) for model in (Pack, PersonalCopy))
    named = named_files().union(*made)
    left = [name for name in storage.older_than(at - KEPT_UNNAMED) if name not in named]
    for name in left:
        storage.remove(name)
    return len(left)

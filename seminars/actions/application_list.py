"""Importing the list of one agency's applications: uploaded, mapped, imported all or nothing, undone, shared."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from accounts.actions.history import record
from accounts.models import Agency, User
from seminars import mails
from seminars.actions.proposals import EditConflict
from seminars.choices import KnownChoice, ListState
from seminars.files import storage
from seminars.files.spreadsheets import Reading
from seminars.models import ApplicationList, CallAgency, ListedApplication, ListUpload
from seminars.permissions import (
    Refused,
    prepare_refusal,
    require,
    share_refusal,
    undo_refusal,
    unshare_refusal,
    upload_refusal,
)
from seminars.queries.list_preview import seen_choices
from seminars.rules.headings import folded, guess
from seminars.rules.sheet import Table

BATCH = 250
SAID = tuple(
    field.name
    for field in ListedApplication._meta.concrete_fields
    if field.name not in {"id", "application_list", "side", "held_by", "row_number", "received", "earlier", "record"}
    and field.name not in {"seminar", "matched_at", "matched_by"}
)
"""The columns that hold what a row says: an update replaces them, and its undo brings them back."""
UNFINISHED_FOR = timedelta(days=14)
"""How long an uploaded list waits for its import."""


@dataclass(frozen=True)
class UploadedList:
    """A file that was read: its name, its bytes, how it was read, and the table in it."""

    name: str
    data: bytes
    reading: Reading
    table: Table


def upload_list(
    uploaded: UploadedList, *, side: CallAgency, held_by: Agency, by: User, at: datetime
) -> ApplicationList:
    """Keep a list that is to be imported, its columns guessed, or mapped as the last list with the same headings was.

    The file is on the disk before its row is; a crash in between leaves a file that ``sweep_files`` finds. Raises
    Refused for others than officers of ``held_by``.
    """
    require(upload_refusal(side, held_by, by))
    kept = storage.keep(uploaded.data, uploaded.reading.kind)
    try:
        with transaction.atomic():
            listed = ApplicationList(side=side, held_by=held_by, uploaded_at=at, uploaded_by=by)
            listed.name, listed.size = uploaded.name, len(uploaded.data)
            listed.sha256 = hashlib.sha256(uploaded.data).hexdigest()
            _describe(listed, uploaded)
            listed.save(force_insert=True)
            ListUpload.objects.create(application_list=listed, file=kept, **_cells(uploaded))
            facts = {"name": listed.name, "size": listed.size, "sha256": listed.sha256}
            record(listed, "list_uploaded", by=by, at=at, after=facts)
    except BaseException:
        storage.remove(kept)
        raise
    return listed


def _describe(listed: ApplicationList, uploaded: UploadedList) -> None:
    reading = uploaded.reading
    listed.kind, listed.encoding, listed.separator = reading.kind, reading.encoding, reading.separator
    listed.sheet, listed.counts_from_1904 = reading.sheet[:100], reading.counts_from_1904
    listed.headers, listed.row_count = list(uploaded.table.headings), len(uploaded.table.rows)
    listed.header_key = header_key(uploaded.table.headings)
    listed.mapping = remembered(listed) or guess(uploaded.table.headings)
    listed.row_choices = {}


def _cells(uploaded: UploadedList) -> dict[str, list[object]]:
    reading = uploaded.reading
    return {"rows": list(uploaded.table.rows), "sheets": list(reading.sheets), "notes": list(reading.notes)}


def header_key(headings: tuple[str, ...]) -> str:
    """Return what lists with the same headings share, in whatever order and writing they stand."""
    return hashlib.sha256("\n".join(sorted(map(folded, headings))).encode()).hexdigest()


def remembered(listed: ApplicationList) -> dict[str, str]:
    """Return how the agency mapped its last list with these headings, or nothing."""
    same = ApplicationList.objects.filter(held_by=listed.held_by, header_key=listed.header_key)
    last = same.filter(imported_at__isnull=False).order_by("-imported_at").first()
    if last is None:
        return {}
    fields = {folded(heading): field for heading, field in last.mapping.items()}
    return {heading: fields[folded(heading)] for heading in listed.headers if folded(heading) in fields}


def _locked(listed: ApplicationList) -> ApplicationList:
    """Return the list as it is now, held until the end of the transaction."""
    return ApplicationList.objects.select_for_update().get(pk=listed.pk)


@transaction.atomic
def read_again(listed: ApplicationList, uploaded: UploadedList, *, by: User, at: datetime) -> ApplicationList:
    """Take another sheet or encoding of the same file; what was chosen for its rows is forgotten. Raises Refused."""
    held = _locked(listed)
    require(prepare_refusal(held, by))
    _describe(held, uploaded)
    held.save()
    ListUpload.objects.filter(application_list=held).update(**_cells(uploaded))
    return held


@transaction.atomic
def map_columns(listed: ApplicationList, mapping: Mapping[str, str], *, seen: str, by: User) -> ApplicationList:
    """Say which column holds which field; it is kept for the next list with these headings.

    Raises Refused, or EditConflict when the choices are no longer those of ``seen`` (``seen_choices``): then nothing
    is written (SAFETY 8).
    """
    held = _locked(listed)
    require(prepare_refusal(held, by))
    if seen != seen_choices(held) and held.mapping != dict(mapping):
        raise EditConflict
    held.mapping, held.failure = dict(mapping), ""
    held.save(update_fields=["mapping", "failure"])
    return held


@transaction.atomic
def choose_rows(
    listed: ApplicationList, *, known: str, rows: Mapping[str, str], seen: str, by: User
) -> ApplicationList:
    """Say what happens with applications that are known, and with single rows by their number.

    Raises Refused, or EditConflict as ``map_columns`` does.
    """
    held = _locked(listed)
    require(prepare_refusal(held, by))
    if seen != seen_choices(held) and (held.known_choice, held.row_choices) != (known, dict(rows)):
        raise EditConflict
    held.known_choice, held.row_choices = KnownChoice(known), dict(rows)
    held.save(update_fields=["known_choice", "row_choices"])
    return held


@transaction.atomic
def discard_list(listed: ApplicationList, *, by: User, at: datetime) -> None:
    """Throw away a list that was not imported, and its file. Raises Refused."""
    held = _locked(listed)
    require(prepare_refusal(held, by))
    _discard(held, by, at)


def _discard(held: ApplicationList, by: User | None, at: datetime) -> None:
    facts = {"name": held.name, "sha256": held.sha256}
    record(held, "list_discarded", by=by, at=at, before=facts)
    kept = [str(upload.file.name) for upload in ListUpload.objects.filter(application_list=held).only("file")]
    held.delete()
    for name in kept:
        transaction.on_commit(partial(storage.remove, name))


def sweep_unfinished(*, at: datetime) -> int:
    """Throw away the lists that were uploaded two weeks ago and never imported; return how many."""
    late = ApplicationList.objects.filter(state=ListState.UPLOADED, uploaded_at__lt=at - UNFINISHED_FOR)
    swept = 0
    for pk in late.values_list("pk", flat=True):
        with transaction.atomic():
            held = late.select_for_update().filter(pk=pk).first()
            if held:
                _discard(held, None, at)
                swept += 1
    return swept


def rewrite(rows: Collection[ListedApplication]) -> None:
    """Write everything that known rows say, many at a time: an upsert is some fifty times faster than bulk_update."""
    changed = ["application_list", "row_number", "received", "earlier", "record", *SAID]
    ListedApplication.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=changed
    )


@transaction.atomic
def undo_import(listed: ApplicationList, *, by: User, at: datetime) -> ApplicationList:
    """Take an import back: the rows it added go, those it updated say again what they said before.

    Raises Refused once a row is in a pair, the list is shared, or a later import has updated its rows.
    """
    CallAgency.objects.select_for_update().get(pk=listed.side_id)
    held = _locked(listed)
    require(undo_refusal(held, by))
    restored = list(held.rows.exclude(earlier=[]))
    for row in restored:
        said = row.earlier.pop()
        row.application_list_id, row.row_number, row.received = said["list"], said["row_number"], said["received"]
        for name, value in said["values"].items():
            column: Any = row._meta.get_field(name)
            setattr(row, name, column.to_python(value))
    rewrite(restored)
    held.rows.all().delete()
    held.state, held.undone_at, held.undone_by = ListState.UNDONE, at, by
    held.save(update_fields=["state", "undone_at", "undone_by"])
    facts = {"added_count": held.added_count, "updated_count": held.updated_count}
    record(held, "list_undone", by=by, at=at, before=facts)
    return held


@transaction.atomic
def share_list(listed: ApplicationList, *, by: User, at: datetime) -> ApplicationList:
    """Let the officers of the other agency of the call read the list's rows, and tell them. Raises Refused."""
    held = _locked(listed)
    require(share_refusal(held, by))
    held.shared_at, held.shared_by = at, by
    held.save(update_fields=["shared_at", "shared_by"])
    record(held, "list_shared", by=by, at=at)
    mails.list_shared(held, by=by, at=at)
    return held


@transaction.atomic
def unshare_list(listed: ApplicationList, *, by: User, at: datetime) -> ApplicationList:
    """Take the sharing back, and tell whom it was shared with; possible while no row is in a pair. Raises Refused."""
    held = _locked(listed)
    require(unshare_refusal(held, by))
    held.shared_at, held.shared_by = None, None
    held.save(update_fields=["shared_at", "shared_by"])
    record(held, "list_unshared", by=by, at=at)
    mails.list_unshared(held, by=by, at=at)
    return held


__all__ = [
    "Refused",
    "UploadedList",
    "choose_rows",
    "discard_list",
    "map_columns",
    "read_again",
    "share_list",
    "sweep_unfinished",
    "undo_import",
    "unshare_list",
    "upload_list",
]

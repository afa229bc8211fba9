"""Keeping the directory of laboratories: entries, their spellings, and two entries that are one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars.models import DirectoryEntry, Spelling
from seminars.models.directory import TAKEN
from seminars.models.laboratory import folded
from seminars.permissions import Refused, curate_refusal, require

FIELDS = ("name", "kind", "unit", "rnsr", "institution", "city", "country", "regional_office")


def told(entry: DirectoryEntry) -> dict[str, Any]:
    """Return what an entry says, as the history keeps it."""
    spellings = sorted(entry.spellings.values_list("text", flat=True)) if entry.pk else []
    return {**{name: getattr(entry, name) for name in FIELDS}, "spellings": spellings}


@transaction.atomic
def save_entry(entry: DirectoryEntry, *, spellings: Iterable[str], by: User, at: datetime) -> DirectoryEntry:
    """Store a new or changed entry with its name and ``spellings``, and return it.

    Spellings that differ only in accents, capitals or spaces are one. Raises Refused when ``by`` does not curate
    this directory, or when a spelling or the RNSR number belongs to another entry.
    """
    require(curate_refusal(entry.agency_id, by))
    before = told(DirectoryEntry.objects.select_for_update().get(pk=entry.pk)) if entry.pk else {}
    entry.changed_at, entry.changed_by = at, by
    by_key = {folded(text): text for text in (*spellings, entry.name) if folded(text)}
    rows = [Spelling(text=text, country=entry.country, key=key) for key, text in by_key.items()]
    try:
        with transaction.atomic():
            entry.save()
            entry.spellings.all().delete()
            for row in rows:
                row.entry = entry
            Spelling.objects.bulk_create(rows)
    except IntegrityError as taken:
        raise Refused(TAKEN) from taken
    record(entry, "changed" if before else "created", by=by, at=at, before=before, after=told(entry))
    return entry


@transaction.atomic
def add_spelling(entry: DirectoryEntry, text: str, *, by: User, at: datetime) -> DirectoryEntry:
    """Let an entry go by one more spelling. Raises Refused as ``save_entry`` does."""
    held = DirectoryEntry.objects.select_for_update().get(pk=entry.pk)
    return save_entry(held, spellings=[*held.spellings.values_list("text", flat=True), text], by=by, at=at)


@transaction.atomic
def merge_entries(kept: DirectoryEntry, merged: DirectoryEntry, *, by: User, at: datetime) -> DirectoryEntry:
    """Make two entries one: ``kept`` takes the spellings of ``merged``, and what only that one says.

    Raises Refused when ``by`` does not curate both, or when they are of two countries.
    """
    held = DirectoryEntry.objects.filter(pk__in=[kept.pk, merged.pk]).order_by("pk").select_for_update()
    both = {entry.pk: entry for entry in held}
    if len(both) != 2 or kept.country != merged.country:
        raise Refused(_("These are two different laboratories."))
    kept, merged = both[kept.pk], both[merged.pk]
    spellings = [text for entry in (kept, merged) for text in entry.spellings.values_list("text", flat=True)]
    remove_entry(merged, by=by, at=at)
    for name in FIELDS:
        setattr(kept, name, getattr(kept, name) or getattr(merged, name))
    return save_entry(kept, spellings=[*spellings, merged.name], by=by, at=at)


@transaction.atomic
def remove_entry(entry: DirectoryEntry, *, by: User, at: datetime) -> None:
    """Take an entry out of the directory; records that name the laboratory stay as they are. Raises Refused."""
    require(curate_refusal(entry.agency_id, by))
    record(entry, "removed", by=by, at=at, before=told(entry))
    DirectoryEntry.objects.filter(pk=entry.pk).delete()

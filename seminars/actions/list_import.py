"""The import itself: ordered by an officer, done by a worker, all or nothing; the list is the job (SAFETY 9)."""

import logging
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars.actions.application_list import SAID, rewrite
from seminars.actions.listings import by_number
from seminars.actions.proposals import plain
from seminars.choices import KnownChoice, ListState
from seminars.models import ApplicationList, CallAgency, ListedApplication, ListUpload, Proposal
from seminars.permissions import Refused, prepare_refusal, require
from seminars.queries.list_preview import ADD, STOPPED, Line, Preview

STEP = 250
"""After so many rows the progress is written down; so many are written at once."""
log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Rows that cannot be imported stand in the way."""


@transaction.atomic
def order_import(listed: ApplicationList, *, by: User, at: datetime) -> ApplicationList:
    """Ask for the import, and wake a worker once that is certain.

    Raises Refused when nothing would be imported, and while a row that cannot be imported is not left out.
    """
    held = ApplicationList.objects.select_for_update().get(pk=listed.pk)
    require(prepare_refusal(held, by))
    counts = Preview(held).counts
    if counts[STOPPED]:
        raise Refused(_("Some rows cannot be imported. Leave them out, or mend the file and upload it again."))
    if not counts["written"]:
        raise Refused(_("There is nothing to import: every row is left out or kept as it is."))
    held.state, held.ordered_at, held.ordered_by = ListState.IMPORTING, at, by
    held.done_count, held.failure = 0, ""
    held.save(update_fields=["state", "ordered_at", "ordered_by", "done_count", "failure"])
    transaction.on_commit(wake_importer)
    return held


def wake_importer() -> None:
    """Wake a worker; when the broker gives no answer, the sweep of the next minute does it (SAFETY 10)."""
    try:
        current_app.send_task("seminars.tasks.import_lists", retry=False, ignore_result=True)
    except Exception:
        log.warning("The broker gave no answer; the list is imported by the next sweep.", exc_info=True)


def import_ordered(*, at: datetime) -> int:
    """Do every import that is ordered, whatever became of the worker that began it; return how many were done."""
    ordered = ApplicationList.objects.filter(state=ListState.IMPORTING).order_by("ordered_at", "pk")
    return sum(run_import(pk, at=at) for pk in ordered.values_list("pk", flat=True))


def run_import(pk: int, *, at: datetime) -> bool:
    """Do one import that is ordered: read all rows, then write them in one transaction; say whether it was done.

    Run twice, also at once, it imports once. A failure leaves nothing but its reason on the list.
    """
    listed = ApplicationList.objects.select_related("upload").filter(pk=pk, state=ListState.IMPORTING).first()
    if listed is None:
        return False
    try:
        preview = Preview(listed)
        for done, _row in enumerate(preview.read(), start=1):
            if done % STEP == 0:
                _progress(pk, done)
        return _write(preview, at)
    except _Stopped:
        _fail(pk, "stopped")
    except Exception:
        log.exception("The import of list %s failed.", pk)
        _fail(pk, "failed")
    return False


def _progress(pk: int, done: int) -> None:
    ApplicationList.objects.filter(pk=pk, state=ListState.IMPORTING).update(done_count=done)


def _fail(pk: int, failure: str) -> None:
    importing = ApplicationList.objects.filter(pk=pk, state=ListState.IMPORTING)
    importing.update(state=ListState.UPLOADED, failure=failure, done_count=0)


@transaction.atomic
def _write(preview: Preview, at: datetime) -> bool:
    """Write all rows, or nothing; imports into the same side wait for each other, so that a number is added once."""
    listed = preview.list
    CallAgency.objects.select_for_update().get(pk=listed.side_id)
    held = ApplicationList.objects.select_for_update().get(pk=listed.pk)
    if held.state != ListState.IMPORTING or held.ordered_by is None:
        return False
    preview.list = held
    if preview.counts[STOPPED]:
        raise _Stopped
    records = _records(held)
    ListedApplication.objects.bulk_create(
        [_fill(_new(held), line, held, records) for line in preview.lines if line.choice == ADD], batch_size=STEP
    )
    _update(held, [line for line in preview.lines if line.choice == KnownChoice.UPDATE], records)
    counts = preview.counts
    held.state, held.imported_at, held.imported_by = ListState.IMPORTED, at, held.ordered_by
    held.added_count, held.updated_count = counts[ADD], counts[KnownChoice.UPDATE]
    held.kept_count, held.skipped_count = counts[KnownChoice.KEEP], counts["skip"]
    held.done_count, held.failure = len(preview.lines), ""
    held.save()
    facts = {name: getattr(held, name) for name in ("added_count", "updated_count", "kept_count", "skipped_count")}
    record(
        held, "list_imported", by=held.ordered_by, at=at, after={name: count for name, count in facts.items() if count}
    )
    # The file has done its work: the sweep takes it from the disk a day later.
    ListUpload.objects.filter(application_list=held).delete()
    return True


def _new(held: ApplicationList) -> ListedApplication:
    return ListedApplication(side_id=held.side_id, held_by_id=held.held_by_id)


def _update(held: ApplicationList, lines: list[Line], records: dict[str, int]) -> None:
    rows = ListedApplication.objects.select_for_update().in_bulk([line.known for line in lines])
    for line in lines:
        row = rows[line.known]
        said = {name: plain(getattr(row, name)) for name in SAID}
        entry = {"list": row.application_list_id, "row_number": row.row_number, "received": row.received}
        row.earlier = [*row.earlier, {**entry, "values": said}]
        _fill(row, line, held, records)
    rewrite(rows.values())


def _fill(row: ListedApplication, line: Line, held: ApplicationList, records: dict[str, int]) -> ListedApplication:
    row.application_list, row.row_number, row.received = held, line.row.number, dict(line.row.received)
    for name in SAID:
        field: Any = ListedApplication._meta.get_field(name)
        setattr(row, name, line.row.values.get(name) or (None if field.null else ""))
    row.record_id = records.get(row.application_number)
    return row


def _records(held: ApplicationList) -> dict[str, int]:
    """Return the records of the list's side by their application number, as far as its importer may see them."""
    if held.ordered_by is None:
        return {}
    return by_number(Proposal.objects.overseen_by(held.ordered_by).filter(side=held.side_id))

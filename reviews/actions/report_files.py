"""Keeping a report's files and taking them out again; sweeping what a crash left behind (SAFETY 11)."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews.actions.report import changed, forget_agreements, lock_report, side_written_by
from reviews.choices import ReportFileKind
from reviews.models import Report, ReportFile
from reviews.permissions import write_report_refusal
from reviews.rules import report as rules
from seminars.actions.attachments import AlreadyAttached
from seminars.actions.proposals import EditConflict
from seminars.files import storage
from seminars.permissions import Refused, require

KEPT_UNNAMED = timedelta(days=1)
MOST = {
    ReportFileKind.PDF: rules.PDFS,
    ReportFileKind.PHOTO: rules.PHOTOS,
    ReportFileKind.RECEIPT: rules.RECEIPTS,
}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def add_file(
    report: Report,
    kind: ReportFileKind,
    *,
    name: str,
    data: bytes,
    content_type: str,
    by: User,
    at: datetime,
    **facts: Any,
) -> ReportFile:
    """Keep a checked file with a report and return it; ``facts`` are its pages, or its size, words and consent.

    The file is on the disk before its row is; a crash in between leaves a file that ``sweep_report_files`` finds.
    Raises Refused, also when there are as many as allowed, and AlreadyAttached when the same file is there.
    """
    require(write_report_refusal(report, by, at))
    kept = storage.keep(data, ENDINGS[content_type], folder=storage.REPORTS)
    made = ReportFile(
        report=report,
        kind=kind,
        file=kept,
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=at,
        uploaded_by=by,
        **facts,
    )
    try:
        _store(made, by, at)
    except (AlreadyAttached, Refused):
        storage.remove(kept)
        raise
    return made


@transaction.atomic
def _store(made: ReportFile, by: User, at: datetime) -> None:
    report = lock_report(made.report)
    require(write_report_refusal(report, by, at))
    made.side = side_written_by(report, by).side
    held = ReportFile.objects.filter(report=report, kind=made.kind, removed_at__isnull=True)
    if made.kind == ReportFileKind.RECEIPT:
        held = held.filter(side=made.side)
    if same := held.filter(sha256=made.sha256).first():
        raise AlreadyAttached(same)
    most = MOST[ReportFileKind(made.kind)]
    if held.count() >= most:
        raise Refused(_("There are %(most)s files of this kind already: remove one to add another.") % {"most": most})
    made.report = report
    made.save(force_insert=True)
    if made.kind == ReportFileKind.PHOTO:
        forget_agreements(report, by=by, at=at)
    changed(report, {"file": None}, {"file": f"{made.name} {made.sha256}"}, by=by, at=at)


@transaction.atomic
def remove_file(file: ReportFile, *, by: User, at: datetime) -> None:
    """Take a file out of a report that is being written: a receipt by its own side, the others by either coordinator.

    What a version handed in names stays on the disk, so that it can be shown again; a photo goes for good. Raises
    Refused, and EditConflict where the file is gone already.
    """
    report = lock_report(file.report)
    require(write_report_refusal(report, by, at))
    if file.kind == ReportFileKind.RECEIPT and side_written_by(report, by).side_id != file.side_id:
        raise Refused(_("This is a receipt of your partner's side."))
    held = ReportFile.objects.filter(pk=file.pk, removed_at__isnull=True)
    if file.kind != ReportFileKind.PHOTO and file.was_handed_in:
        if not held.update(removed_at=at):
            raise EditConflict
    else:
        removed, _rows = held.delete()
        if not removed:
            raise EditConflict
        kept = str(file.file.name)
        transaction.on_commit(lambda: storage.remove(kept))
    if file.kind == ReportFileKind.PHOTO:
        forget_agreements(report, by=by, at=at)
    changed(report, {"file": f"{file.name} {file.sha256}"}, {"file": None}, by=by, at=at)


@transaction.atomic
def withdraw_photo(file: ReportFile, *, reason: str, by: User, at: datetime) -> None:
    """Delete a photo for good, in whatever state the report is, because somebody on it no longer agrees.

    For officers who read the report, and its coordinators. Raises Refused without a reason, or for another kind.
    """
    report = lock_report(file.report)
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists() or file.kind != ReportFileKind.PHOTO:
        raise Refused(_("Only the coordinators of this seminar may do this."))
    if not reason.strip():
        raise Refused(_("Say why."))
    ReportFile.objects.filter(pk=file.pk).delete()
    record(report.seminar, "report_photo_withdrawn", by=by, at=at, reason=reason.strip())
    kept = str(file.file.name)
    transaction.on_commit(lambda: storage.remove(kept))


def sweep_report_files(*, at: datetime) -> int:
    """Delete the files of reports that no row names and that are older than a day; return how many."""
    named = set(ReportFile.objects.values_list("file", flat=True))
    left = [name for name in storage.older_than(at - KEPT_UNNAMED, storage.REPORTS) if name not in named]
    for name in left:
        storage.remove(name)
    return len(left)

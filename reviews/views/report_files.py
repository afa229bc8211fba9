"""The files of a report: its PDF, photos and receipts, added and taken out by its writers, read by who may."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from reviews.actions import report_files as actions
from reviews.choices import ReportFileKind
from reviews.forms.report_file import FILE_FORMS, PdfForm, PhotoForm, ReceiptForm
from reviews.models import Report, ReportFile
from reviews.permissions import own_side
from reviews.queries.report_contents import Contents
from reviews.rules import report as rules
from reviews.views.report import own_report, see
from reviews.views.report_sections import section_frame
from seminars.actions.attachments import AlreadyAttached
from seminars.actions.proposals import EditConflict
from seminars.models import Proposal
from seminars.permissions import Refused
from seminars.rules import bounds
from seminars.views.private import kept_file

KINDS = {kind.value: kind for kind in ReportFileKind}


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def report_files(request: Request, pk: int) -> HttpResponse:
    """Show the PDF, the photos and one's own side's receipts; POST adds one file."""
    proposal, contents = own_report(request, pk)
    if request.method != "POST":
        return _show(request, proposal, contents)
    make = FILE_FORMS.get(request.POST.get("kind", ""))
    if make is None:
        return _show(request, proposal, contents, status=422, error=_("Choose a file."))
    form = make(request.POST, request.FILES, prefix=make.prefix)
    if not form.is_valid():
        return _show(request, proposal, contents, forms={form.kind.value: form}, status=422)
    file, by, at = form.checked, request.user, request.arrived_at
    given = {"name": file.name, "data": file.data, "content_type": file.content_type, **form.facts}
    try:
        actions.add_file(contents.report, form.kind, by=by, at=at, **given)
    except AlreadyAttached as known:
        words = _("“%(name)s” is this very file: it is there already.") % {"name": known.args[0].name}
        return _show(request, proposal, contents, forms={form.kind.value: form}, status=409, error=words)
    except Refused as refused:
        error = str(refused.args[0])
        return _show(request, proposal, contents, forms={form.kind.value: form}, status=409, error=error)
    messages.success(request, _("“%(name)s” is kept with the report.") % {"name": file.name})
    return see("report_files", pk)


def _show(
    request: Request,
    proposal: Proposal,
    contents: Contents,
    *,
    forms: dict[str, Any] | None = None,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    own = contents.side_of(request.user)
    posted = forms or {}
    context = section_frame(request, proposal, contents, "files") | {
        "body": "reviews/_report_files.html",
        "receipts": contents.files(ReportFileKind.RECEIPT, own.held if own else None),
        "pdf_form": posted.get("pdf") or PdfForm(prefix="pdf"),
        "photo_form": posted.get("photo") or PhotoForm(prefix="photo"),
        "receipt_form": posted.get("receipt") or ReceiptForm(prefix="receipt"),
        "most": {"pdf": rules.PDFS, "photo": rules.PHOTOS, "receipt": rules.RECEIPTS},
        "megabytes": bounds.ATTACHMENT_BYTES // 1024**2,
        "error": error,
    }
    return render(request, "reviews/report_section.html", context, status=status)


@policy(SIGNED_IN)
@require_POST
def remove_report_file(request: Request, pk: int, file: int) -> HttpResponse:
    """Take a file out of the report."""
    _proposal, contents = own_report(request, pk)
    kept = get_object_or_404(ReportFile, pk=file, report=contents.report, removed_at__isnull=True)
    try:
        actions.remove_file(kept, by=request.user, at=request.arrived_at)
    except Refused as refused:
        messages.error(request, str(refused.args[0]))
    except EditConflict:
        messages.info(request, _("This file is gone already."))
    else:
        messages.success(request, _("“%(name)s” is taken out.") % {"name": kept.name})
    return see("report_files", pk)


@policy(SIGNED_IN)
@require_safe
def report_file(request: Request, pk: int, file: int) -> HttpResponse:
    """Hand out a file of a report, to be saved and never shown inside this site (I2, I3).

    A receipt is for its own side and the officers: it may name a person's bank.
    """
    visible = Report.objects.visible_to(request.user).filter(pk=pk)
    kept = get_object_or_404(ReportFile, pk=file, report__in=visible)
    written = Report.objects.written_by(request.user).with_terms().filter(pk=pk).first()
    own = own_side(written, request.user) if written else None
    if own is None:
        # An officer reads what was handed in, not what is being written.
        if not kept.was_handed_in:
            raise Http404
    elif kept.kind == ReportFileKind.RECEIPT and kept.side_id != own.side_id:
        raise Http404
    return kept_file(str(kept.file.name), name=kept.name, content_type=kept.content_type)

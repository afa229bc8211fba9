"""The public page of a seminar's summary, once both coordinators and both agencies have agreed to it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import PUBLIC, policy
from reviews.choices import ReportFileKind
from reviews.models import Report, ReportFile
from reviews.queries.report_contents import with_contents
from reviews.queries.selected import selected_of
from seminars.views.private import kept_file


@policy(PUBLIC)
@require_safe
def report_summary(request: Request, seminar: int) -> HttpResponse:
    """Show a published summary with its photos and publications; 404 for any other."""
    published = with_contents(Report.objects.published().filter(seminar__call__is_published=True))
    report = get_object_or_404(published, seminar=seminar)
    item = next((one for one in selected_of(report.seminar.call) if one.seminar.pk == seminar), None)
    photos = [file for file in report.files.all() if file.kind == ReportFileKind.PHOTO]
    return render(request, "reviews/report_summary.html", {"report": report, "item": item, "photos": photos})


@policy(PUBLIC)
@require_safe
def report_photo(request: Request, seminar: int, photo: int) -> HttpResponse:
    """Hand out a photo of a published summary; 404 for any other."""
    published = Report.objects.published().filter(seminar=seminar, seminar__call__is_published=True)
    photos = ReportFile.objects.filter(kind=ReportFileKind.PHOTO, removed_at__isnull=True)
    kept = get_object_or_404(photos, pk=photo, report__in=published)
    return kept_file(str(kept.file.name), name=kept.name, content_type=kept.content_type)

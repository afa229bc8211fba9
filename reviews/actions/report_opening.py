"""Making the empty report of a seminar the moment it is confirmed."""

from reviews.models import Report, ReportSide
from seminars.models import CallAgency, Seminar


def open_report(seminar: Seminar) -> Report:
    """Make the report of a confirmed, locked seminar with its sides, once; it is written after the last day (R29)."""
    report, _created = Report.objects.get_or_create(seminar=seminar)
    for side in CallAgency.objects.filter(call=seminar.call_id).order_by("pk"):
        ReportSide.objects.get_or_create(report=report, side=side)
    return report

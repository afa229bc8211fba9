"""The final reports of a call: the list with its filter, and as files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.exports.report import reports_sheet
from reviews.queries.report_list import ReportStand, Row, counted, report_rows
from seminars.views.desk import call_run_by
from seminars.views.tables import table_answer


def _asked(request: Request, rows: list[Row]) -> tuple[ReportStand | None, list[Row]]:
    """Return the stand that an address asks for, if it names one, and the rows with it."""
    asked = request.GET.get("stand", "")
    if asked not in ReportStand.values:
        return None, rows
    return ReportStand(asked), [row for row in rows if row.stand == asked]


@policy(OFFICER)
@require_safe
def desk_reports(request: Request, code: str) -> HttpResponse:
    """List the reports of a call's confirmed seminars: when each is due, where it stands, and what is overdue."""
    call = call_run_by(request, code)
    everything = report_rows(call, request.user, request.arrived_at)
    stand, rows = _asked(request, everything)
    context = {
        "call": call,
        "rows": rows,
        "stand": stand,
        "stands": counted(everything),
        "number": len(everything),
        "overdue": [row for row in everything if row.is_overdue],
    }
    return render(request, "reviews/desk_reports.html", context)


@policy(OFFICER)
@require_safe
def desk_reports_file(request: Request, code: str, ending: str) -> HttpResponse:
    """Return the list, filtered as the page is, as a file."""
    call = call_run_by(request, code)
    _stand, rows = _asked(request, report_rows(call, request.user, request.arrived_at))
    return table_answer(request, f"{code}-reports", ending, [reports_sheet(rows, list(call.sides.all()))])

"""The officers' list of the records of a call, on the screen and as a spreadsheet."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.exports.proposals import proposals_csv
from seminars.forms.desk import ProposalFilter
from seminars.listing import shown
from seminars.overview import Overview
from seminars.views.desk import call_run_by

PER_PAGE = 50


@policy(OFFICER)
@require_safe
def desk_proposals(request: Request, code: str) -> HttpResponse:
    """List the records of a call that the officer sees, as the address asks."""
    call = call_run_by(request, code)
    overview = Overview(request.user, [call], request.arrived_at)
    listed = ProposalFilter(request.GET, overview, call=call)
    page = Paginator(listed.ids, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "filter": listed,
        "asked": listed.asked,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "lines": shown(overview.fetch(list(page.object_list))),
    }
    return render(request, "seminars/desk/proposals.html", context)


@policy(OFFICER)
@require_safe
def desk_proposals_csv(request: Request, code: str) -> HttpResponse:
    """Return the same list, all its pages, as a spreadsheet."""
    call = call_run_by(request, code)
    overview = Overview(request.user, [call], request.arrived_at)
    records = overview.fetch(ProposalFilter(request.GET, overview, call=call).ids)
    answer = HttpResponse(proposals_csv(records), content_type="text/csv; charset=utf-8")
    day = request.arrived_at.astimezone(timezone.get_current_timezone()).date()
    answer["Content-Disposition"] = f'attachment; filename="{call.code}-{day.isoformat()}.csv"'
    return answer

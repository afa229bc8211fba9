"""The officers' list of the records of a call, on the screen and as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.exports.proposals import proposals_sheet
from seminars.forms.desk import ProposalFilter
from seminars.queries.overview import Overview
from seminars.views.desk import call_run_by
from seminars.views.desk_position import PER_PAGE
from seminars.views.desk_searches import list_address, searches_of
from seminars.views.tables import table_answer


@policy(OFFICER)
@require_safe
def desk_proposals(request: Request, code: str) -> HttpResponse:
    """List the records of a call that the officer sees, as the address asks; by itself, as the officer's default."""
    call, user = call_run_by(request, code), request.user
    searches: list[Any] = list(searches_of(user, call))
    start = next((search for search in searches if search.is_default and search.query), None)
    if start and not request.GET:
        return redirect(list_address(call, start.query))
    overview = Overview(user, [call], request.arrived_at)
    listed = ProposalFilter(request.GET, overview, call=call)
    page = Paginator(listed.ids, PER_PAGE).get_page(request.GET.get("page"))
    records = overview.fetch(list(page.object_list), listed.columns.needs, **listed.columns.counted(user))
    context = {
        "call": call,
        "filter": listed,
        "asked": listed.asked,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "chosen": listed.columns,
        "rows": listed.columns.rows(records, user.officer_agencies),
        "searches": searches,
    }
    return render(request, "seminars/desk/proposals.html", context)


@policy(OFFICER)
@require_safe
def desk_proposals_file(request: Request, code: str, ending: str) -> HttpResponse:
    """Return the same list, all its pages, as a file."""
    call, agencies = call_run_by(request, code), request.user.officer_agencies
    overview = Overview(request.user, [call], request.arrived_at)
    listed = ProposalFilter(request.GET, overview, call=call)
    records = overview.fetch(listed.ids, listed.columns.needs)
    return table_answer(request, call.code, ending, [proposals_sheet(records, listed.columns, agencies)])

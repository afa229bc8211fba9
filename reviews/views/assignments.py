"""The assignments of a side: who reviews what, by hand; for the officers of its agency."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.models import User
from accounts.policies import OFFICER, policy
from reviews.actions import assignment as actions
from reviews.forms.assignments import AssignmentsForm, GridFilter
from reviews.models import Panel
from reviews.permissions import assign_refusal, reopen_review_refusal
from reviews.queries.assignment import Grid, Row
from seminars.models import Call, CallAgency
from seminars.permissions import Refused
from seminars.views.desk import call_run_by

PER_PAGE = 25


def own_side(request: Request, code: str) -> tuple[Call, CallAgency]:
    """Return a call and the side of the officer's agency; 404 for a call they do not run."""
    call = call_run_by(request, code)
    side = next(side for side in call.sides.all() if side.agency_id in request.user.officer_agencies)
    side.call = call
    return call, side


def _matching(rows: list[Row], asked: dict[str, Any]) -> list[Row]:
    words = str(asked.get("q") or "").casefold().split()
    found = [row for row in rows if all(word in f"{row.pair.seminar} {row.pair.title}".casefold() for word in words)]
    return [row for row in found if row.missing] if asked.get("lacking") else found


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: Request, code: str) -> HttpResponse:
    """Show pairs with their reviewers, as a list or as a grid; POST gives pairs and takes others back."""
    call, side = own_side(request, code)
    refusal, status, data = None, 200, None
    if request.method == "POST":
        data, status = AssignmentsForm(request.POST), 422
        try:
            if data.is_valid():
                given, back = actions.change(side, **data.cleaned_data, by=request.user, at=request.arrived_at)
                _tell(request, given, back)
                answer = redirect(request.get_full_path())
                answer.status_code = 303
                return answer
            refusal = data.non_field_errors()[0]
        except Refused as refused:
            refusal, status = refused.args[0], 409
    panel = Panel.objects.filter(side=side).first()
    grid, filters = Grid(side, request.user), GridFilter(request.GET)
    asked = filters.asked()
    page = Paginator(_matching(grid.rows, asked), PER_PAGE).get_page(request.GET.get("page"))
    rows = grid.seated(list(page.object_list))
    context = {
        "call": call,
        "side": side,
        "panel": panel,
        "grid": grid,
        "filters": filters,
        "page": page,
        "rows": rows,
        "reopens": _reopening(rows, panel, request.user),
        "as_grid": asked.get("view") == "grid",
        "cannot": assign_refusal(side, panel, request.user),
        "refusal": refusal,
        "chosen": set(request.POST.getlist("give")),
        "dropped": data.cleaned_data.get("take_back", set()) if data else set(),
        "pages": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "reviews/assignments.html", context, status=status)


def _reopening(rows: list[Row], panel: Panel | None, by: User) -> set[int]:
    """Return the ids of the reviews that ``by`` may open again."""
    given = [seat.assignment for row in rows for seat in row.given if seat.assignment]
    reviews = [assignment.review for assignment in given if hasattr(assignment, "review")]
    return {review.pk for review in reviews if reopen_review_refusal(review, panel, by) is None}


def _tell(request: Request, given: int, back: int) -> None:
    if given:
        words = ngettext("%(number)s assignment is given.", "%(number)s assignments are given.", given)
        messages.success(request, words % {"number": given})
    if back:
        words = ngettext("%(number)s assignment is withdrawn.", "%(number)s assignments are withdrawn.", back)
        messages.success(request, words % {"number": back})
    if not given and not back:
        messages.info(request, _("Nothing was to be changed."))


@policy(OFFICER)
@require_POST
def chase_assignments(request: Request, code: str) -> HttpResponse:
    """Remind everybody who has not acknowledged an assignment."""
    _call, side = own_side(request, code)
    try:
        waiting = Grid(side, request.user).silent
        number = actions.chase(side, waiting, by=request.user, at=request.arrived_at)
        words = ngettext("%(number)s reviewer is reminded.", "%(number)s reviewers are reminded.", number)
        messages.success(request, words % {"number": number})
    except Refused as refused:
        messages.warning(request, refused.args[0])
    answer = redirect("assignments", code)
    answer.status_code = 303
    return answer

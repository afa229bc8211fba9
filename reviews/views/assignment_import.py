"""Assignments as a file, and from one: every row is seen before anything is given, all of them or none."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import assignment as actions
from reviews.exports.assignments import assignments_sheets
from reviews.forms.assignment_import import AssignmentFileForm, known_of, lines_in_words
from reviews.forms.assignments import AssignmentsForm
from reviews.models import Panel
from reviews.permissions import assign_refusal
from reviews.queries.assignment import Grid
from reviews.rules.assignment_list import read_assignments
from reviews.views.assignments import own_side
from seminars.models import CallAgency
from seminars.permissions import Refused
from seminars.views.tables import table_answer


@policy(OFFICER)
@require_safe
def assignments_file(request: Request, code: str) -> HttpResponse:
    """Return the assignments of the side as a workbook."""
    call, side = own_side(request, code)
    return table_answer(request, f"{call.code}-assignments", "xlsx", assignments_sheets(Grid(side, request.user)))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def import_assignments(request: Request, code: str) -> HttpResponse:
    """Ask for the file; POST shows what its rows say, and a second POST gives just that."""
    call, side = own_side(request, code)
    context: dict[str, Any] = {"call": call, "side": side, "status": 200}
    context["cannot"] = assign_refusal(side, Panel.objects.filter(side=side).first(), request.user)
    if "take" in request.POST:
        data, context["status"] = AssignmentsForm(request.POST), 422
        try:
            if data.is_valid():
                wanted = data.cleaned_data["give"]
                given = actions.assign(side, wanted, by=request.user, at=request.arrived_at)
                words = ngettext("%(number)s assignment is given.", "%(number)s assignments are given.", len(given))
                messages.success(request, words % {"number": len(given)})
                answer = redirect("assignments", code)
                answer.status_code = 303
                return answer
            context["refusal"] = data.non_field_errors()[0]
        except Refused as refused:
            context |= {"refusal": refused.args[0], "status": 409}
        form = AssignmentFileForm()
    else:
        form = AssignmentFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if form.is_bound:
            context |= _preview(request, side, form) if form.is_valid() else {"status": 422}
    return render(request, "reviews/assignment_import.html", context | {"form": form}, status=context["status"])


def _preview(request: Request, side: CallAgency, form: AssignmentFileForm) -> dict[str, Any]:
    """Return what the file's rows say, and what would be given; nothing is when a row has a problem."""
    grid = Grid(side, request.user)
    lines = read_assignments(form.cleaned_data["file"].reading.rows, known_of(grid))
    wrong = [line for line in lines if line.problem]
    return {
        "lines": lines_in_words(lines, grid),
        "wrong": wrong,
        "new": [line for line in lines if line.is_new],
        "status": 422 if wrong else 200,
    }

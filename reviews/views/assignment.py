"""A reviewer's own assignments: what there is to review, taking it on, and handing it back."""

from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.policies import ACTOR, policy
from reviews.actions import assignment as actions
from reviews.forms.assignment import DeclineForm
from reviews.models import Assignment, Panel, Reviewer
from reviews.queries.pairs import titles_of
from reviews.views.review import late
from seminars.permissions import Refused

RELATED = ("reviewer__side__agency", "reviewer__side__panel", "seminar__call", "review")


def own_assignment(request: Request, pk: int) -> Assignment:
    """Return an active assignment of one's own; 404 for any other, and for a pair one is shut out of."""
    return get_object_or_404(Assignment.objects.of(request.user).select_related(*RELATED), pk=pk)


@policy(ACTOR)
@require_safe
def review_list(request: Request) -> HttpResponse:
    """List one's own assignments of all calls, newest call first, each with where it stands."""
    found = Assignment.objects.of(request.user).select_related(*RELATED)
    assignments = list(found.order_by("-seminar__call__year", "reviewer__side", "seminar"))
    titles = titles_of({assignment.seminar_id for assignment in assignments})
    rows = [
        {
            "side": assignment.reviewer.side,
            "assignment": assignment,
            "title": titles.get(assignment.seminar_id, ""),
            "review": getattr(assignment, "review", None),
            "late": late(assignment, request.arrived_at),
        }
        for assignment in assignments
    ]
    sides = groupby(rows, key=itemgetter("side"))
    own = Reviewer.objects.accepted().filter(user=request.user).select_related("side__call", "side__agency")
    reviewing = own.order_by("-side__call__year", "side")
    context = {
        "sides": [(side, list(of_side)) for side, of_side in sides],
        "reviewing": reviewing,
        "panels": _chaired(request),
    }
    return render(request, "reviews/review_list.html", context)


def _chaired(request: Request) -> list[Panel]:
    """Return the panels that a chair reaches from here, newest call first; officers find theirs at their desk."""
    agencies = () if request.user.is_officer else request.user.panel_agencies
    if not agencies:
        return []
    own = Panel.objects.filter(side__agency__in=agencies).select_related("side__call", "side__agency")
    return list(own.order_by("-side__call__year", "side"))


@policy(ACTOR)
@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """Take a pair on; ``onward`` leads to its dossier."""
    place = "review_list"
    try:
        actions.acknowledge(own_assignment(request, pk), by=request.user, at=request.arrived_at)
        messages.success(request, _("Thank you: the agency knows that you review this pair."))
        place = reverse("review", args=[pk]) if "onward" in request.POST else place
    except Refused as refused:
        messages.warning(request, refused.args[0])
    answer = redirect(place)
    answer.status_code = 303
    return answer


@policy(ACTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, then hand the pair back."""
    assignment = own_assignment(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.decline(assignment, reason=reason, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("The pair is handed back; the agency's officers have been told."))
            answer = redirect("review_list")
            answer.status_code = 303
            return answer
    title = titles_of([assignment.seminar_id]).get(assignment.seminar_id, "")
    context = {"assignment": assignment, "title": title, "form": form, "refusal": refusal}
    return render(request, "reviews/decline.html", context, status=status)

"""An assignment proposed by the optimiser: who would get what, before anything is given; then taking it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import assignment as actions
from reviews.forms.assignments import AssignmentsForm
from reviews.models import Panel
from reviews.optimiser import Pairing, Proposed, propose
from reviews.permissions import assign_refusal
from reviews.queries.assignment import Grid
from reviews.views.assignments import own_side
from seminars.permissions import Refused


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: Request, code: str) -> HttpResponse:
    """Show who would get what and what stands in the way; POST gives what was shown, unless something has changed."""
    call, side = own_side(request, code)
    refusal, status = None, 200
    if request.method == "POST":
        data, status = AssignmentsForm(request.POST), 422
        try:
            if data.is_valid():
                wanted, seen = data.cleaned_data["give"], request.POST.get("seen", "")
                given = actions.take_proposal(side, wanted, seen=seen, by=request.user, at=request.arrived_at)
                words = ngettext("%(number)s assignment is given.", "%(number)s assignments are given.", len(given))
                messages.success(request, words % {"number": len(given)})
                answer = redirect("assignments", code)
                answer.status_code = 303
                return answer
            refusal = data.non_field_errors()[0]
        except Refused as refused:
            refusal, status = refused.args[0], 409
    seen = actions.stand_of(side, request.user)
    grid = Grid(side, request.user)
    task = grid.task()
    proposed = propose(task)
    context = {
        "call": call,
        "side": side,
        "grid": grid,
        "seen": seen,
        "proposed": proposed,
        "cannot": assign_refusal(side, Panel.objects.filter(side=side).first(), request.user),
        "refusal": refusal,
        **_shown(grid, proposed, task.points),
    }
    return render(request, "reviews/assignment_proposal.html", context, status=status)


def _shown(grid: Grid, proposed: Proposed, points: Any) -> dict[str, Any]:
    """Return the proposal by pair, the loads before and after, and the obstacles by pair."""
    people = {reviewer.pk: reviewer for reviewer in grid.reviewers}
    new: dict[int, list[Pairing]] = {}
    for pairing in proposed.new:
        new.setdefault(pairing[1], []).append(pairing)
    more = Counter(reviewer for reviewer, _pair in proposed.new)
    obstacles = proposed.obstacles
    return {
        "rows": [
            {
                "pair": row.pair,
                "given": row.given,
                "new": [(people[reviewer], points[reviewer, pair]) for reviewer, pair in new[row.pair.pk]],
            }
            for row in grid.seated([row for row in grid.rows if row.pair.pk in new])
        ],
        "loads": [(reviewer, load, load + more[reviewer.pk]) for reviewer, load in grid.loads],
        "lacking": [(pair, obstacles.lacking[pair.pk]) for pair in grid.pairs if pair.pk in obstacles.lacking]
        if obstacles
        else [],
        "unmet": [(pair, obstacles.unmet[pair.pk]) for pair in grid.pairs if pair.pk in obstacles.unmet]
        if obstacles
        else [],
    }

"""Merged orders of a joint selection, tried out with a capacity and budgets before one is taken as the proposal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions.decision import propose
from reviews.forms.selection import MergeForm
from reviews.queries.joint import describe, joint_rows, ranks_of
from reviews.queries.whatif import try_out
from reviews.rules.merging import merged, order_of
from reviews.rules.proposals import filled
from reviews.views.selection import opened_selection, see
from seminars.permissions import Refused

RESERVES = 3


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_ranks(request: Request, code: str) -> HttpResponse:
    """Show what a merged order would make of every pair, saving nothing; POST takes it as the proposal."""
    call, _found = opened_selection(request, code)
    sides = list(call.sides.all())
    initial = {"method": "mean", "capacity": call.capacity or 1, "reserves": RESERVES}
    asked = request.POST if request.method == "POST" else request.GET if "method" in request.GET else initial
    form = MergeForm(asked, sides=sides)
    what_if, refusal, status = None, None, 200 if request.method != "POST" else 422
    if form.is_valid():
        rows = joint_rows(call, request.user)
        order = merged(form.cleaned_data["method"], order_of(ranks_of(rows, 0)), order_of(ranks_of(rows, 1)))
        outcomes = filled(order, form.cleaned_data["capacity"], form.cleaned_data["reserves"])
        if request.method == "POST":
            try:
                number = propose(call, outcomes, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                words = ngettext(
                    "%(number)s outcome is proposed anew.", "%(number)s outcomes are proposed anew.", number
                )
                messages.success(request, words % {"number": number})
                return see(request, "selection", code)
        describe(rows, call, request.user)
        what_if = try_out(rows, order, outcomes, sides, form.budgets)
    context = {"call": call, "form": form, "what_if": what_if, "sides": sides, "refusal": refusal}
    return render(request, "reviews/merge_ranks.html", context, status=status)

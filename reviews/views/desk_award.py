"""The officers' pages of budget validation: the selected seminars of a call, and the budget of one record."""

from collections import defaultdict
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews import mails
from reviews.actions import award as actions
from reviews.choices import AwardState
from reviews.exports.award import awards_sheet
from reviews.forms.award import AwardForm
from reviews.permissions import propose_refusal, validate_refusal
from reviews.queries.award import Budget, budget_of, listed_of, validated_for
from reviews.queries.change import changes_for
from reviews.queries.pairs import titles_of
from reviews.queries.reserve import moves_up
from seminars.models import Call
from seminars.permissions import Refused
from seminars.views.desk import call_run_by
from seminars.views.tables import table_answer


def _budgets(request: Request, call: Call) -> tuple[list[Budget], dict[int, str]]:
    found = [budget_of(proposal) for proposal in validated_for(request.user).filter(side__call=call)]
    return found, titles_of({budget.proposal.seminar_id or 0 for budget in found})


@policy(OFFICER)
@require_safe
def awards(request: Request, code: str) -> HttpResponse:
    """List the budgets of a call's selected seminars, with where each stands and the totals of each side."""
    call = call_run_by(request, code)
    budgets, titles = _budgets(request, call)
    requested: defaultdict[int, Decimal] = defaultdict(Decimal)
    approved: defaultdict[int, Decimal] = defaultdict(Decimal)
    for budget in budgets:
        side = budget.proposal.side_id
        requested[side] += budget.requested
        approved[side] += budget.approved or Decimal(0)
    listed = listed_of(request.user).filter(call=call).select_related("call").prefetch_related("listed_awards")
    pairs = list(listed)
    titles |= titles_of([pair.pk for pair in pairs])
    rises = moves_up(call, request.user)
    context = {
        "call": call,
        "rises": (rises, titles_of([rises.pk]).get(rises.pk, "")) if rises else None,
        "listed": [(pair, titles.get(pair.pk, ""), bool(pair.listed_awards.all())) for pair in pairs],
        "changes": changes_for(request.user).filter(seminar__call=call),
        "rows": [(budget, titles.get(budget.proposal.seminar_id or 0, "")) for budget in budgets],
        "totals": [(side, requested[side.pk], approved[side.pk]) for side in call.sides.all() if side.pk in requested],
    }
    return render(request, "reviews/awards.html", context)


@policy(OFFICER)
@require_safe
def awards_xlsx(request: Request, code: str) -> HttpResponse:
    """Give the list as a workbook."""
    budgets, titles = _budgets(request, call_run_by(request, code))
    return table_answer(request, f"{code}-awards", "xlsx", [awards_sheet(budgets, titles)])


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_award(request: Request, code: str, pk: int) -> HttpResponse:
    """Show the budget of one record line by line; its agency's officer validates it, then sends it."""
    call = call_run_by(request, code)
    budget = budget_of(get_object_or_404(validated_for(request.user).filter(side__call=call), pk=pk))
    proposal, at = budget.proposal, request.arrived_at
    form = AwardForm(request.POST if "save" in request.POST else None, budget=budget)
    refusal, status = None, 422 if request.method == "POST" else 200
    try:
        if words := _done(request, budget, form):
            messages.success(request, words)
            answer = redirect("desk_award", code=code, pk=pk)
            answer.status_code = 303
            return answer
    except Refused as refused:
        refusal, status = refused.args[0], 409
    cannot_propose = propose_refusal(proposal, budget.award, request.user)
    context = {
        "call": call,
        "budget": budget,
        "title": titles_of([proposal.seminar_id or 0]).get(proposal.seminar_id or 0, ""),
        "form": form,
        "refusal": refusal,
        "may_validate": validate_refusal(proposal, budget.award, request.user) is None,
        "letter": mails.preview(budget.award, at=at) if budget.award and not cannot_propose else None,
        "is_with_coordinator": budget.award is not None and budget.award.state == AwardState.PROPOSED,
    }
    return render(request, "reviews/desk_award.html", context, status=status)


def _done(request: Request, budget: Budget, form: AwardForm) -> str:
    """Do what was asked for and return it in words, or nothing; raises Refused."""
    by, at = request.user, request.arrived_at
    if "send" in request.POST:
        version = request.POST.get("version", "")
        if not version.isascii() or not version.isdigit() or len(version) > 9:
            return ""
        actions.propose(budget.proposal, version=int(version), by=by, at=at)
        return _("The budget is sent to the coordinator.")
    if form.is_bound and form.is_valid():
        actions.validate(budget.proposal, form.granted, version=form.cleaned_data["version"], by=by, at=at)
        return _("The budget is saved. The coordinator reads it once you send it.")
    return ""

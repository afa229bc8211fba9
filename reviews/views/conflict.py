"""Declaring conflicts of interest from titles and teams alone, and deciding on those that were detected."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import ACTOR, OFFICER, policy
from reviews.actions import conflict as actions
from reviews.choices import ConflictState
from reviews.forms.reviewer import ConflictDecisionForm, DeclarationForm
from reviews.models import Conflict
from reviews.permissions import decide_conflict_refusal, withdraw_declaration_refusal
from reviews.queries.pairs import titles_of
from reviews.queries.ties import teams_of
from reviews.views.assignments import own_side
from reviews.words.conflict import reasons_of
from seminars.models import Call, CallAgency, Seminar
from seminars.permissions import Refused

METHODS = ["GET", "HEAD", "POST"]


def _side(request: Request, code: str) -> CallAgency:
    """Return the side of a call that the person acts for; 404 where there is none."""
    call = get_object_or_404(Call.objects.with_sides(), code=code)
    side = next((side for side in call.sides.all() if side.agency_id in request.user.agency_roles), None)
    if side is None:
        raise Http404
    side.call = call
    return side


def _number(asked: str) -> int:
    """Return the number of a record that a form names; :exc:`BadRequest` for anything else."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise BadRequest
    return int(asked)


def _see(name: str, code: str) -> HttpResponse:
    answer = redirect(name, code=code)
    answer.status_code = 303
    return answer


@policy(ACTOR)
@require_http_methods(METHODS)
def declare_conflicts(request: Request, code: str) -> HttpResponse:
    """List the pairs of a call by title and team; POST declares a conflict with one, or takes a declaration back."""
    side = _side(request, code)
    pairs = {pair.pk: pair for pair in Seminar.objects.filter(call=side.call_id, state__in=actions.JUDGED)}
    status = 200
    if request.method == "POST":
        try:
            if _declared(request, side, pairs):
                return _see("declare_conflicts", code)
            status = 422
        except Refused as refused:
            messages.warning(request, refused.args[0])
            return _see("declare_conflicts", code)
    found = Conflict.objects.filter(user=request.user, seminar__in=pairs).select_related("side")
    own = {conflict.seminar_id: conflict for conflict in found}
    titles, teams = titles_of(list(pairs)), teams_of(list(pairs))
    is_officer = side.agency_id in request.user.officer_agencies
    rows = [
        {
            "pair": pair,
            "title": titles.get(pk, ""),
            "team": sorted({(member.person.shown, member.laboratory or member.institution) for member in teams[pk]}),
            "conflict": own.get(pk),
            "reasons": reasons_of(own[pk]) if pk in own else [],
            "refusal": decide_conflict_refusal(own[pk], request.user) if pk in own and is_officer else None,
            "may_withdraw": pk in own and withdraw_declaration_refusal(own[pk], request.user) is None,
        }
        for pk, pair in sorted(pairs.items())
    ]
    context = {"call": side.call, "side": side, "rows": rows}
    return render(request, "reviews/declare_conflicts.html", context, status=status)


def _declared(request: Request, side: CallAgency, pairs: dict[int, Seminar]) -> bool:
    pair = pairs.get(_number(request.POST.get("declare") or request.POST.get("withdraw") or ""))
    if pair is None:
        raise Http404
    by, at = request.user, request.arrived_at
    if "withdraw" in request.POST:
        conflict = get_object_or_404(Conflict.objects.filter(user=by).select_related("side"), seminar=pair)
        actions.withdraw_declaration(conflict, by=by, at=at)
        messages.success(request, _("Your declaration is taken back."))
        return True
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return False
    actions.declare_conflict(side, pair, statement=form.cleaned_data["statement"], by=by, at=at)
    messages.success(request, _("The conflict is declared: you no longer see this pair."))
    return True


@policy(OFFICER)
@require_http_methods(METHODS)
def conflicts(request: Request, code: str) -> HttpResponse:
    """List the conflicts of the agency's other people; POST confirms a detected one or sets it aside."""
    call, side = own_side(request, code)
    seen = Conflict.objects.visible_to(request.user).filter(side=side).exclude(user=request.user)
    seen = seen.exclude(state=ConflictState.WITHDRAWN)
    if request.method == "POST":
        number = _number(request.POST.get("conflict", ""))
        conflict = get_object_or_404(seen.select_related("side__agency"), pk=number)
        form = ConflictDecisionForm(request.POST)
        try:
            if form.is_valid():
                stands, reason = "stands" in request.POST, form.cleaned_data["reason"]
                actions.decide_conflict(conflict, stands=stands, reason=reason, by=request.user, at=request.arrived_at)
                messages.success(request, _("Decided."))
                return _see("conflicts", code)
            problem: object = _("Say why.")
        except Refused as refused:
            problem = refused.args[0]
        messages.warning(request, str(problem))
        return _see("conflicts", code)
    found = list(seen.select_related("user", "seminar__call", "decided_by", "side__agency").order_by("seminar", "user"))
    titles = titles_of({conflict.seminar_id for conflict in found})
    rows: list[dict[str, Any]] = [
        {
            "conflict": conflict,
            "title": titles.get(conflict.seminar_id, ""),
            "reasons": reasons_of(conflict),
            "may_decide": decide_conflict_refusal(conflict, request.user) is None,
        }
        for conflict in found
    ]
    own = Conflict.objects.filter(side=side, user=request.user, state=ConflictState.DETECTED).first()
    waiting = [row for row in rows if row["conflict"].state == ConflictState.DETECTED]
    settled = [row for row in rows if row["conflict"].state != ConflictState.DETECTED]
    own_refusal = decide_conflict_refusal(own, request.user) if own else None
    context = {"call": call, "side": side, "waiting": waiting, "settled": settled, "own_refusal": own_refusal}
    return render(request, "reviews/conflicts.html", context)

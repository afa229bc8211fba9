"""One case: what every rule says, what each side has decided, and deciding on one's own half."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import formats
from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import OFFICER, policy
from seminars.actions import eligibility as actions
from seminars.actions.eligibility_bulk import reasons_of
from seminars.choices import CONFIRMED, Eligibility
from seminars.forms.eligibility import DecisionForm
from seminars.forms.submission import ReasonForm
from seminars.models import Call, EligibilityDecision, Proposal, Seminar
from seminars.permissions import Refused, decide_refusal, reopen_decision_refusal
from seminars.queries.case_page import corrections_of, rows
from seminars.queries.comparison import facts_of
from seminars.queries.eligibility import Case, Half, cases, overseen
from seminars.queries.listed import facts_apart
from seminars.rules import eligibility as rules
from seminars.views.desk_records import subject_name
from seminars.words import history

SHOWN = 100
METHODS = ["GET", "HEAD", "POST"]


def case_of_seminar(request: Request, pk: int) -> Case:
    """Return the case of a confirmed pair that the officer sees; 404 for any other."""
    visible = Seminar.objects.visible_to(request.user).filter(state__in=CONFIRMED)
    seminar = get_object_or_404(visible.filter(call__in=Call.objects.run_by(request.user)), pk=pk)
    call = Call.objects.with_terms().get(pk=seminar.call_id)
    return _only(cases(request.user, call, request.arrived_at, overseen(request.user, call).filter(seminar=seminar)))


def case_of_record(request: Request, pk: int) -> Case:
    """Return the case of a submitted record of the officer's agency; 404 for any other."""
    record = get_object_or_404(Proposal.objects.overseen_by(request.user).with_side(), pk=pk)
    call = Call.objects.with_terms().get(pk=record.side.call_id)
    scope = overseen(request.user, call)
    paired = record.seminar is not None and record.seminar.is_confirmed
    scope = scope.filter(seminar=record.seminar) if paired else scope.filter(pk=pk)
    return _only(cases(request.user, call, request.arrived_at, scope))


def _only(found: list[Case]) -> Case:
    if len(found) != 1:
        raise Http404
    return found[0]


@policy(OFFICER)
@require_http_methods(METHODS)
def desk_eligibility_seminar(request: Request, pk: int) -> HttpResponse:
    """Show the case of a pair; POST decides on the officer's own half."""
    return _page(request, case_of_seminar(request, pk))


@policy(OFFICER)
@require_http_methods(METHODS)
def desk_eligibility_record(request: Request, pk: int) -> HttpResponse:
    """Show the case of a record, its pair's where it has one; POST decides."""
    case = case_of_record(request, pk)
    if case.seminar and request.method != "POST":
        return redirect("desk_eligibility_seminar", pk=case.seminar.pk)
    return _page(request, case)


def _page(request: Request, case: Case) -> HttpResponse:
    forms = {half.side.pk: _form(request, case, half) for half in case.own}
    refusal, status = None, 200
    if request.method == "POST":
        half = next((own for own in case.own if str(own.side.pk) == request.POST.get("side")), None)
        if half is None:
            raise BadRequest
        form, status = forms[half.side.pk], 422
        if form.is_valid():
            try:
                _decide(request, case, half, form)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("Your agency's decision is written down."))
                return _back(case)
    user, at = request.user, request.arrived_at
    own = []
    for half in case.own:
        own.append({"half": half, "form": forms[half.side.pk], "refusal": decide_refusal(case, half, user, at)})
    context = {"refusal": refusal, "own": own, **_context(request, case)}
    return render(request, "seminars/desk/eligibility_case.html", context, status=status)


def _context(request: Request, case: Case) -> dict[str, Any]:
    records = [half.record for half in case.halves if half.record]
    both, listed = len(records) == 2, case.first.listed if case.seminar else None
    return {
        "call": case.call,
        "case": case,
        "rows": rows(case),
        "facts": facts_of(records[0]) if both else facts_apart(records[0]) if listed else (),
        "other": records[1] if both else listed,
        "listed": listed,
        "compared": both or listed is not None,
        "reopenable": {
            half.side.pk for half in case.halves if reopen_decision_refusal(case, half, request.user) is None
        },
        "corrections": corrections_of(records),
        "earlier": _earlier(request, case, records),
        **_history(request, case, records),
    }


def _earlier(request: Request, case: Case, records: list[Proposal]) -> list[EligibilityDecision]:
    """Return the decisions on this case that have ended, the newest first."""
    about = models.Q(seminar=case.seminar) if case.seminar else models.Q(proposal__in=records)
    ended = EligibilityDecision.objects.visible_to(request.user).filter(about, ended_at__isnull=False)
    return list(ended.select_related("decided_by", "ended_by", "side__agency"))


def _history(request: Request, case: Case, records: list[Proposal]) -> dict[str, Any]:
    subjects: list[models.Model] = [*records, *([case.seminar] if case.seminar else [])]
    names = {(subject._meta.label_lower, subject.pk): subject_name(subject) for subject in subjects}
    about = HistoryEntry.objects.about(*subjects).filter(verb__in=history.OF_ELIGIBILITY).select_related("actor")
    reticent = [record.pk for record in records if record.side.agency_id not in request.user.officer_agencies]
    return {"history": list(history.lines(about[:SHOWN], names, reticent=reticent)), "history_more": 0}


def zone_name() -> str:
    """Return how people call the reader's clock."""
    return formats.zone_name(timezone.get_current_timezone_name(), (get_language() or "en")[:2])


def _form(request: Request, case: Case, half: Half) -> DecisionForm:
    mine = request.method == "POST" and request.POST.get("side") == str(half.side.pk)
    proposed = case.proposed.outcome
    why = reasons_of(case)
    initial = {
        "outcome": proposed if proposed != rules.LOOK else None,
        "rules": case.proposed.rules,
        **{f"reason_{language}": text for language, text in why.items()},
    }
    options: dict[str, Any] = {"initial": initial, "auto_id": f"id_{half.side.pk}_%s"}
    return DecisionForm(request.POST if mine else None, at=request.arrived_at, zone_name=zone_name(), **options)


def _decide(request: Request, case: Case, half: Half, form: DecisionForm) -> None:
    said = form.cleaned_data
    eligible = said["outcome"] == Eligibility.ELIGIBLE
    actions.decide(
        case.seminar or case.first,
        half.side,
        outcome=said["outcome"],
        reasons={} if eligible else form.reasons,
        rules=[] if eligible else said["rules"],
        correct_by=said["until"],
        by=request.user,
        at=request.arrived_at,
    )


def _back(case: Case) -> HttpResponse:
    if case.seminar:
        answer = redirect("desk_eligibility_seminar", pk=case.seminar.pk)
    else:
        answer = redirect("desk_eligibility_record", pk=case.first.pk)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(METHODS)
def reopen_seminar_decision(request: Request, pk: int, side: int) -> HttpResponse:
    """Ask why the officer's agency reopens its decision on a pair; POST does it."""
    return _reopen(request, case_of_seminar(request, pk), side)


@policy(OFFICER)
@require_http_methods(METHODS)
def reopen_record_decision(request: Request, pk: int, side: int) -> HttpResponse:
    """Ask why the officer's agency reopens its decision on a record alone; POST does it."""
    return _reopen(request, case_of_record(request, pk), side)


def _reopen(request: Request, case: Case, side: int) -> HttpResponse:
    half = next((own for own in case.halves if own.side.pk == side and own.is_own), None)
    if half is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    refusal, status = reopen_decision_refusal(case, half, request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                target = case.seminar or case.first
                actions.reopen_decision(target, half.side, reason=reason, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The decision is reopened. Your agency can decide again."))
                return _back(case)
    context = {"case": case, "call": case.call, "half": half, "form": form, "refusal": refusal}
    return render(request, "seminars/desk/eligibility_reopen.html", context, status=status)

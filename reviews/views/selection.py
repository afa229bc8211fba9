"""The joint selection of a call: opening it, the table of both agencies' ranks, minutes, and merged orders."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import selection as actions
from reviews.actions.decision import propose
from reviews.forms.selection import METHOD_NAMES, JointMinutesForm, MergeForm
from reviews.joint import describe, joint_rows, ranks_of
from reviews.matrix import draw
from reviews.models import Panel, Selection
from reviews.permissions.selection import side_of
from reviews.rules.merging import merged
from reviews.rules.proposals import filled
from seminars.models import Call
from seminars.permissions import Refused
from seminars.views.desk import call_run_by

RESERVES, PER_PAGE = 3, 50


def opened_selection(request: Request, code: str) -> tuple[Call, Selection]:
    """Return a call that the officer runs and its joint selection; 404 until that is open."""
    call = call_run_by(request, code)
    found = Selection.objects.visible_to(request.user).filter(call=call).first()
    if found is None:
        raise Http404
    return call, found


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def selection(request: Request, code: str) -> HttpResponse:
    """Show the joint selection; before it is open, only whether one's own panel is sealed. POST opens it."""
    call = call_run_by(request, code)
    refusal, status = None, 200
    if request.method == "POST" and "understood" not in request.POST:
        refusal, status = _("Tick the box first: it says what cannot be undone."), 422
    elif request.method == "POST":
        try:
            actions.open_selection(call, by=request.user, at=request.arrived_at)
            messages.success(request, _("The joint selection is open."))
            return see(request, "selection", code)
        except Refused as refused:
            refusal, status = refused.args[0], 409
    found = Selection.objects.visible_to(request.user).filter(call=call).first()
    if found is None:
        own = side_of(call, request.user)
        is_sealed = Panel.objects.filter(side=own, sealed_at__isnull=False).exists()
        context = {"call": call, "refusal": refusal, "is_sealed": is_sealed}
        return render(request, "reviews/selection_closed.html", context, status=status)
    rows, sides = joint_rows(call, request.user), list(call.sides.all())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    describe(shown, call, request.user)
    own = side_of(call, request.user)
    place = sides.index(own) if own else 0
    waiting = sum(bool(row.decision and not row.is_refused and not row.judgements[place].signature) for row in rows)
    context = {
        "call": call,
        "selection": found,
        "refusal": refusal,
        "sides": sides,
        "number": len(rows),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": shown,
        "matrix": draw(rows),
        "methods": list(METHOD_NAMES.values()),
        "waiting": waiting,
        "selected": sum(bool(row.decision and row.decision.outcome == "selected") for row in rows),
        "holding": sum(row.is_holding for row in rows),
        "refused": sum(row.is_refused for row in rows),
    }
    return render(request, "reviews/selection.html", context, status=status)


def see(request: Request, name: str, *args: object) -> HttpResponse:
    """Lead on after a POST."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_minutes(request: Request, code: str) -> HttpResponse:
    """Write the minutes; what somebody else has saved meanwhile is shown beside what was typed, and nothing is lost."""
    call, found = opened_selection(request, code)
    form = JointMinutesForm(request.POST if request.method == "POST" else None, instance=found)
    saved, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        text, version = form.cleaned_data["minutes"], form.cleaned_data["version"]
        if actions.save_minutes(call, text=text, version=version, by=request.user, at=request.arrived_at):
            messages.success(request, _("The minutes are saved."))
            return see(request, "joint_minutes", code)
        saved, status = Selection.objects.get(pk=found.pk), 409
        form = JointMinutesForm(initial={"minutes": text, "version": saved.version})
    context = {"call": call, "form": form, "saved": saved}
    return render(request, "reviews/joint_minutes.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_ranks(request: Request, code: str) -> HttpResponse:
    """Show what a merged order would make of every pair, saving nothing; POST takes it as the proposal."""
    call, _found = opened_selection(request, code)
    initial = {"method": "mean", "capacity": call.capacity or 1, "reserves": RESERVES}
    asked = request.POST if request.method == "POST" else request.GET if "method" in request.GET else initial
    form = MergeForm(asked)
    rows = joint_rows(call, request.user)
    describe(rows, call, request.user)
    outcomes, refusal, status = {}, None, 200 if request.method != "POST" else 422
    if form.is_valid():
        order = merged(form.cleaned_data["method"], ranks_of(rows, 0), ranks_of(rows, 1))
        outcomes = filled(order, form.cleaned_data["capacity"], form.cleaned_data["reserves"])
        rows.sort(key=lambda row: (order[row.seminar.pk], row.seminar.pk))
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
    preview = [(row, order[row.seminar.pk], outcomes[row.seminar.pk]) for row in rows] if outcomes else []
    context = {"call": call, "form": form, "preview": preview, "sides": list(call.sides.all()), "refusal": refusal}
    return render(request, "reviews/merge_ranks.html", context, status=status)

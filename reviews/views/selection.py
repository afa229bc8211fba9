"""The joint selection of a call: opening it, and the table of both agencies' ranks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import selection as actions
from reviews.drawings.matrix import draw
from reviews.forms.selection import METHOD_NAMES
from reviews.models import Panel, Selection
from reviews.permissions.selection import side_of
from reviews.queries.ineligible import ineligible_pairs
from reviews.queries.joint import describe, joint_rows
from seminars.models import Call
from seminars.permissions import Refused
from seminars.views.desk import call_run_by

PER_PAGE = 50


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
        closed = {"call": call, "refusal": refusal, "is_sealed": is_sealed}
        return render(request, "reviews/selection_closed.html", closed, status=status)
    rows, sides = joint_rows(call, request.user, settled=True), list(call.sides.all())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    describe(shown, call, request.user)
    own = side_of(call, request.user)
    place = sides.index(own) if own else 0
    open_rows = [row for row in rows if row.decision and not row.is_settled and not row.is_refused]
    waiting = sum(not row.judgements[place].signature for row in open_rows)
    others = sum(bool(row.judgements[place].signature and not row.is_holding) for row in open_rows)
    context = {
        "call": call,
        "selection": found,
        "refusal": refusal,
        "sides": sides,
        "number": sum(not row.is_settled for row in rows),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": shown,
        "matrix": draw(rows),
        "methods": list(METHOD_NAMES.values()),
        "waiting": waiting,
        "others": others,
        "selected": sum(bool(row.decision and row.decision.outcome == "selected") for row in rows),
        "ineligible": ineligible_pairs(call, request.user),
        "holding": sum(row.is_holding for row in rows),
        "refused": sum(row.is_refused for row in rows),
    }
    return render(request, "reviews/selection.html", context, status=status)


def see(request: Request, name: str, *args: object) -> HttpResponse:
    """Lead on after a POST."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer

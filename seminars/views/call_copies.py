"""A new call as a copy of an earlier one, and its dates until it is published."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import formats
from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions import call_copies as actions
from seminars.actions.proposals import EditConflict
from seminars.drawings.timeline import draw
from seminars.forms.call_copies import CallCopyForms
from seminars.models import Call, CallAgency
from seminars.permissions import Refused, change_unpublished_refusal
from seminars.queries.call_copies import clock_of, copy_of
from seminars.queries.schedule import schedule
from seminars.views.desk import call_run_by
from seminars.views.pairing import see_other


def _forms(request: Request, call: Call, sides: list[CallAgency], zone: str) -> CallCopyForms:
    name = formats.zone_name(zone, (get_language() or "en")[:2])
    return CallCopyForms(request.POST or None, call, sides, zone=zone, zone_name=name)


def _preview(request: Request, forms: CallCopyForms) -> dict[str, Any]:
    """Return the picture and the dates of a call as the forms have it."""
    call, sides, at = forms.call.instance, [form.instance for form in forms.sides], request.arrived_at
    timeline = draw(call, timezone.localdate(at), sides)
    return {"timeline": timeline, "schedule": schedule(call, timeline, at, sides)}


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def call_copy(request: Request, code: str) -> HttpResponse:
    """Propose a copy of a call with its dates moved; POST shows what it would be, and with ``step=create`` makes it."""
    source = call_run_by(request, code)
    copy, sides = copy_of(source)
    forms, status, refusal = _forms(request, copy, sides, clock_of(source)), 200, None
    context: dict[str, Any] = {"source": source, "forms": forms}
    if request.method == "POST":
        if not forms.is_valid():
            status = 422
        elif request.POST.get("step") == "create":
            try:
                made = actions.copy_call(source, copy, sides, by=request.user, at=request.arrived_at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The new call is there. It is not published yet."))
                return see_other("desk_call", made.code)
        else:
            context |= _preview(request, forms)
    return render(request, "seminars/desk/copy.html", {**context, "refusal": refusal}, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def call_dates(request: Request, code: str) -> HttpResponse:
    """Change a call that is not published yet."""
    call = call_run_by(request, code)
    sides, refusal, status = list(call.sides.all()), change_unpublished_refusal(call, request.user), 200
    seen = actions.revision_of(call)
    forms, clash = _forms(request, call, sides, clock_of(call)), False
    if request.method == "POST" and refusal is None:
        status = 422
        if forms.is_valid():
            try:
                actions.change_unpublished(
                    call, sides, seen=request.POST.get("seen", ""), by=request.user, at=request.arrived_at
                )
            except Refused as refused:
                refusal, status = refused.args[0], 409
            except EditConflict:
                clash, status = True, 409
            else:
                messages.success(request, _("The call has been changed."))
                return see_other("desk_call", call.code)
    elif request.method == "POST":
        status = 409
    context = {"call": call, "forms": forms, "refusal": refusal, "seen": seen, "clash": clash}
    return render(request, "seminars/desk/dates.html", context, status=status)

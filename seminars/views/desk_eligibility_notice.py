"""Telling coordinators: planning the moment, looking at each letter, agreeing for the other agency, cancelling."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions import eligibility_notice as actions
from seminars.forms.eligibility import NoticeForm
from seminars.mails import told_outcome
from seminars.models import Call, CallAgency, EligibilityNotice, Proposal
from seminars.permissions import Refused, agree_refusal
from seminars.views.desk import call_run_by
from seminars.views.desk_eligibility_case import zone_name


def _own_letters(request: Request, call: Call) -> list[tuple[Proposal, str]]:
    """Return the records of the officer's own agency that a notice would tell now, each with its outcome."""
    own = Proposal.objects.overseen_by(request.user).values("pk")
    records = actions.to_tell(call).filter(pk__in=own, side__agency__in=request.user.officer_agencies)
    return [(record, told_outcome(actions.decisions_on(record))) for record in records]


def _own_side(request: Request, call: Call) -> CallAgency:
    own = [side for side in call.sides.all() if side.agency_id in request.user.officer_agencies]
    return own[0]


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_eligibility_notice(request: Request, code: str) -> HttpResponse:
    """Show when coordinators are told and what they would read; POST plans, moves, agrees to or cancels a notice."""
    call = call_run_by(request, code)
    notices = list(
        EligibilityNotice.objects.filter(call=call)
        .select_related("side__agency", "planned_by", "agreed_by", "cancelled_by")
        .prefetch_related(Prefetch("call", Call.objects.with_sides()))
    )
    waiting = next((notice for notice in notices if not (notice.sent_at or notice.cancelled_at)), None)
    form = NoticeForm(request.POST if "plan" in request.POST else None, at=request.arrived_at, zone_name=zone_name())
    refusal, status = None, 200
    if request.method == "POST":
        deed, done = _deed(request, call, waiting, form)
        status = 422
        if deed:
            try:
                deed()
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, done)
                answer = redirect("desk_eligibility_notice", code=code)
                answer.status_code = 303
                return answer
    context = {
        "call": call,
        "form": form,
        "waiting": waiting,
        "past": [notice for notice in notices if notice is not waiting],
        "letters": _own_letters(request, call),
        "may_agree": waiting is not None and agree_refusal(waiting, request.user) is None,
        "refusal": refusal,
        "at": request.arrived_at,
    }
    return render(request, "seminars/desk/eligibility_notice.html", context, status=status)


def _deed(
    request: Request, call: Call, waiting: EligibilityNotice | None, form: NoticeForm
) -> tuple[Callable[[], object] | None, str]:
    """Return what the pressed button asks for, and how it is said once done; nothing where the form is wrong."""
    by, at = request.user, request.arrived_at
    if "plan" in request.POST:
        if not form.is_valid():
            return None, ""
        due_at, side = form.cleaned_data["due_at"], _own_side(request, call)
        if waiting:
            moved = _("The notice is moved. The other agency has to agree to it anew.")
            return (lambda: actions.move_notice(waiting, side, due_at=due_at, by=by, at=at)), moved
        return (lambda: actions.plan_notice(side, due_at=due_at, by=by, at=at)), _("The notice is planned.")
    if waiting is None:
        return None, ""
    if "agree" in request.POST:
        seen = _instant(request.POST.get("due_at", ""))
        agreed = _("Both agencies have agreed: the letters go at the moment planned.")
        return (lambda: actions.agree_to_notice(waiting, due_at=seen, by=by, at=at)), agreed
    cancelled = _("The notice is cancelled. Nobody is told anything.")
    return (lambda: actions.cancel_notice(waiting, by=by, at=at)), cancelled


def _instant(text: str) -> datetime:
    found = parse_datetime(text) if len(text) < 40 else None
    if found is None or found.tzinfo is None:
        raise BadRequest
    return found


@policy(OFFICER)
@require_safe
def eligibility_letter(request: Request, code: str, pk: int) -> HttpResponse:
    """Show the letter that a notice would send about one record now, in its coordinator's language."""
    call = call_run_by(request, code)
    seen = Proposal.objects.overseen_by(request.user).values("pk")
    own = actions.to_tell(call).filter(pk__in=seen, side__agency__in=request.user.officer_agencies)
    record = get_object_or_404(own, pk=pk)
    letter = actions.letter_to(record, at=request.arrived_at)
    context = {"call": call, "record": record, "letter": letter}
    return render(request, "seminars/desk/eligibility_letter.html", context)

"""Changes of selected seminars: a coordinator asks for one, officers of both agencies decide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.policies import OFFICER, SIGNED_IN, policy
from reviews.actions import change as actions
from reviews.choices import ChangeState
from reviews.forms.change import ChangeForm, DecisionForm
from reviews.models import Change
from reviews.permissions import agree_change_refusal, ask_change_refusal, decide_change_refusal
from reviews.queries.award import own_announced
from reviews.queries.change import changes_for, findings_of
from reviews.queries.pairs import titles_of
from reviews.words.people import lines_named, people_lines
from seminars.permissions import Refused
from seminars.views.desk import call_run_by


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_change(request: Request, pk: int) -> HttpResponse:
    """Ask for other dates or another venue; what breaks a rule is said beside the form."""
    proposal = get_object_or_404(own_announced(request.user), pk=pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, proposal=proposal)
    cannot = ask_change_refusal(proposal, request.user, request.arrived_at)
    refusal, status = cannot, 409 if cannot else 422 if form.is_bound else 200
    if form.is_bound and not cannot and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.ask_change(proposal, form.wanted, reason=reason, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("Both agencies have been asked. Nothing changes until both have agreed."))
            answer = redirect("award", pk=pk)
            answer.status_code = 303
            return answer
    context = {"proposal": proposal, "form": form, "refusal": refusal, "may_ask": not cannot}
    return render(request, "reviews/ask_change.html", context, status=status)


@policy(SIGNED_IN)
@require_POST
def withdraw_change(request: Request, pk: int, change: int) -> HttpResponse:
    """Take back a change that one has asked for."""
    proposal = get_object_or_404(own_announced(request.user), pk=pk)
    asked = get_object_or_404(Change.objects.filter(seminar=proposal.seminar_id), pk=change)
    try:
        actions.withdraw_change(asked, proposal, by=request.user, at=request.arrived_at)
        messages.success(request, _("The change is taken back. Everything stays as it is."))
    except Refused as refused:
        messages.error(request, str(refused.args[0]))
    answer = redirect("award", pk=pk)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_change(request: Request, code: str, pk: int) -> HttpResponse:
    """Show an asked change beside what the records say, with what the rules find; an officer of each agency decides."""
    call = call_run_by(request, code)
    change = get_object_or_404(changes_for(request.user).filter(seminar__call=call), pk=pk)
    own = [side for side in call.sides.all() if side.agency_id in request.user.officer_agencies]
    side = next((side for side in own if decide_change_refusal(change, side, request.user) is None), own[0])
    form = DecisionForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid() and ("agree" in request.POST or "refuse" in request.POST):
        agrees, reason = "agree" in request.POST, form.cleaned_data["reason"]
        try:
            state = actions.decide_change(
                change, side, agrees=agrees, reason=reason, by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _said(state))
            answer = redirect("desk_change", code=code, pk=pk)
            answer.status_code = 303
            return answer
    context = {
        "call": call,
        "change": change,
        "side": side,
        "title": titles_of([change.seminar_id]).get(change.seminar_id, ""),
        "may_decide": decide_change_refusal(change, side, request.user) is None,
        "cannot_agree": agree_change_refusal(change),
        "found": findings_of(change).found if change.state == ChangeState.ASKED else None,
        "people": people_lines(change),
        "lines": lines_named(change) if change.state == ChangeState.ASKED else [],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "reviews/desk_change.html", context, status=status)


def _said(state: ChangeState) -> str:
    if state == ChangeState.APPROVED:
        return _("The change is in force in both records; everybody has been told.")
    if state == ChangeState.REFUSED:
        return _("The change is refused; everybody has been told.")
    return _("Noted. The change is in force once the other agency has agreed, too.")

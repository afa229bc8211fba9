"""The officers' page of one selected seminar: a listed half's budget, and cancelling with the other agency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import award as awards
from reviews.actions import cancellation as actions
from reviews.choices import CancelState
from reviews.forms.change import DecisionForm
from reviews.models import CancelRequest
from reviews.permissions import (
    answer_cancel_refusal,
    ask_cancel_refusal,
    settle_listed_refusal,
    take_back_cancel_refusal,
)
from reviews.queries.award import listed_side, selected_for
from reviews.queries.pairs import titles_of
from seminars.models import CallAgency, Seminar
from seminars.permissions import Refused
from seminars.views.desk import call_run_by

FOR_ASKING = gettext_lazy("Officers of the other agency read it, and the coordinators if the seminar is cancelled.")
FOR_STAYING = gettext_lazy("Needed if the seminar is to stay; officers of both agencies read it.")


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def selected_pair(request: Request, code: str, pk: int) -> HttpResponse:
    """Show how a selected seminar stands; its officers settle a listed half's budget, or cancel it together."""
    call = call_run_by(request, code)
    found = selected_for(request.user).filter(call=call).select_related("call", "cancellation__side__agency")
    seminar = get_object_or_404(found.select_related("cancellation__cancelled_by", "cancellation__agreed_by"), pk=pk)
    own = [side for side in call.sides.all() if side.agency_id in request.user.officer_agencies]
    asked = list(CancelRequest.objects.filter(seminar=seminar).select_related("side__agency", "asked_by", "ended_by"))
    pending = next((item for item in asked if item.state == CancelState.ASKED), None)
    side = next((side for side in own if pending is None or side.pk != pending.side_id), own[0])
    form = DecisionForm(
        request.POST if request.method == "POST" else None, hint=FOR_ASKING if pending is None else FOR_STAYING
    )
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            if words := _done(request, seminar, side, pending, form.cleaned_data["reason"]):
                messages.success(request, words)
                answer = redirect("selected_pair", code=code, pk=pk)
                answer.status_code = 303
                return answer
        except Refused as refused:
            refusal, status = refused.args[0], 409
    listed = listed_side(seminar)
    context = {
        "call": call,
        "seminar": seminar,
        "title": titles_of([pk]).get(pk, ""),
        "records": seminar.proposals.select_related("side__agency", "coordinator").order_by("side__agency__accent"),
        "listed": listed,
        "settled": seminar.listed_awards.filter(side=listed).select_related("settled_by").first(),
        "may_settle": listed is not None and settle_listed_refusal(listed, seminar, request.user) is None,
        "requests": asked,
        "side": side,
        "may_ask": ask_cancel_refusal(side, seminar, request.user) is None,
        "may_answer": pending is not None and answer_cancel_refusal(pending, side, request.user) is None,
        "may_take_back": pending is not None and take_back_cancel_refusal(pending, request.user) is None,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "reviews/selected_pair.html", context, status=status)


def _done(request: Request, seminar: Seminar, side: CallAgency, pending: CancelRequest | None, reason: str) -> str:
    """Do what was asked for and return it in words, or nothing; raises Refused."""
    asked, by, at = request.POST, request.user, request.arrived_at
    listed = listed_side(seminar)
    if "settle" in asked and listed is not None:
        if awards.settle_listed(listed, seminar, by=by, at=at):
            return _("The seminar is confirmed; everybody has been told.")
        return _("Noted. The seminar is confirmed once the other half's budget is accepted, too.")
    if "ask" in asked:
        actions.ask_cancellation(side, seminar, reason=reason, by=by, at=at)
        return _("The other agency has been asked. Until it agrees, nothing changes.")
    if pending is None:
        return ""
    if "take_back" in asked:
        actions.take_back_cancellation(pending, by=by, at=at)
        return _("The request is taken back.")
    if "agree" in asked or "keep" in asked:
        agrees = "agree" in asked
        actions.answer_cancellation(pending, side, agrees=agrees, reason=reason, by=by, at=at)
        if agrees:
            return _("The seminar is cancelled; everybody has been told.")
        return _("The seminar stays; the other agency has been told.")
    return ""

"""The coordinator's pages of a selected seminar: the validated budget, accepting it, answering, and declining."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from reviews.actions import award as actions
from reviews.choices import ChangeState
from reviews.forms.award import WordsForm
from reviews.models import Award, Change
from reviews.permissions import accept_refusal, answer_refusal, ask_change_refusal, decline_award_refusal
from reviews.queries.award import Budget, budget_of, own_announced
from seminars.models import Proposal
from seminars.permissions import Refusal, Refused


def _own(request: Request, pk: int) -> Budget:
    """Return the budget of one's own record of an announced seminar, as one may read it; 404 for any other."""
    return budget_of(get_object_or_404(own_announced(request.user), pk=pk), for_coordinator=True)


@policy(SIGNED_IN)
@require_safe
def award(request: Request, pk: int) -> HttpResponse:
    """Show what is granted of each line with the reasons, and where the partner's agency stands with theirs."""
    budget = _own(request, pk)
    proposal = budget.proposal
    other = Proposal.objects.filter(seminar=proposal.seminar_id, side__cap__isnull=False).exclude(pk=pk)
    changes = list(Change.objects.filter(seminar=proposal.seminar_id).prefetch_related("words__side__agency"))
    context = {
        "budget": budget,
        "partner": other.select_related("side__agency", "award").first(),
        "may_accept": accept_refusal(proposal, budget.award, request.user) is None,
        "may_answer": answer_refusal(proposal, budget.award, request.user) is None,
        "proposal": proposal,
        "changes": changes,
        "is_asked": any(change.state == ChangeState.ASKED for change in changes),
        "cannot_change": ask_change_refusal(proposal, request.user, request.arrived_at),
        "may_decline": decline_award_refusal(proposal, request.user) is None,
    }
    return render(request, "reviews/award.html", context)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_award(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then accept the budget as it was read."""
    budget = _own(request, pk)

    def accept(_text: str) -> str:
        confirmed = actions.accept(budget.proposal, version=_version(request), by=request.user, at=request.arrived_at)
        if confirmed:
            return _("You have accepted the budget. The seminar is confirmed.")
        return _("You have accepted the budget. The seminar is confirmed once your partner has accepted, too.")

    refusal = accept_refusal(budget.proposal, budget.award, request.user)
    return _confirmation(request, budget, "reviews/accept_award.html", refusal, accept)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_award(request: Request, pk: int) -> HttpResponse:
    """Ask why the coordinator does not agree, and tell the agency."""
    budget = _own(request, pk)

    def answer(text: str) -> str:
        version = _version(request)
        actions.answer(budget.proposal, text=text, version=version, by=request.user, at=request.arrived_at)
        return _("Your answer is with the agency.")

    refusal = answer_refusal(budget.proposal, budget.award, request.user)
    return _confirmation(request, budget, "reviews/answer_award.html", refusal, answer, WordsForm)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def decline_seminar(request: Request, pk: int) -> HttpResponse:
    """Ask why, and give the seminar up."""
    budget = _own(request, pk)

    def decline(text: str) -> str:
        actions.decline_seminar(budget.proposal, reason=text, by=request.user, at=request.arrived_at)
        return _("The seminar is cancelled. Your partner and both agencies have been told.")

    refusal = decline_award_refusal(budget.proposal, request.user)
    return _confirmation(request, budget, "reviews/decline_seminar.html", refusal, decline, WordsForm)


def _version(request: Request) -> int:
    text = request.POST.get("version", "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Refused(actions.STALE)
    return int(text)


def _confirmation(
    request: Request,
    budget: Budget,
    template: str,
    refusal: Refusal | None,
    deed: Callable[[str], str],
    asks: type[forms.Form] | None = None,
) -> HttpResponse:
    """Show a page that asks before ``deed`` is done with the text of ``asks``, and what stands in its way."""
    posted = request.method == "POST"
    form = asks(request.POST if posted else None) if asks else None
    status = 422 if posted else 200
    if refusal is None and posted and (form is None or form.is_valid()):
        try:
            messages.success(request, deed(form.cleaned_data["text"] if form else ""))
        except Refused as refused:
            refusal = refused.args[0]
        else:
            answer = redirect("award", pk=budget.proposal.pk)
            answer.status_code = 303
            return answer
    shown: Award | None = budget.award
    context = {"budget": budget, "form": form, "refusal": refusal, "version": shown.version if shown else ""}
    return render(request, template, context, status=409 if refusal else status)

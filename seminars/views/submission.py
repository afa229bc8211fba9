"""Filing a record and taking it back; the receipt; the institution officer's answer."""

import json
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, TOKEN, policy
from accounts.tokens import hashed
from seminars.actions import submission as actions
from seminars.choices import ProposalState
from seminars.forms.submission import OptionalReasonForm, ReasonForm, SubmitForm
from seminars.models import Approval, Proposal, Submission
from seminars.permissions import Refused, reopen_refusal, submit_refusal, withdraw_refusal
from seminars.queries.dossiers import terms_of, violations_of
from seminars.queries.readable import read
from seminars.queries.sheets import account
from seminars.rules.completeness import blocking

SIDE_AND_PERSON = ("side__call", "side__agency", "coordinator")


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request, pk: int) -> HttpResponse:
    """Show what is missing and what submitting means; POST files the record."""
    proposal = get_object_or_404(Proposal.objects.owned_by(request.user).with_dossier(), pk=pk)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    refusal, status = submit_refusal(proposal, request.user, request.arrived_at), 200
    if request.method == "POST" and not form.is_valid():
        refusal, status = refusal or _("This form is out of date. Please reload the page."), 422
    elif request.method == "POST":
        try:
            filed = actions.submit(pk, form_uuid=form.cleaned_data["form_uuid"], by=request.user, at=request.arrived_at)
            return redirect("receipt", pk, filed.pk)
        except actions.Incomplete:
            status = 422
        except Refused as refused:
            refusal, status = refused.args[0], 409
    violations = violations_of(proposal)
    context = {
        "proposal": proposal,
        "partner": proposal.partner,
        "account": account(proposal, terms_of(proposal.side)),
        "form": form if status == 200 else SubmitForm(),
        "refusal": refusal,
        "stopping": blocking(violations),
        "warnings": [violation for violation in violations if not violation.blocking],
        "arrived_at": request.arrived_at if request.method == "POST" else None,
    }
    return render(request, "seminars/submission/submit.html", context, status=status)


@policy(SIGNED_IN)
@require_safe
def receipt(request: Request, pk: int, submission: int) -> HttpResponse:
    """Show a submission: its number, instants and hash, and the frozen record in words."""
    filed = _visible_submission(request, pk, submission)
    context = {
        "submission": filed,
        "proposal": filed.proposal,
        "has_lapsed": _has_lapsed(filed, request.arrived_at),
        "parts": read(json.loads(filed.snapshot)),
    }
    return render(request, "seminars/submission/receipt.html", context)


def _has_lapsed(filed: Submission, at: datetime) -> bool:
    """Say whether a submission still waited for the institution when its record closed (R5, R21)."""
    proposal = filed.proposal
    waited = filed.counted_at is None and (filed.ended_at is None or filed.ended_at > proposal.closes_at)
    return waited and proposal.state_at(at) == ProposalState.LAPSED


@policy(SIGNED_IN)
@require_safe
def snapshot(request: Request, pk: int, submission: int) -> HttpResponse:
    """Download the frozen record: exactly the bytes that were hashed."""
    filed = _visible_submission(request, pk, submission)
    answer = HttpResponse(filed.snapshot.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filed.number}.json"'
    return answer


def _visible_submission(request: Request, pk: int, submission: int) -> Submission:
    visible = Proposal.objects.visible_to(request.user).filter(pk=pk)
    filed = Submission.objects.select_related("approval", *(f"proposal__{name}" for name in SIDE_AND_PERSON))
    return get_object_or_404(filed, pk=submission, proposal__in=visible)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    """Say what reopening means; POST makes the record a draft again."""
    proposal = get_object_or_404(Proposal.objects.owned_by(request.user).with_side(), pk=pk)
    refusal = reopen_refusal(proposal, request.user, request.arrived_at)
    if request.method == "POST":
        try:
            actions.reopen(pk, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal = refused.args[0]
        else:
            messages.success(request, _("The record is a draft again. Submit it anew before the deadline."))
            return redirect("proposal", pk)
    context = {"proposal": proposal, "refusal": refusal}
    status = 409 if request.method == "POST" else 200
    return render(request, "seminars/submission/reopen.html", context, status=status)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Say what withdrawing means; POST ends the record for good."""
    proposal = get_object_or_404(Proposal.objects.owned_by(request.user).with_side(), pk=pk)
    form = OptionalReasonForm(request.POST if request.method == "POST" else None)
    refusal, status = withdraw_refusal(proposal, request.user, request.arrived_at), 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            partner = proposal.partner
            actions.withdraw(pk, reason=form.cleaned_data["reason"], by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            told = _("The record has been withdrawn. Your partner has been told.")
            messages.success(request, told if partner else _("The record has been withdrawn."))
            return redirect("home")
    context = {"proposal": proposal, "form": form, "refusal": refusal}
    return render(request, "seminars/submission/withdraw.html", context, status=status)


@policy(TOKEN)
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: Request, token: str) -> HttpResponse:
    """Let the institution's officer read the record, and approve it or return it with a reason (R5)."""
    asked = get_object_or_404(
        Approval.objects.select_related(
            "submission__proposal__side__call",
            "submission__proposal__side__agency",
            "submission__proposal__coordinator",
        ),
        links__token_hash=hashed(token),
    )
    form = ReasonForm(request.POST if "return" in request.POST else None)
    refusal, status = actions.approval_refusal(asked, request.arrived_at), 200
    if request.method == "POST":
        try:
            if "approve" in request.POST:
                actions.approve(asked, at=request.arrived_at)
                return redirect("approval", token)
            if form.is_valid():
                actions.return_for_correction(asked, reason=form.cleaned_data["reason"], at=request.arrived_at)
                return redirect("approval", token)
            status = 422
        except Refused as refused:
            refusal, status = refused.args[0], 409
    filed = asked.submission
    context = {
        "approval": asked,
        "submission": filed,
        "proposal": filed.proposal,
        "form": form,
        "refusal": refusal,
        "newer": actions.newer_request(asked, request.arrived_at) if refusal else None,
        "in_force": filed.ended_at is None and filed.proposal.state_at(request.arrived_at) != ProposalState.LAPSED,
        "parts": read(json.loads(filed.snapshot)),
    }
    return render(request, "seminars/submission/approval.html", context, status=status)

"""What an invited person sees and answers, and what a reviewer says of oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request, Visit
from accounts.policies import ACTOR, SIGNED_IN, TOKEN, policy
from accounts.tokens import hashed
from reviews.actions import reviewer as actions
from reviews.forms.reviewer import DeclineInvitationForm, ReviewerForm
from reviews.models import Reviewer
from reviews.permissions import accept_review_refusal, answer_review_refusal
from seminars.permissions import Refused

METHODS = ["GET", "HEAD", "POST"]


def _invited(token: str) -> Reviewer:
    sent = Reviewer.objects.exclude(token_hash="").select_related("side__call", "side__agency", "user")
    return get_object_or_404(sent, token_hash=hashed(token))


def _see(name: str, *args: object) -> HttpResponse:
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


@policy(TOKEN)
@require_http_methods(METHODS)
def reviewer_invitation(request: Visit, token: str) -> HttpResponse:
    """Explain an invitation to review to whoever holds its link; POST declines it, which needs no account."""
    reviewer = _invited(token)
    form = DeclineInvitationForm(request.POST if request.method == "POST" else None)
    refusal, status = answer_review_refusal(reviewer, request.arrived_at), 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.decline_review_invitation(reviewer, reason=form.cleaned_data["reason"], at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("Thank you: the agency knows that you do not review."))
            return _see("reviewer_invitation", token)
    user = request.user
    context = {
        "reviewer": reviewer,
        "side": reviewer.side,
        "call": reviewer.side.call,
        "token": token,
        "form": form,
        "refusal": refusal,
        "is_own": user.is_authenticated and reviewer.user_id == user.pk,
        "accept_refusal": accept_review_refusal(reviewer, user, request.arrived_at) if user.is_authenticated else None,
    }
    language = translation.get_language() if user.is_authenticated else reviewer.language
    with translation.override(language):
        answer = render(request, "reviews/reviewer_invitation.html", context, status=status)
        answer["Content-Language"] = language
    return answer


@policy(SIGNED_IN)
@require_POST
def accept_reviewing(request: Request, token: str) -> HttpResponse:
    """Agree to review; then say what one knows and whom."""
    try:
        reviewer = actions.accept_review_invitation(_invited(token), by=request.user, at=request.arrived_at)
    except Refused as refused:
        messages.warning(request, refused.args[0])
        return _see("reviewer_invitation", token)
    messages.success(request, _("Thank you for reviewing. Please say what you know, and whom."))
    return _see("reviewer_profile", reviewer.pk)


@policy(ACTOR)
@require_http_methods(METHODS)
def reviewer_profile(request: Request, pk: int) -> HttpResponse:
    """Show a reviewer's own topics and ties in one call; POST saves them."""
    own = Reviewer.objects.accepted().filter(user=request.user).select_related("side__call", "side__agency")
    reviewer = get_object_or_404(own, pk=pk)
    form = ReviewerForm(request.POST if request.method == "POST" else None, reviewer=reviewer)
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.describe_reviewer(reviewer, **form.cleaned_data, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("Saved. Now declare the conflicts of interest that you know of."))
            return _see("declare_conflicts", reviewer.side.call.code)
    context = {
        "reviewer": reviewer,
        "side": reviewer.side,
        "call": reviewer.side.call,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "reviews/reviewer_profile.html", context, status=status)

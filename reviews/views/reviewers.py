"""The reviewers of a side, for the officers of its agency: who is invited, who has agreed, and inviting more."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import reviewer as actions
from reviews.choices import ReviewerState
from reviews.forms.reviewer import InviteForm
from reviews.models import Assignment, Reviewer
from reviews.permissions import invite_reviewer_refusal
from reviews.views.assignments import own_side
from seminars.mails.addresses import language_of
from seminars.models import CallAgency
from seminars.permissions import Refused

METHODS = ["GET", "HEAD", "POST"]


def _see(code: str) -> HttpResponse:
    answer = redirect("reviewers", code=code)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_http_methods(METHODS)
def reviewers(request: Request, code: str) -> HttpResponse:
    """List the reviewers of the officer's agency; POST invites people, or lets the officer take part."""
    call, side = own_side(request, code)
    asked = request.POST if "invite" in request.POST else None
    form = InviteForm(asked, language=language_of(side.agency))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        try:
            if answer := _done(request, side, form):
                return answer
        except Refused as refused:
            refusal, status = refused.args[0], 409
    found = Reviewer.objects.visible_to(request.user).filter(side=side).exclude(state=ReviewerState.REMOVED)
    people = list(found.select_related("user").prefetch_related("areas"))
    loads = Assignment.objects.active().filter(reviewer__in=people).values_list("reviewer_id", flat=True)
    given = list(loads)
    for person in people:
        person.side = side
        person.load = given.count(person.pk)  # type: ignore[attr-defined]
    context = {
        "call": call,
        "side": side,
        "people": people,
        "form": form,
        "refusal": refusal,
        "cannot": invite_reviewer_refusal(side, request.user),
        "takes_part": any(person.user_id == request.user.pk for person in people),
    }
    return render(request, "reviews/reviewers.html", context, status=status)


def _done(request: Request, side: CallAgency, form: InviteForm) -> HttpResponse | None:
    """Do what was asked for and lead on, an officer who takes part to what one knows; raises Refused."""
    by, at = request.user, request.arrived_at
    if "take_part" in request.POST:
        own = actions.enrol_officer(side, by=by, at=at)
        messages.success(request, _("You take part as a reviewer."))
        answer = redirect("reviewer_profile", pk=own.pk)
        answer.status_code = 303
        return answer
    if not (form.is_bound and form.is_valid()):
        return None
    number = len(actions.invite_reviewers(side, form.cleaned_data["people"], by=by, at=at))
    words = ngettext("%(number)s person has been invited.", "%(number)s people have been invited.", number)
    messages.success(request, words % {"number": number})
    return _see(side.call.code)


def own_reviewer(request: Request, pk: int) -> Reviewer:
    """Return a reviewer of the officer's agency; 404 for any other."""
    own = Reviewer.objects.filter(side__agency__in=request.user.officer_agencies)
    return get_object_or_404(own.select_related("side__call", "side__agency", "user"), pk=pk)


@policy(OFFICER)
@require_POST
def invite_again(request: Request, pk: int) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    reviewer = own_reviewer(request, pk)
    return _deed(
        request,
        reviewer,
        lambda: actions.invite_again(reviewer, by=request.user, at=request.arrived_at),
        _("The invitation has been sent again; the earlier link no longer works."),
    )


@policy(OFFICER)
@require_http_methods(METHODS)
def remove_reviewer(request: Request, pk: int) -> HttpResponse:
    """Ask whether to remove a reviewer; POST removes."""
    reviewer = own_reviewer(request, pk)
    if request.method == "POST":
        return _deed(
            request,
            reviewer,
            lambda: actions.remove_reviewer(reviewer, by=request.user, at=request.arrived_at),
            _("The person no longer reviews for your agency in this call."),
        )
    open_ones = Assignment.objects.active().filter(reviewer=reviewer, review__sealed_at__isnull=True).count()
    return render(request, "reviews/remove_reviewer.html", {"reviewer": reviewer, "open": open_ones})


def _deed(request: Request, reviewer: Reviewer, deed: Callable[[], None], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.warning(request, refused.args[0])
    else:
        messages.success(request, done)
    return _see(reviewer.side.call.code)

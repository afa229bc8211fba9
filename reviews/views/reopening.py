"""Letting a reviewer change a sealed review: for the officers of the agency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from accounts.views.preferences import way_back
from reviews.actions import review as actions
from reviews.models import Review
from reviews.permissions import reopen_review_refusal
from reviews.views.review import panel_of
from seminars.forms.submission import ReasonForm
from seminars.permissions import Refused


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_review(request: Request, pk: int) -> HttpResponse:
    """Ask an officer why a sealed review is opened again; POST opens it and leads back."""
    found = Review.objects.visible_to(request.user).filter(
        assignment__reviewer__side__agency__in=request.user.officer_agencies
    )
    related = ("assignment__reviewer__side__agency", "assignment__reviewer__user", "assignment__seminar__call")
    held = get_object_or_404(found.select_related(*related, "assignment__reviewer__side__panel"), pk=pk)
    refusal = reopen_review_refusal(held, panel_of(held.assignment), request.user)
    place = way_back(request, reverse("assignments", args=[held.assignment.seminar.call.code]))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.reopen_review(held, reason=form.cleaned_data["reason"], by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("The review is open again; its reviewer has been told."))
            answer = redirect(place)
            answer.status_code = 303
            return answer
    context = {"review": held, "form": form, "refusal": refusal, "place": place}
    return render(request, "reviews/reopen_review.html", context, status=status)

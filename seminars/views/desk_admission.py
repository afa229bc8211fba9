"""Admitting one record late, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import formats
from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions import admission
from seminars.forms.desk import AdmissionForm
from seminars.models import Proposal
from seminars.permissions import Refused, admit_refusal, end_admission_refusal
from seminars.views.pairing import see_other


def _own_record(request: Request, pk: int) -> Proposal:
    """Return a record of an agency that the officer acts for; 404 for any other."""
    overseen = Proposal.objects.overseen_by(request.user).with_side()
    return get_object_or_404(overseen, pk=pk, side__agency__in=request.user.officer_agencies)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def admit_late(request: Request, pk: int) -> HttpResponse:
    """Say what a late admission means and ask why and until when; POST admits the record."""
    proposal, at = _own_record(request, pk), request.arrived_at
    zone = formats.zone_name(timezone.get_current_timezone_name(), (get_language() or "en")[:2])
    form = AdmissionForm(request.POST or None, at=at, zone_name=zone)
    refusal, status = admit_refusal(proposal, request.user, at), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason, until = form.cleaned_data["reason"], form.cleaned_data["until"]
            try:
                admission.admit_late(proposal, reason=reason, until=until, by=request.user, at=at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The record is admitted late. Its coordinator has been told by e-mail."))
                return see_other("desk_proposal", pk)
    context = {"proposal": proposal, "form": form, "refusal": refusal, "at": at}
    return render(request, "seminars/desk/admit.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def end_admission(request: Request, pk: int) -> HttpResponse:
    """Say what taking a late admission back means; POST does it."""
    proposal, at = _own_record(request, pk), request.arrived_at
    refusal, status = end_admission_refusal(proposal, request.user, at), 200
    if request.method == "POST":
        try:
            admission.end_admission(proposal, by=request.user, at=at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, _("The late admission was taken back. The coordinator has been told by e-mail."))
            return see_other("desk_proposal", pk)
    context = {"proposal": proposal, "refusal": refusal}
    return render(request, "seminars/desk/end_admission.html", context, status=status)

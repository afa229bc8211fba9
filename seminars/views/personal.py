"""A copy of one's own data, and the public page of what is kept, how long and why."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.erasure import address_of
from accounts.http import Request
from accounts.models import Agency, HistoryEntry, Message, User
from accounts.policies import ADMINISTRATOR, PUBLIC, SECURITY, policy
from seminars.actions import erasure, personal_copies
from seminars.choices import PackState
from seminars.forms.erasure import ErasureForm
from seminars.models import Call, CallAgency, PersonalCopy, Submission
from seminars.models.personal_copy import KEPT
from seminars.permissions import Refused, erasure_refusal
from seminars.rules import retention
from seminars.views.private import ZIP, streamed_file


@policy(PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept on whom, how long and why, with the periods of each published call."""
    periods = [
        (
            call,
            retention.ends_on(call.window_end_on, call.keep_funded_years),
            retention.ends_on(call.announce_until_on, call.keep_other_years),
        )
        for call in Call.objects.published().filter(is_demonstration=False)
    ]
    agencies = Agency.objects.filter(pk__in=CallAgency.objects.filter(call__is_published=True).values("agency"))
    context = {"periods": periods, "agencies": agencies, "hours": KEPT // timedelta(hours=1)}
    return render(request, "seminars/personal/privacy.html", context)


@policy(SECURITY)
@require_http_methods(["GET", "HEAD", "POST"])
def personal_data(request: Request) -> HttpResponse:
    """Show one's copies and how far they have come; POST asks for one."""
    if request.method == "POST":
        personal_copies.ask_for_copy(by=request.user, at=request.arrived_at)
        answer = redirect("personal_data")
        answer.status_code = 303
        return answer
    copies = PersonalCopy.objects.visible_to(request.user).exclude(expires_at__lte=request.arrived_at)
    context = {"copies": copies, "under_way": any(copy.is_under_way for copy in copies)}
    return render(request, "seminars/personal/data.html", {**context, "hours": KEPT // timedelta(hours=1)})


@policy(SECURITY)
@require_safe
def personal_copy(request: Request, pk: int) -> HttpResponseBase:
    """Hand out a copy to the person it is about, as long as it is kept."""
    ready = PersonalCopy.objects.visible_to(request.user).filter(state=PackState.READY)
    copy = get_object_or_404(ready.filter(expires_at__gt=request.arrived_at), pk=pk)
    day = copy.asked_at.astimezone(timezone.get_current_timezone()).date().isoformat()
    answer = streamed_file(copy.file, name=f"joint-seminars-{day}.zip", content_type=ZIP)
    if request.method == "GET":
        personal_copies.note_download(copy, at=request.arrived_at)
    return answer


@policy(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: Request, pk: int) -> HttpResponse:
    """Say what erasing a person takes away and what it leaves; POST with the address typed again does it."""
    user, status = get_object_or_404(User, pk=pk), 200
    refusal = erasure_refusal(user, request.user, request.arrived_at)
    form = ErasureForm(request.POST or None, person=user)
    if request.method == "POST":
        status = 409 if refusal else 422
        if refusal is None and form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                erasure.erase_person(user, by=request.user, reason=reason, at=request.arrived_at)
                messages.success(request, _("The person is erased."))
                answer = redirect("admin:accounts_user_change", user.pk)
                answer.status_code = 303
                return answer
            except Refused as refused:
                refusal, status = refused.args[0], 409
    context = {
        "person": user,
        "form": form,
        "refusal": refusal,
        "address": address_of(user),
        "mails": Message.objects.filter(recipient=user).count(),
        "submissions": Submission.objects.filter(proposal__coordinator=user).count(),
        "deeds": HistoryEntry.objects.filter(actor=user).count(),
    }
    return render(request, "seminars/personal/erase.html", context, status=status)

"""The minutes of a joint selection: they save themselves, and nobody writes over anybody."""

import re

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions.selection import save_minutes
from reviews.forms.selection import JointMinutesForm
from reviews.models import Selection
from reviews.views.selection import opened_selection, see
from seminars.actions.proposals import EditConflict
from seminars.forms.section import choices_between, errors_of, settled
from seminars.models import Call


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def joint_minutes(request: Request, code: str) -> HttpResponse:
    """Show the minutes to be written; POST saves them. What somebody else has saved meanwhile is shown beside."""
    call, found = opened_selection(request, code)
    if request.method == "POST":
        return _save(request, call, found)
    return _page(request, call, found, _as_saved(found))


def _as_saved(selection: Selection) -> JointMinutesForm:
    return JointMinutesForm(initial={"minutes": selection.minutes})


def _page(
    request: Request, call: Call, found: Selection, form: JointMinutesForm, status: int = 200, **more: object
) -> HttpResponse:
    context = {"call": call, "form": form, "version": found.version, "saved_at": found.saved_at, **more}
    return render(request, "reviews/joint_minutes.html", context, status=status)


def _save(request: Request, call: Call, found: Selection) -> HttpResponse:
    form = JointMinutesForm(settled(request.POST, (_as_saved(found),)))
    if not form.is_valid():
        message = _("The minutes are not saved.")
        if request.htmx:
            return JsonResponse({"message": message, "errors": errors_of((form,))}, status=422)
        return _page(request, call, found, form, 422, message=message)
    text, version = form.cleaned_data["minutes"], request.POST.get("version", "")
    number = int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else -1
    try:
        saved = save_minutes(call, text=text, version=number, by=request.user, at=request.arrived_at)
    except EditConflict:
        return _conflict(request, call, Selection.objects.get(pk=found.pk), form)
    if not request.htmx:
        messages.success(request, _("The minutes are saved."))
        return see(request, "joint_minutes", call.code)
    context = {"version": saved.version, "saved_at": saved.saved_at, "oob": True}
    return render(request, "reviews/_minutes_saved.html", context)


def _conflict(request: Request, call: Call, saved: Selection, form: JointMinutesForm) -> HttpResponse:
    if not request.htmx:
        typed = JointMinutesForm(initial={"minutes": form.cleaned_data["minutes"]})
        return _page(request, call, saved, typed, 409, saved=saved)
    choices = choices_between((form,), (_as_saved(saved),), frozenset(request.POST.getlist("touched")))
    context = {"call": call, "form": form, "choices": choices, "version": saved.version}
    return render(request, "reviews/_minutes_conflict.html", context, status=409)

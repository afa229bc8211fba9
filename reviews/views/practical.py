"""The practical page of a confirmed seminar, for its coordinators and officers; the coordinators write in it."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from reviews.actions.practical import save_practical
from reviews.exports.practical import people_sheet, seminar_calendar
from reviews.forms.practical import PracticalForm
from reviews.models import Practical
from reviews.models.practical import TEXTS
from reviews.permissions import write_practical_refusal
from reviews.queries.pairs import titles_of
from reviews.queries.practical import Page, confirmed_for, page_of, practical_of
from seminars.actions.proposals import EditConflict
from seminars.forms.section import choices_between, errors_of, settled
from seminars.models import Seminar
from seminars.permissions import Refused
from seminars.views.tables import table_answer


def _seminar(request: Request, pk: int) -> Seminar:
    return get_object_or_404(confirmed_for(request.user), pk=pk)


def _page(request: Request, pk: int) -> Page:
    return page_of(_seminar(request, pk), request.user)


@policy(SIGNED_IN)
@require_safe
def practical(request: Request, pk: int) -> HttpResponse:
    """Show where and when a confirmed seminar takes place, who comes, what is granted, and what is next."""
    page = _page(request, pk)
    form = _as_saved(page.practical)
    texts = [(form.fields[name].label, getattr(page.practical, name)) for name in TEXTS]
    context = {
        "page": page,
        "call": page.seminar.call,
        "proposal": page.own,
        "texts": [(label, text) for label, text in texts if text],
        "may_write": write_practical_refusal(page.seminar, request.user) is None,
    }
    return render(request, "reviews/practical.html", context)


@policy(SIGNED_IN)
@require_safe
def practical_people(request: Request, pk: int) -> HttpResponse:
    """Give the list of participants as a workbook."""
    page = _page(request, pk)
    return table_answer(request, f"{page.seminar}-participants", "xlsx", [people_sheet(page)])


@policy(SIGNED_IN)
@require_safe
def practical_calendar(request: Request, pk: int) -> HttpResponse:
    """Give the days of the seminar as a calendar file."""
    page = _page(request, pk)
    written = seminar_calendar(page, settings.SITE_URL + reverse("practical", kwargs={"pk": pk}))
    headers = {"Content-Disposition": f'attachment; filename="seminar-{page.seminar}.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_practical(request: Request, pk: int) -> HttpResponse:
    """Show the practical information to be written; POST saves it, or shows both texts where both were changed."""
    seminar = _seminar(request, pk)
    if refusal := write_practical_refusal(seminar, request.user):
        return _shown(request, seminar, None, 403, refusal=refusal)
    if request.method == "POST":
        return _save(request, seminar)
    return _shown(request, seminar, _as_saved(practical_of(seminar)))


def _as_saved(saved: Practical) -> PracticalForm:
    return PracticalForm(initial={name: getattr(saved, name) for name in TEXTS})


def _shown(
    request: Request, seminar: Seminar, form: PracticalForm | None, status: int = 200, **more: object
) -> HttpResponse:
    saved = practical_of(seminar)
    context = {
        "seminar": seminar,
        "title": titles_of([seminar.pk]).get(seminar.pk, ""),
        "form": form,
        "version": saved.version,
        "saved_at": saved.saved_at,
        "who": saved.saved_by,
        **more,
    }
    return render(request, "reviews/edit_practical.html", context, status=status)


def _save(request: Request, seminar: Seminar) -> HttpResponse:
    form = PracticalForm(settled(request.POST, (_as_saved(practical_of(seminar)),)))
    version = request.POST.get("version", "")
    if not form.is_valid():
        errors = errors_of((form,))
        message = ngettext(
            "Not saved: %(number)d field needs attention.", "Not saved: %(number)d fields need attention.", len(errors)
        ) % {"number": len(errors)}
        if request.htmx:
            return JsonResponse({"message": message, "errors": errors}, status=422)
        return _shown(request, seminar, form, 422, message=message, version=version)
    number = int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else -1
    try:
        saved = save_practical(seminar, form.values(), version=number, by=request.user, at=request.arrived_at)
    except EditConflict:
        return _conflict(request, seminar, form)
    except Refused as refused:
        if request.htmx:
            return JsonResponse({"message": str(refused.args[0])}, status=403)
        return _shown(request, seminar, form, 403, refusal=refused.args[0])
    if request.htmx:
        context = {"version": saved.version, "saved_at": saved.saved_at, "oob": True}
        return render(request, "reviews/_minutes_saved.html", context)
    messages.success(request, _("Your entries have been saved."))
    answer = redirect("practical", pk=seminar.pk)
    answer.status_code = 303
    return answer


def _conflict(request: Request, seminar: Seminar, form: PracticalForm) -> HttpResponse:
    choices = choices_between((form,), (_as_saved(practical_of(seminar)),), frozenset(request.POST.getlist("touched")))
    if not request.htmx:
        return _shown(request, seminar, form, 409, choices=choices)
    saved = practical_of(seminar)
    context = {"seminar": seminar, "form": form, "choices": choices, "version": saved.version}
    context |= {"saved_at": saved.saved_at, "who": saved.saved_by}
    return render(request, "reviews/_practical_conflict.html", context, status=409)

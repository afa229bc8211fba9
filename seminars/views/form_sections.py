"""The sections that are one form: shown, and saved by button or by themselves with the same rules.

A page without JavaScript gets pages. One that saves by itself (``HX-Request``) gets the parts that changed: 200, or
422 with what is wrong by field, 409 with both texts, 403 with the reason, 401 when the session is lost.
"""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import SIGNED_IN, policy
from seminars.actions.coordinators import save_coordinators
from seminars.actions.proposals import EditConflict, save_section
from seminars.forms.coordinators import CoordinatorsForm
from seminars.forms.facts import SpanForm
from seminars.forms.section import Choice, SectionForm, choices_between, errors_of, settled, typed_texts
from seminars.models import Proposal
from seminars.permissions import Refused, edit_refusal
from seminars.queries.calendars import span_of
from seminars.views.sections import FORMS, form_context, section_context

AnyForm = SectionForm | CoordinatorsForm


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, pk: int, section: str) -> HttpResponse:
    """Show a section that is one form; POST saves it, whole or not at all."""
    proposal = get_object_or_404(Proposal.objects.owned_by(request.user).with_dossier(), pk=pk)
    if request.method == "POST":
        return _save(request, proposal, section)
    form = FORMS[section](proposal=proposal)
    return render(request, "seminars/proposals/section.html", form_context(form, at=request.arrived_at))


@policy(SIGNED_IN)
@require_safe
def dates_info(request: Request, pk: int) -> HttpResponse:
    """Tell what the days asked about mean, for the page to show beside them."""
    proposal = get_object_or_404(
        Proposal.objects.owned_by(request.user)
        .with_side()
        .prefetch_related("side__call__countries", "side__cost_kinds"),
        pk=pk,
    )
    form = SpanForm(request.GET)
    form.is_valid()
    span = span_of(form.cleaned_data.get("start_on"), form.cleaned_data.get("end_on"), proposal.side)
    return render(request, "seminars/proposals/_dates.html", {"span": span, "proposal": proposal})


def _save(request: Request, proposal: Proposal, section: str) -> HttpResponse:
    """Save what was posted to a section of a record fetched with its dossier."""
    make = FORMS[section]
    form = make(settled(request.POST, make(proposal=proposal).forms), proposal=proposal)
    refusal = edit_refusal(proposal, request.user, request.arrived_at)
    if refusal:
        return _refused(request, form, str(refusal))
    if not form.is_valid():
        return _wrong(request, form)
    try:
        _write(request, form)
    except Refused as refused:
        return _refused(request, form, str(refused.args[0]))
    except EditConflict:
        return _conflict(request, form)
    return _saved(request, form)


def _write(request: Request, form: AnyForm) -> None:
    version = request.POST.get("version", "")
    by, at = request.user, request.arrived_at
    if isinstance(form, CoordinatorsForm):
        own, partner = form.entries()
        save_coordinators(form.proposal, form.filing.values(), own, partner, version=version, by=by, at=at)
        return
    number = int(version) if re.fullmatch(r"\d{1,9}", version, re.ASCII) else -1
    save_section(form.proposal, form.section, form.values(), version=number, by=by, at=at)


def _reread(request: Request, form: AnyForm) -> AnyForm:
    proposal = Proposal.objects.owned_by(request.user).with_dossier().get(pk=form.proposal.pk)
    return FORMS[form.section](proposal=proposal)


def _saved(request: Request, form: AnyForm) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Your entries have been saved."))
        context = section_context(form.proposal, form.section, at=request.arrived_at)
        after = context["next"].url if context["next"] else resolve_url("submit", form.proposal.pk)
        answer = redirect(after if "onward" in request.POST else context["current"].url)
        answer.status_code = 303
        return answer
    saved = _reread(request, form) if isinstance(form, CoordinatorsForm) else form
    context = section_context(saved.proposal, saved.section, at=request.arrived_at)
    context |= {"version": saved.version, "oob": True}
    if isinstance(form, CoordinatorsForm) and isinstance(saved, CoordinatorsForm):
        context["refreshed"] = list(form.refreshed(saved))
    return render(request, "seminars/proposals/_answer.html", context)


def _wrong(request: Request, form: AnyForm) -> HttpResponse:
    errors = errors_of(form.forms)
    message = ngettext(
        "Not saved: %(number)d field needs attention.", "Not saved: %(number)d fields need attention.", len(errors)
    ) % {"number": len(errors)}
    if request.htmx:
        return JsonResponse({"message": message, "errors": errors}, status=422)
    context = form_context(form, at=request.arrived_at)
    context |= {"message": message, "version": request.POST.get("version", "")}
    return render(request, "seminars/proposals/section.html", context, status=422)


def _refused(request: Request, form: AnyForm, refusal: str) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"message": refusal}, status=403)
    context = form_context(form, at=request.arrived_at)
    saved = FORMS[form.section](proposal=form.proposal)
    context |= {"refusal": refusal, "typed": typed_texts(form.forms, saved.forms)}
    return render(request, "seminars/proposals/section.html", context, status=403)


def _conflict(request: Request, form: AnyForm) -> HttpResponse:
    saved = _reread(request, form)
    refusal = edit_refusal(saved.proposal, request.user, request.arrived_at)
    if refusal:
        return _refused(request, form, str(refusal))
    touched = frozenset(request.POST.getlist("touched"))
    choices: list[Choice] = choices_between(form.forms, saved.forms, touched)
    last = HistoryEntry.objects.about(saved.proposal).select_related("actor").order_by("-pk").first()
    context: dict[str, Any] = section_context(saved.proposal, saved.section, at=request.arrived_at)
    context |= {"form": form, "version": saved.version, "choices": choices, "who": last.actor if last else None}
    page = "_conflict" if request.htmx else "conflict"
    return render(request, f"seminars/proposals/{page}.html", context, status=409)

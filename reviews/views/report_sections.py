"""The sections of a report that are one form: shown, and saved by button or by themselves, as those of a record are."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import SIGNED_IN, policy
from reviews.forms.report import ReportForm
from reviews.forms.report_rows import FORMS
from reviews.permissions import write_report_refusal, write_summary_refusal
from reviews.queries.report_contents import Contents
from reviews.views.report import frame, own_report, see, version_of
from reviews.words.report import SECTIONS
from seminars.actions.proposals import EditConflict
from seminars.forms.section import choices_between, errors_of, settled, typed_texts
from seminars.models import Proposal
from seminars.permissions import Refusal, Refused


def _refusal(request: Request, contents: Contents, section: str) -> Refusal | None:
    ask = write_summary_refusal if section == "summary" else write_report_refusal
    return ask(contents.report, request.user, request.arrived_at)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def report_section(request: Request, pk: int, section: str) -> HttpResponse:
    """Show a section; POST saves it, whole or not at all."""
    if section not in FORMS:
        raise Http404
    proposal, contents = own_report(request, pk)
    saved = FORMS[section](contents=contents, user=request.user, beside=request.POST)
    if request.method == "POST":
        return _save(request, proposal, contents, saved)
    return render(request, "reviews/report_section.html", _context(request, proposal, contents, saved))


def section_frame(request: Request, proposal: Proposal, contents: Contents, section: str) -> dict[str, Any]:
    """Return what the page of any section shows around its form."""
    names = list(SECTIONS)
    place = names.index(section)
    return frame(request, proposal, contents) | {
        "section": section,
        "label": SECTIONS[section],
        "previous": _place(names[place - 1]) if place else None,
        "next": _place(names[place + 1]) if place + 1 < len(names) else None,
        "refusal": _refusal(request, contents, section),
    }


def _place(section: str) -> tuple[str, Any]:
    return section, SECTIONS[section]


def _context(request: Request, proposal: Proposal, contents: Contents, form: ReportForm) -> dict[str, Any]:
    return section_frame(request, proposal, contents, form.section) | {
        "form": form,
        "body": f"reviews/_report_{form.section}.html",
        "version": form.version,
        "saved_at": form.saved_at,
    }


def _save(request: Request, proposal: Proposal, contents: Contents, saved: ReportForm) -> HttpResponse:
    form = type(saved)(settled(request.POST, saved.forms), contents=contents, user=request.user)
    if refusal := _refusal(request, contents, form.section):
        return _refused(request, proposal, contents, form, str(refusal))
    if not form.is_valid():
        return _wrong(request, proposal, contents, form)
    try:
        form.write(version=version_of(request), by=request.user, at=request.arrived_at)
    except Refused as refused:
        return _refused(request, proposal, contents, form, str(refused.args[0]))
    except EditConflict:
        return _conflict(request, proposal, form)
    if not request.htmx:
        messages.success(request, _("Your entries have been saved."))
        return _after(request, proposal, contents, form.section)
    proposal, contents = own_report(request, proposal.pk)
    again = type(saved)(contents=contents, user=request.user)
    context = _context(request, proposal, contents, again) | {"oob": True}
    return render(request, "reviews/_report_answer.html", context)


def _after(request: Request, proposal: Proposal, contents: Contents, section: str) -> HttpResponse:
    following = section_frame(request, proposal, contents, section)["next"]
    if "onward" not in request.POST:
        return see("report_section", proposal.pk, section)
    if following is None:
        return see("report", proposal.pk)
    name = following[0]
    return see("report_files", proposal.pk) if name == "files" else see("report_section", proposal.pk, name)


def _wrong(request: Request, proposal: Proposal, contents: Contents, form: ReportForm) -> HttpResponse:
    errors = errors_of(form.forms)
    message = ngettext(
        "Not saved: %(number)d field needs attention.", "Not saved: %(number)d fields need attention.", len(errors)
    ) % {"number": len(errors)}
    if request.htmx:
        return JsonResponse({"message": message, "errors": errors}, status=422)
    context = _context(request, proposal, contents, form)
    context |= {"message": message, "version": request.POST.get("version", "")}
    return render(request, "reviews/report_section.html", context, status=422)


def _refused(request: Request, proposal: Proposal, contents: Contents, form: ReportForm, refusal: str) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"message": refusal}, status=403)
    saved = type(form)(contents=contents, user=request.user, beside=request.POST)
    context = _context(request, proposal, contents, saved)
    context |= {"refusal": refusal, "typed": typed_texts(form.forms, saved.forms)}
    return render(request, "reviews/report_section.html", context, status=403)


def _conflict(request: Request, proposal: Proposal, form: ReportForm) -> HttpResponse:
    proposal, contents = own_report(request, proposal.pk)
    if refusal := _refusal(request, contents, form.section):
        return _refused(request, proposal, contents, form, str(refusal))
    saved = type(form)(contents=contents, user=request.user, beside=request.POST)
    touched = frozenset(request.POST.getlist("touched"))
    choices = choices_between(form.forms, saved.forms, touched)
    last = HistoryEntry.objects.about(contents.report).select_related("actor").order_by("-pk").first()
    context = _context(request, proposal, contents, saved)
    context |= {"form": form, "choices": choices, "who": last.actor if last else None}
    page = "_report_conflict" if request.htmx else "report_conflict"
    return render(request, f"reviews/{page}.html", context, status=409)

"""One final report for officers: every version, accepting or returning it, opening it again, publishing its summary."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from reviews.actions import report_files, report_signing, report_summary
from reviews.choices import ReportState
from reviews.forms.report import WordForm
from reviews.models import Report, ReportSide
from reviews.permissions import agree_refusal, decide_report_refusal, reopen_report_refusal, take_down_refusal
from reviews.queries.report_contents import Contents, contents_of, handed_in_with, with_contents
from reviews.queries.report_readable import differing, read_report
from reviews.rules import report as rules
from reviews.views.report import agreed_words, see, version_of
from seminars.actions.proposals import EditConflict
from seminars.forms.submission import ReasonForm
from seminars.models import Call
from seminars.permissions import Refused
from seminars.views.desk import call_run_by


def _own_side(request: Request, contents: Contents) -> ReportSide:
    """Return a side of the officer's agencies: the one that has still to decide, where there are several."""
    own = [side.held for side in contents.sides if side.held.side.agency_id in request.user.officer_agencies]
    open_ = [held for held in own if decide_report_refusal(contents.report, held, request.user) is None]
    return (open_ or own)[0]


def _read(request: Request, code: str, pk: int) -> tuple[Call, Contents, ReportSide]:
    """Return a report that the officer reads, with its call and the side they speak for; 404 for any other."""
    call = call_run_by(request, code)
    readable = with_contents(Report.objects.read_by(request.user).filter(seminar__call=call))
    contents = contents_of(get_object_or_404(readable, pk=pk))
    return call, contents, _own_side(request, contents)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_report(request: Request, code: str, pk: int) -> HttpResponse:
    """Show a report as it was last handed in; each agency's officer accepts or returns it, agrees to publish."""
    call, contents, held = _read(request, code, pk)
    form = WordForm(request.POST if request.method == "POST" else None)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            words = _deed(request, contents, held, form)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        except EditConflict:
            refusal, status = _("The summary has changed since you opened this page. Read it again."), 409
        else:
            if words:
                messages.success(request, words)
                return see("desk_report", code, pk)
            status = 422
    return render(
        request, "reviews/desk_report.html", _context(request, call, contents, held, form, refusal), status=status
    )


def _context(
    request: Request, call: Call, contents: Contents, held: ReportSide, form: WordForm, refusal: object
) -> dict[str, object]:
    report = contents.report
    versions = list(report.versions.all())
    latest = versions[0] if versions else None
    read = [read_report(json.loads(version.snapshot)) for version in versions[:2]]
    return {
        "call": call,
        "contents": contents,
        "report": report,
        "side": held.side,
        "held": held,
        "form": form,
        "refusal": refusal,
        "is_overdue": report.is_overdue(request.arrived_at),
        "versions": versions,
        "latest": latest,
        "parts": read[0] if read else [],
        "differing": differing(*read) if len(read) > 1 else None,
        "is_current": report.state in (ReportState.SUBMITTED, ReportState.ACCEPTED),
        "handed_in": handed_in_with(latest) if latest else None,
        "may_reopen": reopen_report_refusal(report, held, request.user) is None,
        "may_decide": decide_report_refusal(report, held, request.user) is None,
        "cannot_agree": agree_refusal(report, held, request.user, request.arrived_at, as_officer=True),
        "is_publishable": rules.is_publishable(report.public_text),
        "may_take_down": take_down_refusal(report, held, request.user) is None,
    }


def _deed(request: Request, contents: Contents, held: ReportSide, form: WordForm) -> str:
    """Do what was asked for and return it in words, or nothing; raises Refused and EditConflict."""
    deeds: dict[str, Callable[[Request, Contents, ReportSide, WordForm], str]] = {
        "accept": _decide,
        "return": _decide,
        "agree": _agree,
        "disagree": _agree,
        "take_down": _take_down,
        "withdraw_photo": _withdraw_photo,
    }
    wanted = next((deed for name, deed in deeds.items() if name in request.POST), None)
    return wanted(request, contents, held, form) if wanted and form.is_valid() else ""


def _decide(request: Request, contents: Contents, held: ReportSide, form: WordForm) -> str:
    state = report_signing.decide_report(
        contents.report,
        held.side,
        number=version_of(request),
        accepts="accept" in request.POST,
        comment=form.cleaned_data["comment"],
        by=request.user,
        at=request.arrived_at,
    )
    if state == ReportState.RETURNED:
        return _("The report is back with the coordinators, with your comment.")
    if state == ReportState.ACCEPTED:
        return _("Both agencies have accepted the report; everybody has been told.")
    return _("Noted. The report is accepted once the other agency has accepted, too.")


def _agree(request: Request, contents: Contents, held: ReportSide, form: WordForm) -> str:
    agrees = "agree" in request.POST
    published = report_summary.agree_as_officer(
        contents.report,
        held.side,
        agrees=agrees,
        version=version_of(request),
        by=request.user,
        at=request.arrived_at,
    )
    return agreed_words(agrees=agrees, published=published)


def _take_down(request: Request, contents: Contents, held: ReportSide, form: WordForm) -> str:
    reason = form.cleaned_data["comment"]
    report_summary.take_down(contents.report, held.side, reason=reason, by=request.user, at=request.arrived_at)
    return _("The summary is no longer public.")


def _withdraw_photo(request: Request, contents: Contents, held: ReportSide, form: WordForm) -> str:
    latest = contents.report.versions.first()
    photos = handed_in_with(latest).photos if latest else ()
    photo = next((one for one in photos if str(one.pk) == request.POST["withdraw_photo"]), None)
    if photo is None:
        return ""
    reason = form.cleaned_data["comment"]
    report_files.withdraw_photo(photo, reason=reason, by=request.user, at=request.arrived_at)
    return _("The photo is deleted.")


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_report(request: Request, code: str, pk: int) -> HttpResponse:
    """Ask an officer why an accepted report is opened again; POST gives it back to its coordinators."""
    call, contents, held = _read(request, code, pk)
    report = contents.report
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal, status = reopen_report_refusal(report, held, request.user), 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            report_signing.reopen_report(report, held.side, reason=reason, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal = refused.args[0]
        else:
            messages.success(request, _("The report is open again; both coordinators have been told why."))
            return see("desk_report", code, pk)
    context = {"call": call, "report": report, "side": held.side, "form": form, "refusal": refusal}
    return render(request, "reviews/reopen_report.html", context, status=409 if refusal else status)

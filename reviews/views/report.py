"""The coordinators' pages of the final report: where it stands, signing it, and agreeing to its summary."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from reviews.actions import report_signing, report_summary
from reviews.models import Report
from reviews.permissions import agree_refusal, sign_report_refusal, write_report_refusal, write_summary_refusal
from reviews.queries.report_contents import Contents, contents_of, handed_in_with, with_contents
from reviews.queries.report_readable import read_report
from reviews.queries.report_snapshot import frozen
from reviews.rules import report as rules
from reviews.words.report import SECTIONS, lack_words
from seminars.actions.proposals import EditConflict
from seminars.choices import SeminarState
from seminars.models import Proposal
from seminars.permissions import Refused


def own_report(request: Request, pk: int) -> tuple[Proposal, Contents]:
    """Return one's own record of a confirmed seminar and the seminar's report; 404 for any other."""
    mine = Proposal.objects.owned_by(request.user).with_side().filter(seminar__state=SeminarState.CONFIRMED)
    proposal = get_object_or_404(mine, pk=pk)
    report = get_object_or_404(with_contents(Report.objects.written_by(request.user)), seminar=proposal.seminar_id)
    return proposal, contents_of(report)


def version_of(request: Request) -> int:
    """Return the version that a page was made from, or -1, which is nobody's."""
    text = request.POST.get("version", "")
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1


def frame(request: Request, proposal: Proposal, contents: Contents) -> dict[str, Any]:
    """Return what every page of a report shows its writers."""
    report, at = contents.report, request.arrived_at
    return {
        "proposal": proposal,
        "contents": contents,
        "report": report,
        "own": contents.side_of(request.user),
        "sections": list(SECTIONS.items()),
        "lacks": list(_lacks(request, contents)) if report.is_writing else [],
        "is_overdue": report.is_overdue(at),
        "cannot_write": write_report_refusal(report, request.user, at),
    }


def _lacks(request: Request, contents: Contents) -> Iterator[tuple[str, str, bool]]:
    """Yield what the report lacks: section, words, and whether only the partner can write it."""
    own = contents.side_of(request.user)
    for lack in contents.lacks(request.arrived_at):
        is_partners = lack.section == "spending" and (own is None or lack.side != own.facts.key)
        yield lack.section, lack_words(lack), is_partners


@policy(SIGNED_IN)
@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """Show where the report stands: what it lacks, who has signed, what the agencies say, and who agrees to publish."""
    proposal, contents = own_report(request, pk)
    held, at = contents.report, request.arrived_at
    own = contents.side_of(request.user)
    context = frame(request, proposal, contents) | {
        "cannot_sign": sign_report_refusal(held, request.user, at),
        "cannot_agree": agree_refusal(held, own.held, request.user, at, as_officer=False) if own else None,
        "cannot_write_summary": write_summary_refusal(held, request.user, at),
        "is_publishable": rules.is_publishable(held.public_text),
        "versions": list(held.versions.all()),
    }
    return render(request, "reviews/report.html", context)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_report(request: Request, pk: int) -> HttpResponse:
    """Show the whole report as it is to be signed; POST signs it for one's own side."""
    proposal, contents = own_report(request, pk)
    refusal, status = sign_report_refusal(contents.report, request.user, request.arrived_at), 200
    if request.method == "POST":
        try:
            made = report_signing.sign_report(
                contents.report, version=version_of(request), by=request.user, at=request.arrived_at
            )
        except Refused as refused:
            refusal, status = refused.args[0], 409
        except EditConflict:
            refusal, status = _("The report has changed since you opened this page. Read it again."), 409
            proposal, contents = own_report(request, pk)
        else:
            words = _("You have signed. The report is with both agencies.") if made else _("You have signed.")
            messages.success(request, words)
            return see("report", pk)
    context = frame(request, proposal, contents) | {"refusal": refusal, "parts": read_report(frozen(contents))}
    return render(request, "reviews/sign_report.html", context, status=status)


def see(name: str, *args: object) -> HttpResponse:
    """Send the browser to a page after something was done."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


@policy(SIGNED_IN)
@require_POST
def agree_to_summary(request: Request, pk: int) -> HttpResponse:
    """Agree to publish the summary as its coordinator, or take that back."""
    _proposal, contents = own_report(request, pk)
    agrees = "agree" in request.POST
    try:
        published = report_summary.agree_as_coordinator(
            contents.report, agrees=agrees, version=version_of(request), by=request.user, at=request.arrived_at
        )
    except Refused as refused:
        messages.error(request, str(refused.args[0]))
    except EditConflict:
        messages.error(request, _("The summary has changed since you opened this page. Read it again."))
    else:
        messages.success(request, agreed_words(agrees=agrees, published=published))
    return see("report", pk)


def agreed_words(*, agrees: bool, published: bool) -> str:
    """Return what is said after somebody has agreed to publish, or taken that back."""
    if published:
        return _("Everybody has agreed: the summary is published.")
    return _("You agree to publish the summary.") if agrees else _("You no longer agree to publish the summary.")


@policy(SIGNED_IN)
@require_safe
def report_version(request: Request, pk: int, number: int) -> HttpResponse:
    """Show a version as it was handed in, with its fingerprint, to its writers and the officers who read it."""
    visible = Report.objects.visible_to(request.user).select_related("seminar__call")
    held = get_object_or_404(visible, pk=pk)
    related = ("reopening__side__agency", "reopening__reopened_by")
    versions = held.versions.select_related(*related).prefetch_related("words__side__agency", "words__said_by")
    version = get_object_or_404(versions, number=number)
    snapshot = json.loads(version.snapshot)
    mine = Proposal.objects.owned_by(request.user).filter(seminar=held.seminar_id).select_related("side").first()
    context = {
        "report": held,
        "version": version,
        "title": snapshot["title"],
        "signatures": [side for side in snapshot["sides"] if side["signed_by"]],
        "parts": read_report(snapshot),
        "proposal": mine,
        "handed_in": handed_in_with(version, mine.side if mine else None),
    }
    return render(request, "reviews/report_version.html", context)

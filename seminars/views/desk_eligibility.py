"""The cases of a call whose eligibility is decided: the list, and deciding on many at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions.eligibility import Target
from seminars.actions.eligibility_bulk import CLEAR, MOST, VOID, decide_many, qualifies
from seminars.exports.cases import cases_sheet
from seminars.forms.eligibility import ORDERS, CaseFilter
from seminars.models import Call
from seminars.permissions import decide_refusal
from seminars.queries.brief_cases import brief_cases
from seminars.queries.case_list import counts, matching
from seminars.queries.eligibility import Case
from seminars.views.tables import table_answer

PER_PAGE = 50


def call_with_terms(request: Request, code: str) -> Call:
    """Return a call that the officer runs, with all its terms; 404 for any other."""
    return get_object_or_404(Call.objects.run_by(request.user).with_terms(), code=code)


@policy(OFFICER)
@require_safe
def desk_eligibility(request: Request, code: str) -> HttpResponse:
    """List the cases of a call with what the rules propose and what both sides have decided."""
    call = call_with_terms(request, code)
    everything = brief_cases(request.user, call, request.arrived_at)
    form = CaseFilter(request.GET)
    asked = form.asked
    page = Paginator(matching(everything, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "form": form,
        "asked": asked,
        "is_narrowed": bool(asked.keys() - {"sort"}),
        "orders": ORDERS.items(),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "cases": page.object_list,
        "counts": counts(everything),
    }
    return render(request, "seminars/desk/eligibility.html", context)


@policy(OFFICER)
@require_safe
def desk_eligibility_file(request: Request, code: str, ending: str) -> HttpResponse:
    """Return the same list, all its pages, as a file."""
    call = call_with_terms(request, code)
    found = matching(brief_cases(request.user, call, request.arrived_at), CaseFilter(request.GET).asked)
    return table_answer(request, f"{call.code}-eligibility", ending, [cases_sheet(call, found)])


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_eligibility_bulk(request: Request, code: str, kind: str) -> HttpResponse:
    """List the clear cases, or the void ones, that would be decided together; POST decides on those ticked."""
    if kind not in (CLEAR, VOID):
        raise Http404
    call, at = call_with_terms(request, code), request.arrived_at
    found = [case for case in brief_cases(request.user, call, at) if qualifies(case, kind)]
    if request.method == "POST":
        return _decide_ticked(request, call, kind)
    ready = [case for case in found if not _refusal(case, request)]
    waiting = next((_refusal(case, request) for case in found if _refusal(case, request)), None)
    context = {
        "call": call,
        "kind": kind,
        "cases": ready[:MOST],
        "more": max(0, len(ready) - MOST),
        "refusal": None if ready else waiting,
    }
    return render(request, "seminars/desk/eligibility_bulk.html", context)


def _refusal(case: Case, request: Request) -> object:
    refusals = [decide_refusal(case, half, request.user, request.arrived_at) for half in case.to_decide]
    return next((refusal for refusal in refusals if refusal is not None), None)


def _decide_ticked(request: Request, call: Call, kind: str) -> HttpResponse:
    ticked = set(request.POST.getlist("case")[:MOST])
    seen = {case.key: case for case in brief_cases(request.user, call, request.arrived_at) if case.key in ticked}
    targets: dict[Target, Case] = {case.seminar or case.first: case for case in seen.values()}
    outcomes = decide_many(targets, kind, by=request.user, at=request.arrived_at)
    done = sum(not outcome.skipped for outcome in outcomes)
    if done:
        words = ngettext("%(number)d case is decided.", "%(number)d cases are decided.", done)
        messages.success(request, words % {"number": done})
    elif not outcomes:
        messages.warning(request, _("Nothing was ticked, so nothing was decided."))
    for outcome in outcomes:
        if outcome.skipped:
            title = str(targets[outcome.target].first)
            messages.warning(request, _("Left alone: “%(title)s”. %(why)s") % {"title": title, "why": outcome.skipped})
    answer = redirect("desk_eligibility", code=call.code)
    answer.status_code = 303
    return answer

"""Officers reconcile the applications of both agencies: look, confirm, refuse, link by hand, take apart."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import OFFICER, policy
from seminars.actions import matching
from seminars.exports.reconciliation import candidates_sheet, rejected_sheet
from seminars.forms.reconciliation import TakeApartForm, list_asked, pairs_named
from seminars.models import Call, ListedApplication, Proposal, Seminar
from seminars.permissions import Refused, take_apart_refusal
from seminars.queries import search
from seminars.queries.entries import key_of, side_by_side, told
from seminars.queries.reconciliation import Reconciliation, pair_name
from seminars.rules.matching import SURE
from seminars.views.desk import call_run_by
from seminars.views.pairing import see_other
from seminars.views.tables import table_answer
from seminars.words import history
from seminars.words.matching import LISTS

PER_PAGE = 25
FOUND = 20
"""How many applications a search by hand shows."""
SHOWN = 20
"""How many deeds of the history an entry's page shows."""


@policy(OFFICER)
@require_safe
def reconciliation(request: Request, code: str) -> HttpResponse:
    """List the applications without a pair with their candidates, or the refused candidates."""
    call, show = call_run_by(request, code), list_asked(request.GET)
    found = Reconciliation(request.user, call, request.arrived_at)
    page = Paginator(found.rejected if show == "rejected" else found.listed(show), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "call": call,
        "show": show,
        "lists": [(name, label, found.count(name)) for name, label in LISTS.items()],
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "can_pick": show == SURE,
        "undo": _undo(request),
    }
    return render(request, "seminars/desk/reconciliation.html", context)


@policy(OFFICER)
@require_safe
def reconciliation_file(request: Request, code: str, ending: str) -> HttpResponse:
    """Return the same list, all its pages and every candidate, as a file."""
    call, show = call_run_by(request, code), list_asked(request.GET)
    found = Reconciliation(request.user, call, request.arrived_at)
    sheet = rejected_sheet(found.rejected) if show == "rejected" else candidates_sheet(found.listed(show))
    return table_answer(request, f"{call.code}-reconciliation", ending, [sheet])


def _undo(request: Request) -> str:
    """Return the name of the pair that was refused just now, for its undo."""
    name = request.GET.get("undo", "")
    return name if pairs_named([name]) else ""


def _halves(request: Request, call: Call, pair: tuple[int, str, int]) -> tuple[Proposal, Proposal | ListedApplication]:
    """Return both halves of a pair that the officer may judge; 404 for any other."""
    record_id, kind, other_id = pair
    records = Proposal.objects.overseen_by(request.user).filter(side__call=call).with_side()
    rows = ListedApplication.objects.visible_to(request.user).filter(side__call=call).with_side()
    record = get_object_or_404(records, pk=record_id)
    if kind == "record":
        return record, get_object_or_404(records, pk=other_id)
    return record, get_object_or_404(rows, pk=other_id)


def _back(request: Request, call: Call, **added: str) -> HttpResponse:
    """Return to where the form was, on this site, as a page that reloading does not send again."""
    place = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None) or not place.startswith("/desk/"):
        place = reverse("reconciliation", args=[call.code])
    for name, value in added.items():
        place += f"{'&' if '?' in place else '?'}{name}={value}"
    answer = HttpResponseRedirect(place)
    answer.status_code = 303
    return answer


@policy(OFFICER)
@require_POST
def confirm_matches(request: Request, code: str) -> HttpResponse:
    """Make pairs of all that were ticked; what can no longer be paired is told and left."""
    call, done = call_run_by(request, code), 0
    by_hand = "by_hand" in request.POST
    for pair in pairs_named(request.POST.getlist("pair")):
        record, half = _halves(request, call, pair)
        try:
            matching.confirm_match(record, half, by=request.user, at=request.arrived_at, by_hand=by_hand)
            done += 1
        except Refused as refused:
            messages.warning(request, f"{record}: {refused.args[0]}")
    if done:
        words = ngettext(
            "%(number)s pair is confirmed. The coordinators have been told by e-mail.",
            "%(number)s pairs are confirmed. The coordinators have been told by e-mail.",
            done,
        )
        messages.success(request, words % {"number": done})
    return _back(request, call)


@policy(OFFICER)
@require_POST
def reject_match(request: Request, code: str) -> HttpResponse:
    """Refuse one candidate; the page offers to undo it."""
    call, name = call_run_by(request, code), request.POST.get("pair", "")
    for pair in pairs_named([name]):
        record, half = _halves(request, call, pair)
        try:
            matching.reject_match(record, half, by=request.user, at=request.arrived_at)
        except Refused as refused:
            messages.warning(request, refused.args[0])
            break
        return _back(request, call, undo=name)
    return _back(request, call)


@policy(OFFICER)
@require_POST
def restore_match(request: Request, code: str) -> HttpResponse:
    """Take the refusal of one candidate back."""
    call = call_run_by(request, code)
    for pair in pairs_named([request.POST.get("pair", "")]):
        record, half = _halves(request, call, pair)
        try:
            matching.restore_match(record, half, by=request.user, at=request.arrived_at)
            messages.success(request, _("The candidate is offered again."))
        except Refused as refused:
            messages.warning(request, refused.args[0])
    return _back(request, call)


@policy(OFFICER)
@require_safe
def match_entry(request: Request, code: str, half_kind: str, pk: int) -> HttpResponse:
    """Show one application without a pair beside each of its candidates, and search for its other half by hand."""
    call = call_run_by(request, code)
    found = Reconciliation(request.user, call, request.arrived_at)
    line = found.lines.get((half_kind, pk))
    if line is None:
        raise Http404
    mine, sides, text = told(line.half, line.entry), list(call.sides.all()), request.GET.get("q", "")
    offered = {key_of(offer.half) for offer in line.offers}
    others = [half for half in _searched(found, line.half, text) if key_of(half) not in offered]
    context = {
        "call": call,
        "line": line,
        "mine": mine,
        "facts": side_by_side(mine, mine, sides),
        "offers": [
            (offer, side_by_side(mine, told(offer.half, found.entries[key_of(offer.half)]), sides))
            for offer in line.offers
        ],
        "q": text,
        "found": [(half, pair_name(line.half, half), told(half, found.entries[key_of(half)])) for half in others],
        "history": _history(line.half),
    }
    return render(request, "seminars/desk/match_entry.html", context)


def _searched(found: Reconciliation, half: Any, text: str) -> list[Any]:
    """Return the first applications of the other side that hold all words, as far as they can be its other half."""
    if not text.strip():
        return []
    rows = search.listed(ListedApplication.objects.filter(pk__in=[row.pk for row in found.rows]), text)
    records = search.matching(Proposal.objects.filter(pk__in=[record.pk for record in found.records]), text)
    keys = [*(("record", pk) for pk in records.values_list("pk", flat=True))]
    if key_of(half)[0] == "record":
        keys += [("row", pk) for pk in rows.values_list("pk", flat=True)]
    halves = [found.halves[key] for key in keys]
    return [other for other in halves if other.side_id != half.side_id][:FOUND]


def _history(half: Any) -> list[history.Line]:
    entries = HistoryEntry.objects.about(half).filter(verb__in=history.MATCHING).select_related("actor")
    return list(history.lines(entries[:SHOWN], {}))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_apart(request: Request, pk: int) -> HttpResponse:
    """Say what taking a match apart means and ask why; POST does it."""
    seminars = Seminar.objects.visible_to(request.user).filter(call__in=Call.objects.run_by(request.user))
    seminar = get_object_or_404(seminars.select_related("call", "matched_by"), pk=pk)
    form = TakeApartForm(request.POST or None)
    refusal, status = take_apart_refusal(seminar, request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                matching.take_apart(seminar, reason=form.cleaned_data["reason"], by=request.user, at=request.arrived_at)
            except Refused as refused:
                refusal, status = refused.args[0], 409
            else:
                messages.success(request, _("The pair is taken apart. The coordinators have been told by e-mail."))
                return see_other("reconciliation", seminar.call.code)
    context = {"seminar": seminar, "form": form, "refusal": refusal}
    return render(request, "seminars/desk/take_apart.html", context, status=status)

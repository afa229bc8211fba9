"""The imported lists of a call, and one list with its rows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import OFFICER, policy
from seminars.actions import application_list as actions
from seminars.choices import ListState
from seminars.exports.list_template import list_template
from seminars.exports.workbook import TYPE
from seminars.models import ApplicationList, Call, ListedApplication
from seminars.permissions import Refused, prepare_refusal, share_refusal, undo_refusal, unshare_refusal
from seminars.views.desk import call_run_by
from seminars.views.pairing import see_other
from seminars.words import history

PER_PAGE = 50


def visible_list(request: Request, pk: int) -> ApplicationList:
    """Return a list that the officer may read, in a call they run; 404 for any other."""
    seen = ApplicationList.objects.visible_to(request.user).with_names()
    return get_object_or_404(seen.filter(side__call__in=Call.objects.run_by(request.user)), pk=pk)


def held_list(request: Request, pk: int) -> ApplicationList:
    """Return a list that the officer's agency holds; 404 for any other, one shared with it included."""
    held = ApplicationList.objects.held_for(request.user).with_names()
    return get_object_or_404(held.filter(side__call__in=Call.objects.run_by(request.user)), pk=pk)


@policy(OFFICER)
@require_safe
def application_lists(request: Request, code: str) -> HttpResponse:
    """List the imported lists of a call that the officer may read, newest first."""
    call = call_run_by(request, code)
    lists = ApplicationList.objects.visible_to(request.user).filter(side__call=call).with_names()
    page = Paginator(lists, PER_PAGE).get_page(request.GET.get("page"))
    context = {"call": call, "page": page, "own_agencies": request.user.officer_agencies}
    return render(request, "seminars/lists/lists.html", context)


@policy(OFFICER)
@require_safe
def application_list(request: Request, pk: int) -> HttpResponse:
    """Show one list: how far its import has come, or its rows, who did what, and what can be done now."""
    listed, user = visible_list(request, pk), request.user
    is_own = listed.held_by_id in user.officer_agencies
    if is_own and listed.state == ListState.UPLOADED:
        return redirect("application_list_preview", pk)
    rows = ListedApplication.objects.visible_to(user).filter(application_list=listed)
    page = Paginator(rows.order_by("row_number").select_related("seminar__call"), PER_PAGE)
    entries = HistoryEntry.objects.about(listed).select_related("actor") if is_own else ()
    context = {
        "call": listed.side.call,
        "list": listed,
        "is_own": is_own,
        "page": page.get_page(request.GET.get("page")),
        "history": list(history.lines(entries, {})),
        "undo_refusal": undo_refusal(listed, user),
        "share_refusal": share_refusal(listed, user),
        "unshare_refusal": unshare_refusal(listed, user),
    }
    return render(request, "seminars/lists/list.html", context)


@policy(OFFICER)
@require_safe
def application_list_template(request: Request, code: str) -> HttpResponse:
    """Return an empty list with the columns that the import knows, in the reader's language."""
    call = call_run_by(request, code)
    answer = HttpResponse(list_template(), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{call.code}-list.xlsx"'
    return answer


def _confirm(request: Request, listed: ApplicationList, deed: str, refusal: Any, done: str) -> HttpResponse:
    """Say what a deed means and ask once more; POST does it."""
    status = 200
    if request.method == "POST":
        do = {"undo": actions.undo_import, "share": actions.share_list, "unshare": actions.unshare_list}.get(deed)
        try:
            (do or actions.discard_list)(listed, by=request.user, at=request.arrived_at)
        except Refused as refused:
            refusal, status = refused.args[0], 409
        else:
            messages.success(request, done)
            if deed == "discard":
                return see_other("application_lists", listed.side.call.code)
            return see_other("application_list", listed.pk)
    context = {"call": listed.side.call, "list": listed, "deed": deed, "refusal": refusal}
    return render(request, "seminars/lists/confirm.html", context, status=status)


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_undo(request: Request, pk: int) -> HttpResponse:
    """Undo an import."""
    listed = held_list(request, pk)
    return _confirm(request, listed, "undo", undo_refusal(listed, request.user), _("The import was undone."))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_share(request: Request, pk: int) -> HttpResponse:
    """Share a list with the other agency."""
    listed = held_list(request, pk)
    return _confirm(request, listed, "share", share_refusal(listed, request.user), _("The list is shared now."))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_unshare(request: Request, pk: int) -> HttpResponse:
    """Take the sharing of a list back."""
    listed = held_list(request, pk)
    refusal = unshare_refusal(listed, request.user)
    return _confirm(request, listed, "unshare", refusal, _("The list is no longer shared."))


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_discard(request: Request, pk: int) -> HttpResponse:
    """Throw away a list that was not imported."""
    listed = held_list(request, pk)
    refusal = prepare_refusal(listed, request.user)
    return _confirm(request, listed, "discard", refusal, _("The list was thrown away."))

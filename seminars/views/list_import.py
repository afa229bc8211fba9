"""The steps of an import: the file, its columns, the preview, and the order to import."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.policies import OFFICER, policy
from seminars.actions import application_list as actions
from seminars.actions.list_import import order_import, run_import
from seminars.actions.proposals import EditConflict
from seminars.choices import ListState
from seminars.forms.application_list import ColumnsForm, ListUploadForm, ReadAgainForm, RowsForm, read_upload
from seminars.models import ApplicationList
from seminars.permissions import Refused
from seminars.queries.list_preview import Line, Preview, seen_choices, table_of
from seminars.rules.sheet import samples
from seminars.views.application_lists import held_list
from seminars.views.desk import call_run_by
from seminars.views.pairing import see_other
from seminars.words import lists

PER_PAGE = 50
AT_ONCE = 300
"""Up to so many rows are imported while the officer waits; more are left to a worker."""
SHOWN = ("all", "problems", "known", "stopped")


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_upload(request: Request, code: str) -> HttpResponse:
    """Ask for a list; POST reads it and goes on to its columns."""
    call, status = call_run_by(request, code), 200
    form = ListUploadForm(request.POST or None, request.FILES or None, call=call, user=request.user)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            side, holder, file = (form.cleaned_data[name] for name in ("side", "held_by", "file"))
            listed = actions.upload_list(file, side=side, held_by=holder, by=request.user, at=request.arrived_at)
            return see_other("application_list_columns", listed.pk)
    return render(request, "seminars/lists/upload.html", {"call": call, "form": form, "step": 1}, status=status)


def _in_preparation(request: Request, pk: int) -> ApplicationList | None:
    """Return a list that the officer may prepare, or nothing once its import is ordered; 404 for any other."""
    listed = held_list(request, pk)
    return listed if listed.state == ListState.UPLOADED else None


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_columns(request: Request, pk: int) -> HttpResponse:
    """Show each column with its first values and the field it is taken for; POST keeps that, or reads the file anew."""
    listed = _in_preparation(request, pk)
    if listed is None:
        return redirect("application_list", pk)
    again, status = ReadAgainForm(request.POST or None, listed=listed), 200
    if "read_again" in request.POST:
        status = 422
        if again.is_valid() and _read_again(request, listed, again):
            return see_other("application_list_columns", pk)
    given = request.POST if request.method == "POST" and status == 200 else None
    form, is_outdated = ColumnsForm(given, headings=listed.headers, mapping=listed.mapping), False
    if given is not None:
        status = 422
        if form.is_valid():
            try:
                actions.map_columns(listed, form.mapping, seen=given.get("seen", ""), by=request.user)
                return see_other("application_list_preview", pk)
            except EditConflict:
                is_outdated, status = True, 409
    table = table_of(listed)
    context = {
        "call": listed.side.call,
        "list": listed,
        "form": form,
        "again": again if again.fields else None,
        "columns": [
            (field, samples(table, place), form.kept(field) if is_outdated else None)
            for place, field in enumerate(form)
        ],
        "is_outdated": is_outdated,
        "seen": seen_choices(listed),
        "notes": [lists.note(note["code"], note) for note in listed.upload.notes],
        "step": 2,
    }
    return render(request, "seminars/lists/columns.html", context, status=status)


def _read_again(request: Request, listed: ApplicationList, form: ReadAgainForm) -> bool:
    """Read the kept file with another sheet or encoding; say whether that worked."""
    with default_storage.open(str(listed.upload.file.name)) as file:
        data = file.read()
    try:
        uploaded = read_upload(listed.name, data, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    actions.read_again(listed, uploaded, by=request.user, at=request.arrived_at)
    return True


def _chosen(lines: list[Line], show: str) -> list[Line]:
    """Return the lines that ``show`` asks for."""
    keep = {
        "problems": lambda line: bool(line.row.problems),
        "known": lambda line: bool(line.known),
        "stopped": lambda line: line.row.is_stopped,
    }.get(show)
    return [line for line in lines if keep(line)] if keep else lines


@policy(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def application_list_preview(request: Request, pk: int) -> HttpResponse:
    """Show what the import would do, row by row; POST keeps what is chosen, and orders the import if asked to."""
    listed = _in_preparation(request, pk)
    if listed is None:
        return redirect("application_list", pk)
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    preview, page = _preview_page(request, listed, show)
    refusal, is_outdated, status = None, False, 200
    form = RowsForm(request.POST or None, listed=listed, lines=page.object_list)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                known, seen = form.cleaned_data["known"], request.POST.get("seen", "")
                listed = actions.choose_rows(listed, known=known, rows=form.rows, seen=seen, by=request.user)
                if "import" not in request.POST:
                    return see_other_page(request)
                order_import(listed, by=request.user, at=request.arrived_at)
            except Refused as refused:
                fresh, refusal, status = held_list(request, pk), refused.args[0], 409
                if fresh.state != ListState.UPLOADED:
                    return see_other("application_list", pk)
                preview, page = _preview_page(request, fresh, show)
            except EditConflict:
                is_outdated, status = True, 409
                page.object_list = form.unkept()
            else:
                if listed.row_count <= AT_ONCE:
                    run_import(pk, at=request.arrived_at)
                return see_other("application_list", pk)
    context = _context(preview, form, page, show, refusal) | {"is_outdated": is_outdated}
    return render(request, "seminars/lists/preview.html", context, status=status)


def _preview_page(request: Request, listed: ApplicationList, show: str) -> tuple[Preview, Any]:
    preview = Preview(listed)
    return preview, Paginator(_chosen(preview.lines, show), PER_PAGE).get_page(request.GET.get("page"))


def see_other_page(request: Request) -> HttpResponse:
    """Send the browser back to the same page of the preview, by GET."""
    answer = redirect(request.get_full_path())
    answer.status_code = 303
    return answer


def _context(preview: Preview, form: RowsForm, page: Any, show: str, refusal: Any) -> dict[str, Any]:
    listed = preview.list
    return {
        "call": listed.side.call,
        "list": listed,
        "form": form,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "show": show,
        "shows": [
            ("all", _("All rows"), len(preview.lines)),
            ("problems", _("With remarks"), sum(1 for line in preview.lines if line.row.problems)),
            ("stopped", _("Cannot be imported"), preview.counts["faulty"]),
            ("known", _("Listed already"), preview.counts["known"]),
        ],
        "counts": preview.counts,
        "notes": [*(lists.note(note["code"], note) for note in listed.upload.notes)],
        "column_notes": preview.notes,
        "failure": lists.FAILURES.get(listed.failure),
        "refusal": refusal,
        "seen": seen_choices(preview.list),
        "step": 3,
    }

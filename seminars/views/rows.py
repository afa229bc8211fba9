"""The sections that are lists of rows: programme, participants and laboratories, budget.

Every address shows the whole section, with one row open as a form or asked to be removed; htmx takes the list out of
it, and without JavaScript it is simply the page.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import replace_url

from accounts.http import Request
from accounts.policies import SIGNED_IN, policy
from seminars.actions import rows as actions
from seminars.actions.proposals import EditConflict
from seminars.actions.rows import Row
from seminars.choices import Section
from seminars.forms.budget import BudgetLineForm
from seminars.forms.participant import ParticipantForm
from seminars.forms.rows import RowForm
from seminars.models import Participant, Proposal
from seminars.permissions import Refused, edit_refusal
from seminars.queries.dossiers import terms_of
from seminars.queries.sheets import account
from seminars.views.rowpage import (
    KINDS,
    Kind,
    ask_removal,
    new_row,
    open_row,
    record_of,
    see_next,
    see_section,
    show,
    shut,
)


@policy(SIGNED_IN)
@require_safe
def section(request: Request, pk: int, section: str) -> HttpResponse:
    """Show a section that is a list of rows."""
    return show(request, record_of(request, pk), section)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int, kind: str) -> HttpResponse:
    """Open the form for a new row; POST adds it, once however often the same form is sent."""
    proposal, rows = record_of(request, pk), KINDS[kind]
    if request.method != "POST":
        return show(request, proposal, rows.section, new_row(proposal, rows, request.GET))
    form = rows.form(request.POST, proposal=proposal)
    if not form.is_valid():
        return show(request, proposal, rows.section, new_row(proposal, rows, request.GET, form), status=422)
    return _store(request, rows, form, lambda: _add(form, request))


def _add(form: RowForm, request: Request) -> Row:
    if isinstance(form, ParticipantForm):
        return actions.add_participant(form.instance, form.new_laboratory, by=request.user, at=request.arrived_at)
    return actions.add_row(form.instance, by=request.user, at=request.arrived_at)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: int, kind: str, row: int) -> HttpResponse:
    """Open a row as a form; POST saves it, or shows both texts where somebody saved it meanwhile (SAFETY 8)."""
    proposal, rows = record_of(request, pk), KINDS[kind]
    if request.method != "POST":
        stored = get_object_or_404(rows.of(proposal), pk=row)
        return show(request, proposal, rows.section, open_row(proposal, rows, stored))
    stored = rows.of(proposal).filter(pk=row).first()
    form = rows.form(request.POST, proposal=proposal, instance=stored)
    if stored is None:
        return _gone(request, proposal, rows, form)
    if not form.is_valid():
        return show(request, proposal, rows.section, open_row(proposal, rows, stored, form), status=422)
    return _store(request, rows, form, lambda: _change(stored, form, request))


def _change(row: Any, form: RowForm, request: Request) -> Row:
    held = {"version": form.cleaned_data["version"], "by": request.user, "at": request.arrived_at}
    if isinstance(form, ParticipantForm) and isinstance(row, Participant):
        return actions.change_participant(row, form.values, form.new_laboratory, **held)
    return actions.change_row(row, form.values, **held)


def _store(request: Request, rows: Kind, form: RowForm, act: Callable[[], Row]) -> HttpResponse:
    """Do ``act`` with a valid form, and answer; what was typed comes back where it cannot be done."""
    try:
        saved = act()
    except (Refused, EditConflict):
        return _undone(request, rows, form)
    if "again" in request.POST:
        return see_next(form.proposal, rows, saved)
    return see_section(form.proposal, rows.section, done=f"{rows.name}-{saved.pk}")


def _undone(request: Request, rows: Kind, form: RowForm) -> HttpResponse:
    """Answer with what was typed and what is saved by now; nothing has been written."""
    proposal = record_of(request, form.proposal.pk)
    if edit_refusal(proposal, request.user, request.arrived_at):
        return shut(request, proposal, rows.section, form)
    if form.instance.pk is None:
        notice = _("This form was saved already, with other words. Save it again to add another row.")
        opened = new_row(proposal, rows, request.GET, form.renewed(proposal)).noticed(notice)
        return show(request, proposal, rows.section, opened, status=409)
    saved = rows.of(proposal).filter(pk=form.instance.pk).first()
    if saved is None:
        return _gone(request, proposal, rows, form)
    notice = _("Somebody saved this meanwhile, perhaps you in another tab. Nothing is overwritten: please choose.")
    rebased = form.rebased(proposal, saved)
    opened = open_row(proposal, rows, saved, rebased).noticed(notice, tuple(rebased.apart_from(saved)))
    return show(request, proposal, rows.section, opened, status=409)


def _gone(request: Request, proposal: Proposal, rows: Kind, form: RowForm) -> HttpResponse:
    notice = _("This was removed meanwhile. What you typed is still here: save it to add it again.")
    opened = new_row(proposal, rows, request.GET, form.renewed(proposal)).noticed(notice)
    return show(request, proposal, rows.section, opened, status=409)


@policy(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, pk: int, kind: str, row: int) -> HttpResponse:
    """Ask whether to remove a row; POST removes it as it was shown."""
    proposal, rows = record_of(request, pk), KINDS[kind]
    stored = get_object_or_404(rows.of(proposal), pk=row)
    if request.method != "POST":
        return show(request, proposal, rows.section, ask_removal(proposal, rows, stored))
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
    try:
        actions.remove_row(stored, version=version, by=request.user, at=request.arrived_at)
    except Refused as refused:
        return show(request, record_of(request, pk), rows.section, status=409, error=str(refused.args[0]))
    except EditConflict:
        proposal = record_of(request, pk)
        stored = rows.of(proposal).filter(pk=row).first()
        notice = _("This was changed meanwhile: look at it once more before you remove it.")
        opened = ask_removal(proposal, rows, stored).noticed(notice) if stored else None
        return show(request, proposal, rows.section, opened, status=409)
    return see_section(proposal, rows.section)


@policy(SIGNED_IN)
@require_POST
def merge(request: Request, pk: int, row: int, kept: int) -> HttpResponse:
    """Make two entries of one laboratory one (R11)."""
    proposal = record_of(request, pk)
    merged, into = (get_object_or_404(proposal.laboratories.all(), pk=each) for each in (row, kept))
    try:
        actions.merge_laboratories(into, merged, by=request.user, at=request.arrived_at)
    except (Refused, EditConflict) as refused:
        error = str(refused.args[0]) if refused.args else ""
        response = show(request, record_of(request, pk), Section.PARTICIPANTS, status=409, error=error)
        # Reloading must ask for a page: this address takes forms only.
        return replace_url(response, reverse("section", kwargs={"pk": pk, "section": Section.PARTICIPANTS.value}))
    return see_section(proposal, Section.PARTICIPANTS, done=f"laboratories-{into.pk}")


@policy(SIGNED_IN)
@require_POST
def preview(request: Request, pk: int) -> HttpResponse:
    """Reckon the line that is being typed, and the budget with it; nothing is written."""
    proposal = record_of(request, pk)
    form = BudgetLineForm(request.POST, proposal=proposal)
    line = next((line.pk for line in proposal.lines.all() if str(line.pk) == request.GET.get("line")), None)
    reckoned = account(proposal, terms_of(proposal.side), instead=[(line, form.amount or Decimal(0))])
    context = {"proposal": proposal, "amount": form.amount, "account": reckoned}
    return render(request, "seminars/rows/_line_preview.html", context)

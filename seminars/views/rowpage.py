"""The page of a section that is a list of rows, with at most one of them open."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import reselect, retarget

from accounts.http import Request
from seminars.actions.rows import Row
from seminars.choices import ParticipantRole, Section
from seminars.forms.budget import BudgetLineForm
from seminars.forms.laboratory import LaboratoryForm
from seminars.forms.participant import ParticipantForm
from seminars.forms.rows import RowForm
from seminars.forms.section import shown
from seminars.forms.session import SessionForm, next_slot
from seminars.models import BudgetLine, Proposal
from seminars.queries.readable import Field, Part
from seminars.queries.sheets import budget_sheet, people_sheet, programme_sheet
from seminars.views.sections import section_context

ELSEWHERE = "other"
Place = date | str | None


@dataclass(frozen=True)
class Kind:
    """One kind of rows: its section, form and words, and where in the page a new one is typed."""

    name: str
    section: Section
    form: Callable[..., RowForm]
    new: str | Promise
    below: str = ""

    def of(self, proposal: Proposal) -> QuerySet[Any]:
        """Return the rows of a record that are edited here; coordinators have a section of their own."""
        rows: QuerySet[Any] = getattr(proposal, self.name).all()
        return rows.exclude(role=ParticipantRole.COORDINATOR) if self.name == "participants" else rows


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("sessions", Section.PROGRAMME, SessionForm, gettext_lazy("New session"), "seminars/rows/_speakers.html"),
        Kind("participants", Section.PARTICIPANTS, ParticipantForm, gettext_lazy("New participant")),
        Kind("laboratories", Section.PARTICIPANTS, LaboratoryForm, gettext_lazy("New laboratory")),
        Kind("lines", Section.BUDGET, BudgetLineForm, gettext_lazy("New line"), "seminars/rows/_ceilings.html"),
    )
}
SHEETS = {
    Section.PROGRAMME: programme_sheet,
    Section.PARTICIPANTS: people_sheet,
    Section.BUDGET: budget_sheet,
}


@dataclass(frozen=True)
class Opened:
    """The row that stands open: a form, or the question whether to remove it.

    ``place`` is where a new one is typed: the day of a session, the side of a participant.
    """

    kind: Kind
    title: str
    url: str
    row: int | None = None
    form: RowForm | None = None
    place: Place = None
    version: int = 0
    notice: str = ""
    apart: tuple[Any, ...] = ()

    def noticed(self, notice: str, apart: tuple[Any, ...] = ()) -> "Opened":
        """Return it with a word on what happened, and both texts of what was saved meanwhile."""
        return replace(self, notice=notice, apart=apart)


def number(text: str) -> int | None:
    """Return the id that an address or a hidden field names, or nothing: no word of it may be an error."""
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None


def record_of(request: Request, pk: int) -> Proposal:
    """Return the person's own record with all that its rows and their forms need, or raise Http404."""
    records = Proposal.objects.owned_by(request.user).with_dossier()
    return get_object_or_404(records.prefetch_related("laboratories", "side__call__sides__agency"), pk=pk)


def asked_place(kind: Kind, asked: QueryDict) -> Place:
    """Return the day or side that an address asks a new row for; anything else is nothing."""
    if kind.name == "sessions":
        try:
            return parse_date(asked.get("on", ""))
        except ValueError:
            return None
    side = asked.get("side") if kind.name == "participants" else None
    return "" if side == ELSEWHERE else side


def new_row(proposal: Proposal, kind: Kind, asked: QueryDict, form: RowForm | None = None) -> Opened:
    """Return the form for a new row, empty but for what can be proposed, or the one that was posted."""
    place = asked_place(kind, asked)
    initial: dict[str, Any] = {}
    if kind.name == "sessions":
        initial = next_slot(proposal, place if isinstance(place, date) else None)
        place = initial.get("on")
    elif kind.name == "participants":
        place = proposal.side.agency.country if place is None else place
        initial = {"side": place}
    url = _add_url(proposal, kind, place)
    return Opened(kind, str(kind.new), url, form=form or kind.form(proposal=proposal, initial=initial), place=place)


def _add_url(proposal: Proposal, kind: Kind, place: Place) -> str:
    url = reverse("row_add", kwargs={"pk": proposal.pk, "kind": kind.name})
    if place is None:
        return url
    asked = {"on": place.isoformat()} if isinstance(place, date) else {"side": place or ELSEWHERE}
    return f"{url}?{urlencode(asked)}"


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row.get_kind_display() if isinstance(row, BudgetLine) else row)


def open_row(proposal: Proposal, kind: Kind, row: Row, form: RowForm | None = None) -> Opened:
    """Return the form of a row, or the one that was posted."""
    url = reverse("row", kwargs={"pk": proposal.pk, "kind": kind.name, "row": row.pk})
    title = _("Edit “%(name)s”") % {"name": name_of(row)}
    return Opened(kind, title, url, row.pk, form or kind.form(proposal=proposal, instance=row))


def ask_removal(proposal: Proposal, kind: Kind, row: Row) -> Opened:
    """Return the question whether to remove a row."""
    url = reverse("row_remove", kwargs={"pk": proposal.pk, "kind": kind.name, "row": row.pk})
    title = _("Remove “%(name)s” from this record?") % {"name": name_of(row)}
    return Opened(kind, title, url, row.pk, version=row.version)


def show(
    request: Request,
    proposal: Proposal,
    section: str,
    opened: Opened | None = None,
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    """Return the page of a section with at most one row open."""
    context = section_context(proposal, section, at=request.arrived_at)
    done_kind, _dash, done = request.GET.get("done", "").partition("-")
    context |= {
        "body": f"seminars/rows/{section}.html",
        "open": opened,
        "done_kind": done_kind,
        "done": number(done),
        "error": error,
        **SHEETS[Section(section)](proposal, context["current"]),
    }
    context["open_listed"] = opened is not None and opened.place in context["places"]
    return framed(request, context, status)


def framed(request: Request, context: dict[str, Any], status: int) -> HttpResponse:
    """Return the section's page; where it is closed by now, a partial request gets the frame and not the list."""
    response = render(request, "seminars/proposals/section.html", context, status=status)
    if context["refusal"] and request.htmx:
        reselect(retarget(response, ".section-main"), ".section-main")
    return response


def shut(request: Request, proposal: Proposal, section: str, form: RowForm) -> HttpResponse:
    """Return the section of a record that can no longer be changed, and what was typed, which is not saved."""
    context = section_context(proposal, section, at=request.arrived_at)
    typed = [(form[name], form.cleaned_data[name]) for name in form.columns]
    fields = tuple(Field(str(field.label), shown(field, value)) for field, value in typed if value)
    context["parts"] = [Part("typed", _("What you typed; it has not been saved"), fields), *context["parts"]]
    return framed(request, context, 409)


def see_section(proposal: Proposal, section: str, **asked: str) -> HttpResponse:
    """Return the answer to what was done: 303 to the section, so that reloading it does nothing again."""
    url = reverse("section", kwargs={"pk": proposal.pk, "section": section})
    return see(f"{url}?{urlencode(asked)}" if asked else url)


def see_next(proposal: Proposal, kind: Kind, saved: Row) -> HttpResponse:
    """Return the answer to "save and add another": 303 to the form for a row of the same day or side."""
    return see(_add_url(proposal, kind, getattr(saved, "on", getattr(saved, "side", None))))


def see(url: str) -> HttpResponse:
    """Return 303 to ``url``."""
    return HttpResponse(status=303, headers={"Location": url})

"""The frame of a record's sections: where one is, what is missing, what may be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from seminars.choices import Section
from seminars.forms.case import CaseForm
from seminars.forms.coordinators import CoordinatorsForm
from seminars.forms.declarations import DeclarationsForm
from seminars.forms.facts import FactsForm
from seminars.forms.section import SectionForm
from seminars.models import Proposal
from seminars.permissions import edit_refusal
from seminars.queries.calendars import span_of
from seminars.queries.readable import read
from seminars.queries.snapshots import snapshot_of
from seminars.queries.standing import standing_of

FORMS: dict[str, Callable[..., SectionForm | CoordinatorsForm]] = {
    "facts": FactsForm,
    "coordinators": CoordinatorsForm,
    "case": CaseForm,
    "declarations": DeclarationsForm,
}


def section_context(proposal: Proposal, section: str, *, at: datetime) -> dict[str, Any]:
    """Return what ``seminars/proposals/section.html`` needs to show ``section`` of a record at ``at``.

    Fetch the record with ``Proposal.objects.owned_by(user).with_dossier()``. The page adds ``body``, the name of
    the template with its form. While ``refusal`` says why the record cannot be changed, the frame shows the section
    to be read instead.
    """
    standing = standing_of(proposal, at=at)
    place = list(Section).index(Section(section))
    refusal = edit_refusal(proposal, proposal.coordinator, at)
    return {
        "proposal": proposal,
        "section": Section(section),
        "standing": standing,
        "current": standing.sections[place],
        "previous": standing.sections[place - 1] if place else None,
        "next": standing.sections[place + 1] if place + 1 < len(standing.sections) else None,
        "refusal": refusal,
        "parts": [part for part in read(snapshot_of(proposal)) if part.key == section] if refusal else [],
        "saved_at": saved_at(proposal, section, is_started=standing.sections[place].is_started),
        "at": at,
    }


def saved_at(proposal: Proposal, section: str, *, is_started: bool) -> datetime | None:
    """Return when a section was last saved (UTC): rows count with the record's last change; None before the first."""
    if section in FORMS:
        own: datetime | None = getattr(proposal, f"{section}_saved_at")
        return own
    return proposal.changed_at if is_started or proposal.changed_at != proposal.created_at else None


def form_context(form: SectionForm | CoordinatorsForm, *, at: datetime) -> dict[str, Any]:
    """Return what the page of a section that is one form needs."""
    context = section_context(form.proposal, form.section, at=at)
    context |= {"form": form, "version": form.version, "body": "seminars/proposals/_form.html"}
    if form.section == Section.FACTS:
        proposal = form.proposal
        context["span"] = span_of(proposal.start_on, proposal.end_on, proposal.side)
    return context

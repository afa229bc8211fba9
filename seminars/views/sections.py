"""The pages of a record's sections: one frame for all, and the sections that are one form."""

from datetime import datetime
from typing import Any

from seminars.choices import Section
from seminars.models import Proposal
from seminars.permissions import edit_refusal
from seminars.readable import read
from seminars.snapshots import snapshot_of
from seminars.standing import Standing, standing_of


def section_context(proposal: Proposal, section: str, *, at: datetime) -> dict[str, Any]:
    """Return what ``seminars/proposals/section.html`` needs to show ``section`` of a record at ``at``.

    Fetch the record with ``Proposal.objects.owned_by(user).with_dossier()``. The page adds ``body``, the name of
    the template with its form; while ``refusal`` says why the record cannot be changed, the frame shows the
    section to be read instead.
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
        "parts": _parts(proposal, section) if refusal else (),
        "saved_at": saved_at(proposal, section),
        "at": at,
    }


def _parts(proposal: Proposal, section: str) -> tuple[Any, ...]:
    return tuple(part for part in read(snapshot_of(proposal)) if part.key == section)


def saved_at(proposal: Proposal, section: str) -> datetime | None:
    """Return when a section was last saved (UTC): rows count with the record's last change; None before the first."""
    own = getattr(proposal, f"{section}_saved_at", proposal.changed_at)
    return None if own == proposal.created_at else own


__all__ = ["Standing", "saved_at", "section_context"]

"""The cover of a dossier, and the words that mark a half which is not a filed record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import formats
from seminars.choices import ProposalState
from seminars.exports.pdf import people
from seminars.exports.pdf.halves import Half, HalfState
from seminars.exports.pdf.runs import Lines, instant_lines, line, reader, run

Said = Mapping[str, Any]


def mark_of(said: Said) -> str:
    """Return the words that stand on every page of a half that is not filed, or that no longer counts; else ""."""
    match said["state"]:
        case ProposalState.SUBMITTED | HalfState.LISTED:
            return ""
        case ProposalState.DRAFT:
            return _("Draft: not submitted")
        case HalfState.TAKEN_BACK:
            return _("Taken back: no longer in force")
    return str(ProposalState(said["state"]).label)


def titles_of(said: Said) -> list[tuple[str, str]]:
    """Return the titles of a half with their languages, the reader's own first."""
    source = said["listed"] if "listed" in said else said["snapshot"]["facts"]
    titles = [(source.get(f"title_{code}") or "", code) for code in dict.fromkeys((reader(), "en", "fr", "ja"))]
    return [(text, code) for text, code in titles if text] or [(_("Without a title"), reader())]


def line_of(said: Said) -> list[Any]:
    """Return when and where, on one line."""
    facts = said["listed"] if "listed" in said else said["snapshot"]["facts"]
    start, end = facts["start_on"], facts["end_on"]
    dates = formats.days(date.fromisoformat(start), date.fromisoformat(end), reader()) if start and end else ""
    country = formats.country(facts["venue_country"], reader()) if facts["venue_country"] else ""
    place = ", ".join(filter(None, (facts["venue_city"], country)))
    return [run(" · ".join(filter(None, (dates, place))))] if dates or place else []


def filing_of(half: Half) -> dict[str, Any]:
    """Return the box of one side: who files with whom, number, state, instants and fingerprint."""
    said = half.said
    rows = [(_("State"), line(state_words(said))), *_leader(half)]
    if "listed" in said:
        rows.append((_("Application number"), line(said["listed"]["application_number"])))
    rows += [
        (_("Receipt number"), line(said.get("number", ""), style="strong")),
        (_("Arrived"), instant_lines(said.get("arrived_at"))),
        (_("Counted as submitted"), instant_lines(said.get("counted_at"))),
        (_("Taken back"), instant_lines(said.get("ended_at"))),
        (_("Fingerprint (SHA-256)"), fingerprint(said.get("sha256", ""))),
    ]
    return {
        "side": half.agency.accent,
        "agency": half.agency.name,
        "mark": mark_of(said),
        "rows": [{"label": str(label), "value": value} for label, value in rows if value],
    }


def state_words(said: Said) -> str:
    """Return where a half stands, in words."""
    if said["state"] == HalfState.LISTED:
        return _("Known from the agency's list")
    return _("Taken back") if said["state"] == HalfState.TAKEN_BACK else str(ProposalState(said["state"]).label)


def _leader(half: Half) -> list[tuple[str, Lines]]:
    """Return the coordinator of a half's own side."""
    if "listed" in half.said:
        return [(_("Coordinator"), people.name_lines(half.said["listed"]))]
    named = people.coordinators(half.said["snapshot"])
    own = [person for person in named if person["side"] == half.agency.country]
    return [(_("Coordinator"), people.name_lines(person)) for person in own]


def fingerprint(sha256: str) -> Lines:
    """Return a hash in two lines of 32, as people compare it."""
    return [[run(sha256[start : start + 32], lang="", style="mono", whole=True)] for start in range(0, len(sha256), 32)]

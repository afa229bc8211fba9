"""R3 and R10 across the two records of a pair, and where their shared facts differ."""

from dataclasses import dataclass
from typing import Any

from seminars.rules.dossier import Dossier, SessionFacts, Violation

BLOCKING = ("start_on", "end_on", "venue_country", "coordinators")
WORDING = (
    "title_en",
    "title_fr",
    "title_ja",
    "abstract_en",
    "keywords",
    "theme",
    "areas",
    "venue_name",
    "venue_city",
    "sessions",
)


@dataclass(frozen=True)
class Difference:
    """A shared fact that the two records tell differently; ``blocking`` ones stop a submission."""

    field: str
    own: Any
    partner: Any
    blocking: bool


def _agenda(sessions: tuple[SessionFacts, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple(sorted((s.on, s.starts, s.ends, s.kind, s.title, s.speaker) for s in sessions))


def _coordinators(dossier: Dossier, sides: tuple[str, str]) -> tuple[str, ...]:
    return tuple(" + ".join(person.email.lower() for person in dossier.coordinators(side)) for side in sides)


def differences(own: Dossier, partner: Dossier) -> tuple[Difference, ...]:
    """Return the shared facts that differ, blocking ones first.

    A fact that one side has left empty differs too, but as a warning when the fact is only wording.
    """
    sides = (own.side, partner.side)
    found = []
    for field in BLOCKING[:3]:
        mine, theirs = getattr(own.shared, field), getattr(partner.shared, field)
        if mine != theirs:
            found.append(Difference(field, mine, theirs, blocking=True))
    mine, theirs = _coordinators(own, sides), _coordinators(partner, sides)
    if mine != theirs:
        found.append(Difference("coordinators", mine, theirs, blocking=True))
    for field in WORDING:
        mine, theirs = getattr(own.shared, field), getattr(partner.shared, field)
        same = _agenda(mine) == _agenda(theirs) if field == "sessions" else mine == theirs
        if field == "areas":
            same = set(mine) == set(theirs)
        if not same:
            found.append(Difference(field, mine, theirs, blocking=False))
    return tuple(found)


def section_of(field: str) -> str:
    """Return the section in which a shared fact is mended."""
    return {"coordinators": "coordinators", "sessions": "programme"}.get(field, "facts")


def check(dossier: Dossier, partner: Dossier | None) -> tuple[Violation, ...]:
    """Return what stands between this record and a complete pair (R3)."""
    if partner is None:
        return (Violation("no_partner", "R3", "coordinators", "", blocking=False),)
    found = []
    if not (dossier.pair_confirmed and partner.pair_confirmed):
        found.append(Violation("pair_unconfirmed", "R3", "coordinators", "", blocking=False))
    for difference in differences(dossier, partner):
        field = "partner-email" if difference.field == "coordinators" else difference.field
        found.append(
            Violation(
                "difference",
                "R3",
                section_of(difference.field),
                field,
                {"fact": difference.field},
                blocking=difference.blocking,
            )
        )
    return tuple(found)

"""R3 and R10 across the two records of a pair, and where their shared facts differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seminars.rules.dossier import Dossier, ParticipantFacts, SessionFacts, Violation

BLOCKING = ("start_on", "end_on", "venue_country")
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
ALL = (*BLOCKING, *WORDING)


@dataclass(frozen=True)
class Difference:
    """A shared fact that the two records tell differently; ``blocking`` ones stop a submission.

    Coordinators are told as "name, e-mail address", the own side's first.
    """

    field: str
    own: Any
    partner: Any
    blocking: bool


def _agenda(sessions: tuple[SessionFacts, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple(sorted((s.on, s.starts, s.ends, s.kind, s.title, s.speaker) for s in sessions))


def _itself(value: Any) -> Any:
    return value


COMPARED: Mapping[str, Callable[[Any], Any]] = {"sessions": _agenda, "areas": frozenset, "keywords": frozenset}


def _told(people: tuple[ParticipantFacts, ...]) -> str:
    return " + ".join(", ".join(filter(None, (person.name, person.email))) for person in people)


def _same_people(mine: tuple[ParticipantFacts, ...], theirs: tuple[ParticipantFacts, ...]) -> bool:
    return len(mine) == len(theirs) and all(a.is_same_person(b) for a, b in zip(mine, theirs, strict=True))


def coordinator_difference(own: Dossier, partner: Dossier) -> Difference | None:
    """Return how the two records differ about who coordinates, or nothing (R10).

    Spellings do not matter, only who is meant.
    """
    sides = (own.side, partner.side)
    apart = [side for side in sides if not _same_people(own.coordinators(side), partner.coordinators(side))]
    if not apart:
        return None
    mine = {side: _told(own.coordinators(side)) for side in sides}
    theirs = {side: _told(partner.coordinators(side)) for side in sides}
    blocking = any(mine[side] and theirs[side] for side in apart)
    return Difference("coordinators", tuple(mine.values()), tuple(theirs.values()), blocking)


def differences(own: Dossier, partner: Dossier, fields: Sequence[str] = ALL) -> tuple[Difference, ...]:
    """Return the shared facts that differ, blocking ones first: among ``fields``, and who coordinates.

    A fact that one record has left empty differs too, but as a warning: what is missing there stops that record
    alone, and nobody waits for the partner's typing.
    """
    found = []
    for field in fields:
        mine, theirs = getattr(own.shared, field), getattr(partner.shared, field)
        if COMPARED.get(field, _itself)(mine) != COMPARED.get(field, _itself)(theirs):
            found.append(Difference(field, mine, theirs, blocking=bool(field in BLOCKING and mine and theirs)))
    if (coordinators := coordinator_difference(own, partner)) is not None:
        found.append(coordinators)
    return tuple(sorted(found, key=lambda difference: not difference.blocking))


def section_of(field: str) -> str:
    """Return the section in which a shared fact is mended."""
    return {"coordinators": "coordinators", "sessions": "programme"}.get(field, "facts")


def check(dossier: Dossier, partner: Dossier | None, *, is_listed: bool = False) -> tuple[Violation, ...]:
    """Return what stands between this record and a complete pair (R3); ``is_listed`` where a row is its other half."""
    if partner is None and is_listed:
        return ()
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

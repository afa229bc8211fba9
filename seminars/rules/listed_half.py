"""A half that is known from the other agency's list only: what its row says against the record (R3, R4).

The list is the other agency's own word that the file has arrived and that its institution has approved it, so the row
counts as the filed half (R3, R5). A list says little: what it leaves empty contradicts nothing.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from seminars.rules.dossier import Dossier, ParticipantFacts, Violation
from seminars.rules.entries import Person, ready_person
from seminars.rules.evidence import are_different
from seminars.rules.pair import BLOCKING, Difference, section_of

COMPARED = (*BLOCKING, "title_en", "title_ja", "venue_city")


@dataclass(frozen=True)
class ListedFacts:
    """A row of a list as plain values; ``people`` are the coordinators it names, by the country code of their side."""

    required_track: str = ""
    track: str = ""
    start_on: date | None = None
    end_on: date | None = None
    venue_country: str = ""
    venue_city: str = ""
    title_en: str = ""
    title_ja: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def has_wrong_track(self) -> bool:
        """Whether the file is known to be filed under a call that is not accepted (R4)."""
        return bool(self.required_track and self.track and self.track != self.required_track)


def _person(named: ParticipantFacts) -> Person:
    emails = frozenset({named.email.lower()} - {""})
    return Person(named.name, "", named.kanji_name, "", named.kana_name, emails, named.orcid)


def _people_apart(own: Dossier, row: ListedFacts) -> bool:
    """Say whether the record and the row name different people as the coordinator of one side (R10)."""
    return any(
        are_different(ready_person(_person(named)), ready_person(listed))
        for side, listed in row.people.items()
        for named in own.coordinators(side)
    )


def differences(own: Dossier, row: ListedFacts) -> tuple[Difference, ...]:
    """Return the facts that a record and a row tell differently, blocking ones first; coordinators without values."""
    found = []
    for name in COMPARED:
        mine, theirs = getattr(own.shared, name), getattr(row, name)
        if mine and theirs and _plain(mine) != _plain(theirs):
            found.append(Difference(name, mine, theirs, blocking=name in BLOCKING))
    if _people_apart(own, row):
        found.insert(0, Difference("coordinators", (), (), blocking=True))
    return tuple(sorted(found, key=lambda difference: not difference.blocking))


def _plain(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def contradictions(own: Dossier, row: ListedFacts) -> tuple[Violation, ...]:
    """Return each fact that the two tell differently as a violation of R3; blocking where an officer must settle it."""
    return tuple(
        Violation("difference", "R3", section_of(one.field), one.field, {"fact": one.field}, blocking=one.blocking)
        for one in differences(own, row)
    )


def check(own: Dossier, row: ListedFacts) -> tuple[Violation, ...]:
    """Return what a row says against its record: another track (R4), differing facts (R3).

    Nothing of it stops a submission: the coordinator cannot mend the other agency's list.
    """
    found = [dataclasses.replace(one, blocking=False) for one in contradictions(own, row)]
    if row.has_wrong_track:
        found.append(Violation("listed_track", "R4", "coordinators", "", blocking=False))
    return tuple(found)

"""Who takes part in a pair: what a person must know to say whether they can judge it, and no more (R23)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviews.queries.dossier import filed_of
from seminars.choices import ParticipantRole
from seminars.models import ListedApplication, Seminar


@dataclass(frozen=True)
class Member:
    """Somebody who takes part: the name in Latin letters, in kanji where it is known, and where they work."""

    name: str
    kanji: str
    laboratory: str


def team_of(seminar: Seminar) -> list[Member]:
    """Return who takes part in a pair on either side, each once, the coordinators first; two queries at most."""
    filed = [json.loads(submission.snapshot) for submission in filed_of(seminar)]
    people = [person for snapshot in filed for person in snapshot["participants"]]
    people.sort(key=lambda person: person["role"] != ParticipantRole.COORDINATOR)
    members = [_member(person) for person in people]
    if len(filed) < 2:
        for row in ListedApplication.objects.filter(seminar=seminar):
            members += [_listed(row), _partner(row)]
    found: dict[str, Member] = {}
    for member in members:
        known = (member.name or member.kanji).casefold()
        # The partner's record names somebody in Latin letters only.
        if known and (known not in found or (member.kanji and not found[known].kanji)):
            found[known] = member
    return list(found.values())


def _member(person: Mapping[str, Any]) -> Member:
    place = person["laboratory"] or {}
    return Member(
        _name(person["given_name"], person["family_name"]),
        f"{person['family_name_kanji']} {person['given_name_kanji']}".strip(),
        _line(place.get("name"), place.get("unit"), place.get("institution")),
    )


def _listed(row: ListedApplication) -> Member:
    return Member(_name(row.given_name, row.family_name), row.kanji_name, _line(row.department, row.institution))


def _partner(row: ListedApplication) -> Member:
    return Member(_name(row.partner_given_name, row.partner_family_name), "", row.partner_institution)


def _name(given: str, family: str) -> str:
    return f"{given} {family.upper()}".strip()


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)

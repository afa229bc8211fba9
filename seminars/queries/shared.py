"""The facts that both records of a pair hold: what each is made of, and a fingerprint of what both say."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from seminars.models import Laboratory, Participant, Proposal
from seminars.queries.dossiers import differences_of, participant_facts, partner_country

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dates": ("start_on", "end_on"),
    "venue_country": ("venue_country",),
    "venue_city": ("venue_city",),
    "venue_name": ("venue_name",),
    "title_en": ("title_en",),
    "title_fr": ("title_fr",),
    "title_ja": ("title_ja",),
    "abstract_en": ("abstract_en",),
    "keywords": ("keywords",),
    "theme": ("theme_id",),
}
"""The columns of each fact that is columns; areas, sessions and coordinators are rows."""

FACT_OF = {"start_on": "dates", "end_on": "dates"}
SESSION = ("on", "starts", "ends", "kind", "title", "speaker")
PERSON = (
    "family_name",
    "given_name",
    "family_name_kanji",
    "given_name_kanji",
    "family_name_kana",
    "given_name_kana",
    "title",
    "position",
    "email",
    "orcid",
    "phone",
    "country_of_work",
    "career_stage",
)
LABORATORY = ("name", "kind", "unit", "rnsr", "institution", "city", "country", "regional_office")


def differing(proposal: Proposal) -> dict[str, bool]:
    """Return the facts on which the pair differs, blocking ones first; the value says whether it is blocking.

    First and last day are one fact. Fetch the record ``with_dossier``.
    """
    found: dict[str, bool] = {}
    for difference in differences_of(proposal):
        fact = FACT_OF.get(difference.field, difference.field)
        found[fact] = found.get(fact, False) or difference.blocking
    return found


def coordinator_row(proposal: Proposal, side: str) -> Participant | None:
    """Return whom a record names as the coordinator of ``side``, a country code; nobody gives None."""
    people = proposal.participants.all()
    return next((person for person in people if person.role == "coordinator" and person.side == side), None)


def _person(person: Participant | None) -> list[str] | None:
    if person is None:
        return None
    laboratory = person.laboratory
    return [str(getattr(person, name)) for name in PERSON] + _laboratory(laboratory)


def _laboratory(laboratory: Laboratory | None) -> list[str]:
    return [getattr(laboratory, name) for name in LABORATORY] if laboratory else []


def held(proposal: Proposal, fact: str) -> Any:
    """Return what a record says of a fact, as JSON can hold it; the same in every language."""
    if fact == "areas":
        return sorted(area.code for area in proposal.areas.all())
    if fact == "sessions":
        return [[str(getattr(session, name)) for name in SESSION] for session in proposal.sessions.all()]
    if fact == "coordinators":
        sides = sorted((proposal.side.agency.country, partner_country(proposal)))
        return [_person(coordinator_row(proposal, side)) for side in sides]
    values = [getattr(proposal, column) for column in COLUMNS[fact]]
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in values]


def fingerprint(proposal: Proposal, fact: str) -> str:
    """Return a hash of what both records say of a fact: it changes when either of them does."""
    partner = proposal.partner
    said = [fact, held(proposal, fact), held(partner, fact) if partner else None]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


def is_takeable(proposal: Proposal, fact: str) -> bool:
    """Say whether the partner's record says anything of a fact that the own record could take.

    Of the coordinators only the partner's own is taken: who coordinates on the own side is the own record's word.
    """
    partner = proposal.partner
    if partner is None:
        return False
    if fact == "coordinators":
        side = partner.side.agency.country
        mine, theirs = coordinator_row(proposal, side), coordinator_row(partner, side)
        return theirs is not None and (
            mine is None or not participant_facts(mine).is_same_person(participant_facts(theirs))
        )
    said = held(partner, fact)
    return bool(said) and all(bool(value) for value in said)

"""Freezing a record: everything it says, as canonical JSON that hashes the same wherever it is computed."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models

from seminars.models import Participant, Proposal
from seminars.queries.dossiers import DECLARATIONS
from seminars.rules.budget import totals
from seminars.rules.case import PARTS

FACTS = ("title_en", "title_fr", "title_ja", "abstract_en", "keywords", "start_on", "end_on")
VENUE = ("venue_name", "venue_city", "venue_country")
FILING = ("track", "application_number", "institution_officer_name", "institution_officer_email", "director_name")
PERSON = (
    "side",
    "role",
    "title",
    "family_name",
    "given_name",
    "family_name_kanji",
    "given_name_kanji",
    "family_name_kana",
    "given_name_kana",
    "position",
    "career_stage",
    "email",
    "orcid",
    "phone",
    "country_of_work",
    "phd_year",
    "statutory",
    "young",
    "talk_title",
)
LABORATORY = ("name", "kind", "unit", "rnsr", "institution", "city", "country", "regional_office")
SESSION = ("on", "starts", "ends", "kind", "title", "speaker")
ATTACHMENT = ("name", "size", "pages", "sha256")
DECLARED = (*DECLARATIONS, "director_agrees")


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _value(getattr(row, name)) for name in names}


def _titled(item: Any) -> dict[str, str] | None:
    if item is None:
        return None
    return {"code": item.code, "en": item.title_en, "fr": item.title_fr, "ja": item.title_ja}


def _person(person: Participant) -> dict[str, Any]:
    return _values(person, PERSON) | {
        "laboratory": _values(person.laboratory, LABORATORY) if person.laboratory else None
    }


def snapshot_of(proposal: Proposal) -> dict[str, Any]:
    """Return everything a record says, as JSON values: amounts as exact text, dates in ISO 8601.

    Fetch the record with ``Proposal.objects.with_dossier()``.
    """
    people = {person.pk: person for person in proposal.participants.all()}
    lines = list(proposal.lines.all())
    money = f"{{:.{proposal.side.decimals}f}}"
    return {
        "call": proposal.side.call.code,
        "agency": proposal.side.agency.code,
        "record": proposal.pk,
        "facts": _values(proposal, FACTS + VENUE)
        | {"theme": _titled(proposal.theme), "areas": [_titled(area) for area in proposal.areas.all()]},
        "filing": _values(proposal, FILING),
        "case": _values(proposal, PARTS),
        "programme": [_values(session, SESSION) for session in proposal.sessions.all()],
        "participants": [_person(person) for person in people.values()],
        "budget": {
            "currency": proposal.side.currency,
            "lines": [
                {
                    "kind": line.kind,
                    "participant": people[line.participant_id].latin_name if line.participant_id else "",
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "unit_cost": money.format(line.unit_cost),
                    "amount": money.format(line.amount),
                    "note": line.note,
                }
                for line in lines
            ],
            "totals": {kind: money.format(total) for kind, total in totals(lines).items()},  # type: ignore[arg-type]
            "total": money.format(sum(line.amount for line in lines)),
        },
        "attachments": [_values(attachment, ATTACHMENT) for attachment in proposal.attachments.all()],
        "declarations": _values(proposal, DECLARED if proposal.side.asks_director_agreement else DECLARATIONS),
    }


def canonical(snapshot: dict[str, Any]) -> str:
    """Return a snapshot as canonical JSON: sorted keys, no spaces, UTF-8 text as it is."""
    return json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of a canonical snapshot, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()

"""How long personal data are kept: periods are call data, counted in whole years from the end of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

PERSONAL = (
    *("title", "family_name", "given_name", "family_name_kanji", "given_name_kanji"),
    *("family_name_kana", "given_name_kana", "position", "email", "orcid", "phone", "talk_title"),
)
"""What identifies somebody whom a record names."""


def ends_on(last_day: date, years: int) -> date:
    """Return the last day on which data are kept: 31 December, ``years`` after the year of ``last_day``."""
    return date(last_day.year + years, 12, 31)


def is_over(last_day: date, years: int, *, today: date) -> bool:
    """Say whether the period has ended by ``today``."""
    return today > ends_on(last_day, years)


def without_people(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filed without its people: numbers in place of names, nothing that reaches or finds them.

    Texts, dates, places, amounts, roles, grades and whether somebody is young or statutory stay, for statistics.
    """
    people = snapshot["participants"]
    numbers = {_latin(person): number_of(place) for place, person in enumerate(people, start=1)}
    lines = [{**line, "participant": numbers.get(line["participant"], ""), "note": ""} for line in _lines(snapshot)]
    named = (name for name in snapshot["filing"] if "officer" in name or "director" in name)
    return {
        **snapshot,
        "filing": {**snapshot["filing"], **dict.fromkeys(named, "")},
        "programme": [{**session, "speaker": ""} for session in snapshot["programme"]],
        "participants": [
            {**person, **dict.fromkeys(PERSONAL, ""), "family_name": number_of(place)}
            for place, person in enumerate(people, start=1)
        ],
        "budget": {**snapshot["budget"], "lines": lines},
        "attachments": [{**attachment, "name": ""} for attachment in snapshot["attachments"]],
    }


def _lines(snapshot: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    lines: Sequence[Mapping[str, Any]] = snapshot["budget"]["lines"]
    return lines


def number_of(place: int) -> str:
    """Return what stands in place of a name."""
    return f"No. {place}"


def _latin(person: Mapping[str, Any]) -> str:
    return f"{person['given_name']} {person['family_name'].upper()}".strip()

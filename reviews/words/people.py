"""A change of participants in words."""

from typing import Any

from django.utils.translation import get_language, gettext

from accounts import formats
from reviews.models import Change
from reviews.models.change import PERSON, person_of
from seminars.models import BudgetLine, Participant

SHOWN = (*(name for name in PERSON if name not in ("side", "role")), "laboratory")


def people_lines(change: Change) -> list[tuple[str, str, str]]:
    """Return what a change of participants says: label, before and after, without what neither says."""
    before, after = (person_of(values) if values else None for values in (change.person_before, change.person))
    found = []
    for name in ("side", "role", *SHOWN):
        was, now = (_said(person, name) if person else "" for person in (before, after))
        if was or now:
            found.append((_label(name), was, now))
    return found


def _label(name: str) -> str:
    field: Any = Participant._meta.get_field(name)
    return str(field.verbose_name)


def _said(person: Participant, name: str) -> str:
    value = getattr(person, name)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name in ("side", "country_of_work"):
        return formats.country(value, (get_language() or "en")[:2]) if value else ""
    if name == "laboratory":
        laboratory = person.laboratory
        parts = (str(laboratory), laboratory.institution, laboratory.city) if laboratory else ()
        return ", ".join(filter(None, parts))
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display else value or "")


def lines_named(change: Change) -> list[BudgetLine]:
    """Return the lines of the record's budget that name who is replaced or removed."""
    if change.participant is None:
        return []
    lines = BudgetLine.objects.filter(participant=change.participant, proposal__seminar=change.seminar_id)
    return list(lines.select_related("proposal__side"))

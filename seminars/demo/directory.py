"""The laboratories that the demonstration's officer has taken into the directory so far."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import Agency, User
from seminars.actions.directory import save_entry
from seminars.choices import LaboratoryKind
from seminars.models import DirectoryEntry

KEPT = 6


def fill_directory(people: Iterable[Mapping[str, Any]], agency: Agency, *, by: User, at: datetime) -> None:
    """Enter the Inserm units of the first of the cast, each also by its number, unless somebody entered any."""
    if DirectoryEntry.objects.exists():
        return
    units = [person for person in people if "laboratory" in person and person["laboratory"][1]]
    for person in units[:KEPT]:
        name, unit, city = person["laboratory"]
        entry = DirectoryEntry(
            agency=agency,
            name=name,
            kind=LaboratoryKind.INSERM,
            unit=unit,
            institution=person["institution"],
            city=city,
            country=agency.country,
        )
        save_entry(entry, spellings=[f"Inserm {unit}"], by=by, at=at)

"""What an officer should look at first: projects rather than records, each half with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seminars.choices import Situation
from seminars.overview import partner_in_row, reasons


@dataclass(frozen=True)
class Half:
    """One record of a project, and why it needs attention, if it does."""

    record: Any
    reasons: list[Situation]


@dataclass(frozen=True)
class Case:
    """A project in which at least one record needs attention; both halves where the pair is confirmed."""

    halves: tuple[Half, ...]

    @property
    def first(self) -> Any:
        """The record whose reason is the most urgent."""
        return self.halves[0].record


def cases(records: Iterable[Any]) -> list[Case]:
    """Return records, fetched by ``overview.with_row`` the most urgent first, as projects in the same order."""
    halves = {record.pk: Half(record, reasons(record)) for record in records}
    found = []
    while halves:
        half = halves.pop(next(iter(halves)))
        partner = partner_in_row(half.record)
        other = (halves.pop(partner.pk, None) or Half(partner, [])) if partner else None
        found.append(Case((half, other) if other else (half,)))
    return found

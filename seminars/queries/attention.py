"""What an officer should look at first: projects rather than records, each half with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seminars.queries.fetching import partner_in_row


@dataclass(frozen=True)
class Case:
    """A project in which at least one record needs attention; both halves where the pair is confirmed."""

    halves: tuple[Any, ...]

    @property
    def first(self) -> Any:
        """The record whose reason is the most urgent."""
        return self.halves[0]


def cases(records: Iterable[Any]) -> list[Case]:
    """Return records, fetched by ``Overview.fetch`` the most urgent first, as projects in the same order."""
    found = []
    shown: set[int] = set()
    for record in records:
        if record.pk not in shown:
            partner = partner_in_row(record)
            found.append(Case((record, partner) if partner else (record,)))
            shown |= {half.pk for half in found[-1].halves}
    return found

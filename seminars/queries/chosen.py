"""Which columns the officers' list shows, and in which order, as the address says: ``columns=title,state,amount``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from seminars.models import Note
from seminars.queries.column_table import COLUMNS
from seminars.queries.columns import Column
from seminars.queries.listing import Cell, Line

BY_NAME = {column.name: column for column in COLUMNS}
DEFAULT = ("number", "title", "side", "state", "coordinator", "pairing", "start", "amount", "changed")


@dataclass(frozen=True)
class Row:
    """A record as one row of the screen: a cell for each column."""

    line: Line
    cells: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True)
class Chosen:
    """The columns that are shown, in their order; ``is_strange`` where the address named one that is not there."""

    columns: tuple[Column, ...]
    is_strange: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def address(self) -> str:
        """What ``columns=`` says in an address; nothing where the list is as it is by itself."""
        return "" if self.names == DEFAULT else ",".join(self.names)

    @property
    def needs(self) -> frozenset[str]:
        """What has to be fetched."""
        return frozenset(need for column in self.columns for need in column.needs)

    def counted(self, user: User) -> dict[str, Any]:
        """Return what has to be computed for ``user`` alone: the number of notes that they may read."""
        return {"notes_seen": Note.objects.number_for(user)} if "notes" in self.needs else {}

    @property
    def others(self) -> tuple[Column, ...]:
        """The columns that are not shown."""
        return tuple(column for column in COLUMNS if column.name not in self.names)

    @property
    def moves(self) -> list[tuple[Column, str, str]]:
        """Each column with the ``columns=`` that moves it one place earlier, and later; "" where it cannot move."""
        names = self.names

        def swapped(first: int) -> str:
            order = [*names[:first], names[first + 1], names[first], *names[first + 2 :]]
            return ",".join(order)

        return [
            (column, swapped(place - 1) if place else "", swapped(place) if place + 1 < len(names) else "")
            for place, column in enumerate(self.columns)
        ]

    def rows(self, records: Iterable[Any], agencies: tuple[int, ...]) -> list[Row]:
        """Return records, fetched for ``needs``, as rows of the screen to an officer of ``agencies``."""
        lines = (Line(record, agencies) for record in records)
        return [Row(line, tuple((column, column.shown(line)) for column in self.columns)) for line in lines]


def chosen(asked: Sequence[str]) -> Chosen:
    """Return the columns that an address asks for, in its order; those of the list by itself where it asks for none.

    The title is always there: it leads to the record.
    """
    names = [name for part in asked for name in part.split(",") if name]
    known = tuple(dict.fromkeys(name for name in names if name in BY_NAME))
    if known and "title" not in known:
        known = ("title", *known)
    return Chosen(tuple(BY_NAME[name] for name in known or DEFAULT), is_strange=any(n not in BY_NAME for n in names))

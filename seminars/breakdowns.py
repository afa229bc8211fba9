"""What a call's statistics are made of: tables with their drawings, and chapters that other apps add to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise

from accounts.models import User
from seminars.drawings.bars import Drawing, Value, drawing
from seminars.models import Call, CallAgency

NO_SIDE = 0
"""The accent of what belongs to no side."""


@dataclass(frozen=True)
class Row:
    """One line of a table, with a value for each column."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, the accent of its bars, and the side whose currency its amounts are in.

    A column that is not ``is_drawn`` stands in the table only.
    """

    name: str
    accent: int = NO_SIDE
    side: CallAgency | None = None
    is_drawn: bool = True


def columns_of(sides: tuple[CallAgency, ...]) -> tuple[Column, ...]:
    """Return a column for each side."""
    return tuple(Column(side.agency.acronym, side.agency.accent, side) for side in sides)


@dataclass(frozen=True)
class Breakdown:
    """One question, its answer as a table and as a drawing.

    ``figures`` are said beside them: what is no part of the whole, such as a mean. ``totals`` stand below the table and
    are not drawn.
    """

    key: str
    title: str | Promise
    note: str | Promise
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: tuple[Row, ...] = ()
    totals: tuple[Row, ...] = ()

    @property
    def drawing(self) -> Drawing:
        """The table as bars, one for each column, in the colour and with the shape of its side."""
        shown = [place for place, column in enumerate(self.columns) if column.is_drawn]
        rows = [(row.label, [row.values[place] for place in shown]) for row in self.rows]
        return drawing(rows, [column.accent for column in self.legend])

    @property
    def legend(self) -> tuple[Column, ...]:
        """The columns that are drawn."""
        return tuple(column for column in self.columns if column.is_drawn)

    @property
    def is_money(self) -> bool:
        """Whether its numbers are amounts."""
        return any(isinstance(value.number, Decimal) for row in self.rows for value in row.values)


@dataclass(frozen=True)
class Chapter:
    """Breakdowns of one kind under a heading of their own, and what is counted in them."""

    key: str
    title: str
    note: str
    breakdowns: tuple[Breakdown, ...]


Source = Callable[[Call, User, datetime], Chapter | None]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` add a chapter to the statistics of a call; called once when an app is ready.

    A source is asked with a call (fetched with its sides), the officer who reads, and an instant. It counts only what
    that officer may know, asks the database a fixed number of queries, and returns nothing where there is nothing.
    """
    if source not in SOURCES:
        SOURCES.append(source)


def chapters(call: Call, user: User, at: datetime) -> Iterator[Chapter]:
    """Yield what other apps count of ``call`` for an officer, as things stand at ``at``."""
    yield from (chapter for source in SOURCES if (chapter := source(call, user, at)))

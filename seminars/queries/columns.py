"""What a column of the officers' list is: on the screen, in files, and for sorting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Lower, NullIf

from seminars.queries.listing import Cell, Line, Words
from seminars.queries.overview import Overview

Written = str | int | Decimal | date | datetime | None
Order = Callable[[Overview], Any]


@dataclass(frozen=True)
class Part:
    """One column of a file: its heading and the value of a record. ``by_clock`` has the clock's zone in the heading."""

    heading: Words
    value: Callable[[Line], Written]
    by_clock: bool = False


@dataclass(frozen=True)
class Column:
    """One column of the list. What is ``own_only`` is written of the officer's own agency's records alone."""

    name: str
    label: Words
    cell: Callable[[Line], Cell]
    parts: tuple[Part, ...]
    needs: tuple[str, ...] = ()
    order: Order | None = None
    order_label: Words = ""
    is_number: bool = False
    captionless: bool = False
    """Whether the cell explains itself where no heading stands above it, on a phone."""
    own_only: bool = False

    @property
    def sorts(self) -> bool:
        """Whether the list can be sorted by it; templates would call ``order``."""
        return self.order is not None

    def shown(self, line: Line) -> Cell:
        """Return what the screen shows of a record."""
        return self.cell(line) if line.is_own or not self.own_only else Cell()

    def written(self, line: Line) -> list[Written]:
        """Return what a file says of a record: a value for each part."""
        may = line.is_own or not self.own_only
        return [part.value(line) if may else None for part in self.parts]


def by(expression: Any) -> Order:
    """Sort by an expression that needs nothing of the overview."""

    def order(overview: Overview) -> Any:
        return expression

    return order


def said(column: str) -> NullIf:
    """Return a text in small letters, or nothing where there is none, so that it sorts last."""
    return NullIf(Lower(column), Value(""))


def in_order(name: str, choices: Any) -> Order:
    """Sort by the place of each record's state or step among all, so that lists sort as people read them."""

    def order(overview: Overview) -> Case:
        places: dict[str, list[int]] = {value: [] for value in choices.values}
        for pk, found in overview.situations.items():
            places[getattr(found, name)].append(pk)
        whens = [When(pk__in=pks, then=place) for place, pks in enumerate(places.values())]
        return Case(*whens, output_field=IntegerField())

    return order


def plain(
    name: str, label: Words, read: Callable[[Line], Any], *needs: str, order: Any = None, **options: Any
) -> Column:
    """Return a column whose cell and value are the same."""

    def cell(line: Line) -> Cell:
        value = read(line)
        return Cell("" if value is None else str(value))

    order_by = by(order) if order is not None else None
    return Column(name, label, cell, (Part(label, read),), needs, order_by, **options)

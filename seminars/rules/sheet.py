"""A table of texts: where its headings are, and what stands below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.rules.text import forbidden_characters, normalise, one_line
from seminars.rules import headings

SEARCHED = 15
"""How many rows from the top are looked through for the headings."""
HEADING_LENGTH = 120
RANGE = re.compile(r"[A-Z]+([0-9]+):[A-Z]+([0-9]+)")

Row = tuple[int, list[str]]


class NotATable(Exception):
    """The rows are no table: a code (``merged``, ``no_rows``, ``characters``), and what its sentence names."""


@dataclass(frozen=True)
class Table:
    """Headings, all different, and the rows below them, each with its number in the file."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(rows: Sequence[Row], merged: Sequence[str] = ()) -> Table:
    """Return the table in ``rows``; a title above its headings is left out. Raises NotATable.

    The headings are the row of the first fifteen in which most cells are known, or else the first with two cells.
    ``merged`` are ranges of merged cells: above the headings they do not matter, elsewhere they hide values.
    """
    top = rows[:SEARCHED]
    known = [headings.recognised(cells) for _number, cells in top]
    filled = [sum(1 for cell in cells if cell.strip()) > 1 for _number, cells in top]
    place = known.index(max(known)) if any(known) else (filled.index(True) if any(filled) else 0)
    number, cells = rows[place]
    for area in merged:
        ends = RANGE.fullmatch(area)
        if ends and int(ends[2]) >= number:
            raise NotATable("merged", {"cells": area})
    below = tuple(rows[place + 1 :])
    if not below:
        raise NotATable("no_rows", {})
    width = max(len(cells), *(len(row) for _number, row in below))
    return Table(_names(cells, width), below)


def _names(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a heading for each column: the first keeps its name, others of that name are counted."""
    names: list[str] = []
    for place in range(width):
        name = one_line(normalise(cells[place]))[:HEADING_LENGTH] if place < len(cells) else ""
        if forbidden := forbidden_characters(name):
            raise NotATable("characters", {"characters": ", ".join(forbidden)})
        name, count, base = name or letters(place), 1, name or letters(place)
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return tuple(names)


def letters(place: int) -> str:
    """Return how spreadsheets call the column at ``place``, counted from zero: A, B, …, Z, AA."""
    rest, last = divmod(place, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def samples(table: Table, place: int, most: int = 3) -> list[str]:
    """Return the first different values of a column."""
    values = (one_line(cells[place]) for _number, cells in table.rows if place < len(cells))
    return list(dict.fromkeys(value for value in values if value))[:most]

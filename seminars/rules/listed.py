"""Reading the rows of another agency's list: what each cell says, and every problem by row and column."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.rules.text import forbidden_characters, normalise, one_line
from seminars.rules.days import Style, day, is_ambiguous, style_of
from seminars.rules.listed_cells import DATES, Unread, Values, read_cell
from seminars.rules.sheet import Table

IDENTIFYING = (
    *("application_number", "title_en", "title_ja", "title_original", "email", "orcid"),
    *("family_name", "family_name_kanji", "family_name_kana"),
)
"""With none of these, a row says of nobody what it is about."""


class Weight(StrEnum):
    """What a problem does: the row cannot be imported; the cell is left empty; nothing, but it should be known."""

    STOP = "stop"
    LOST = "lost"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """Something about one cell, one row (no ``heading``) or one column (``row`` 0); worded by ``list_wording``."""

    code: str
    row: int
    heading: str = ""
    weight: Weight = Weight.LOST
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class ReadRow:
    """One row: its number in the file, its cells as received by heading, the fields read, and their problems."""

    number: int
    received: Mapping[str, str]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def is_stopped(self) -> bool:
        """Whether the row cannot be imported as it is."""
        return any(problem.weight is Weight.STOP for problem in self.problems)

    @property
    def application_number(self) -> str:
        """The number the row is known by, or nothing."""
        return str(self.values.get("application_number", ""))


def read_rows(table: Table, mapping: Mapping[str, str], *, from_1904: bool = False) -> Iterator[ReadRow]:
    """Yield every row of a table, read by ``mapping`` (heading to field of ``headings.FIELDS``).

    A row with a number that a row before it has is stopped.
    """
    columns = [(place, heading, mapping[heading]) for place, heading in enumerate(table.headings) if heading in mapping]
    styles = {
        heading: style_of(_column(table, place), from_1904=from_1904)
        for place, heading, field in columns
        if field in DATES
    }
    first: dict[str, int] = {}
    for number, cells in table.rows:
        row = _row(number, cells, table.headings, columns, styles)
        known = row.application_number
        place = first.setdefault(known, number) if known else number
        if place != number:
            twin = Problem("number_twice", number, "", Weight.STOP, {"place": place, "number": known})
            row = dataclasses.replace(row, problems=(*row.problems, twin))
        yield row


def column_notes(table: Table, mapping: Mapping[str, str]) -> list[Problem]:
    """Return what is assumed of whole columns: in which order the days are that read both ways."""
    notes = []
    for place, heading in enumerate(table.headings):
        if mapping.get(heading) not in DATES:
            continue
        values = _column(table, place)
        doubtful = next((value for value in values if is_ambiguous(value)), None)
        if doubtful:
            params = {"value": doubtful, "day": day(doubtful, style_of(values))}
            notes.append(Problem("day_order", 0, heading, Weight.NOTE, params))
    return notes


def _column(table: Table, place: int) -> list[str]:
    return [cells[place] for _number, cells in table.rows if place < len(cells)]


def _row(
    number: int,
    cells: Sequence[str],
    headings: Sequence[str],
    columns: Iterable[tuple[int, str, str]],
    styles: Mapping[str, Style],
) -> ReadRow:
    received = {headings[place]: cell for place, cell in enumerate(cells) if cell.strip()}
    values: Values = {}
    problems = [
        Problem("characters", number, heading, Weight.STOP, {"characters": ", ".join(forbidden)})
        for heading, cell in received.items()
        if (forbidden := forbidden_characters(normalise(cell)))
    ]
    for place, heading, field in columns:
        text = one_line(normalise(cells[place])) if place < len(cells) else ""
        if not text or forbidden_characters(text):
            continue
        try:
            found, notes = read_cell(field, text, styles.get(heading))
        except Unread as unread:
            problems.append(Problem(unread.args[0], number, heading, Weight.LOST, unread.args[1]))
            continue
        values |= {name: value for name, value in found.items() if value or name not in values}
        problems += [Problem(code, number, heading, Weight.NOTE) for code in notes]
    return ReadRow(number, received, *_judged(number, values, problems))


def _judged(number: int, values: Values, problems: list[Problem]) -> tuple[Values, tuple[Problem, ...]]:
    """Drop what does not go together, and add what is wrong with the row as a whole."""
    start, end = values.get("start_on"), values.get("end_on")
    if start and end and end < start:
        values = values | {"end_on": None}
        problems.append(Problem("end_before_start", number))
    if not any(values.get(name) for name in IDENTIFYING):
        problems.append(Problem("nothing", number, weight=Weight.STOP))
    elif not values.get("application_number"):
        problems.append(Problem("no_number", number, weight=Weight.NOTE))
    return values, tuple(problems)

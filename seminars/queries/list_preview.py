"""What an import would do: every row as it would be read, what is wrong with it, and what is chosen for it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from seminars.choices import KnownChoice
from seminars.models import ApplicationList, ListedApplication
from seminars.rules.listed import Problem, ReadRow, Weight, column_notes, read_rows
from seminars.rules.sheet import Table

ADD, SKIP = "add", "skip"
STOPPED = "stopped"
"""In the choices for single rows, the one for all rows that cannot be imported as they are."""


@dataclass(frozen=True)
class Line:
    """One row, the known application of its number (0 for none), and what happens with it."""

    row: ReadRow
    known: int
    choice: str
    unkept: str = ""
    """What an officer has chosen on a page that is not kept, because the choices have changed meanwhile."""

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen for the row; the first is what happens by itself."""
        if self.known:
            return (KnownChoice.UPDATE, KnownChoice.KEEP)
        return (SKIP,) if self.row.is_stopped else (ADD, SKIP)

    @property
    def is_written(self) -> bool:
        """Whether the import writes the row."""
        return self.choice in (ADD, KnownChoice.UPDATE)

    @property
    def is_in_the_way(self) -> bool:
        """Whether nothing can be imported before something is chosen for the row."""
        return self.is_written and self.row.is_stopped


class Preview:
    """An import before it is done; fetch the list with its upload."""

    def __init__(self, imported: ApplicationList) -> None:
        self.list = imported
        self.table = table_of(imported)

    def read(self) -> Iterator[ReadRow]:
        """Yield the rows as they are read; the lines are ready once all were."""
        rows = []
        for row in read_rows(self.table, self.list.mapping, from_1904=self.list.counts_from_1904):
            rows.append(row)
            yield row
        self.__dict__["rows"] = rows

    @cached_property
    def rows(self) -> list[ReadRow]:
        """All rows, read once."""
        return list(read_rows(self.table, self.list.mapping, from_1904=self.list.counts_from_1904))

    @cached_property
    def lines(self) -> list[Line]:
        """Every row with what happens to it; what is known is asked for once."""
        known = known_numbers(self.list, [row.application_number for row in self.rows if row.application_number])
        return [self._line(row, known.get(row.application_number, 0)) for row in self.rows]

    def _line(self, row: ReadRow, known: int) -> Line:
        choices = self.list.row_choices
        choice = choices.get(str(row.number), "")
        if known:
            usual = self.list.known_choice
            if choice not in KnownChoice.values:
                choice = KnownChoice.KEEP if choice == SKIP else usual
            if row.is_stopped and choices.get(STOPPED) == SKIP:
                choice = KnownChoice.KEEP
        elif row.is_stopped:
            choice = SKIP if SKIP in (choice, choices.get(STOPPED)) else ADD
        elif choice != SKIP:
            choice = ADD
        return Line(row, known, choice)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows are added, updated, kept, left out, and in the way."""
        counted = Counter(line.choice for line in self.lines if not line.is_in_the_way)
        counted[STOPPED] = sum(1 for line in self.lines if line.is_in_the_way)
        counted["known"] = sum(1 for line in self.lines if line.known)
        counted["faulty"] = sum(1 for line in self.lines if line.row.is_stopped)
        counted["lost"] = sum(1 for problem in self.problems if problem.weight is Weight.LOST)
        counted["written"] = counted[ADD] + counted[KnownChoice.UPDATE]
        return counted

    @cached_property
    def problems(self) -> list[Problem]:
        """Every problem, in the order of the rows."""
        return [problem for row in self.rows for problem in row.problems]

    @cached_property
    def notes(self) -> list[Problem]:
        """What is assumed of whole columns."""
        return column_notes(self.table, self.list.mapping)


def seen_choices(imported: ApplicationList) -> str:
    """Return a fingerprint of all that officers choose for an import: a page that shows another one is out of date."""
    chosen = [imported.sheet, imported.encoding, imported.mapping, imported.known_choice, imported.row_choices]
    return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:32]


def table_of(imported: ApplicationList) -> Table:
    """Return the uploaded table of a list."""
    return Table(tuple(imported.headers), tuple((number, cells) for number, cells in imported.upload.rows))


def known_numbers(imported: ApplicationList, numbers: list[str]) -> dict[str, int]:
    """Return the id of each application that the holder has listed already, by its number."""
    held = ListedApplication.objects.filter(side=imported.side_id, held_by=imported.held_by_id)
    return dict(held.exclude(application_number="").values_list("application_number", "pk")) if numbers else {}

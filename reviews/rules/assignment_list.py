"""Assignments read from a spreadsheet: each row names a pair, by number or title, and a reviewer's e-mail address."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reviews.rules.fit import normal

LONGEST = 200
"""How much of a cell is repeated where it is not understood."""

Pairing = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """What rows may name: pairs by number and by title (``normal``), reviewers by address in small letters.

    ``barred`` are the pairings a conflict of interest forbids, ``given`` those that exist already.
    """

    numbers: Mapping[str, int]
    titles: Mapping[str, Collection[int]]
    reviewers: Mapping[str, int]
    barred: Collection[Pairing]
    given: Collection[Pairing]


@dataclass(frozen=True)
class Line:
    """A row: its number in the file, what it names, and what is wrong with it (``problem``) or worth a word (``note``).

    Problems: ``no_pair``, ``many_pairs``, ``no_reviewer``, ``conflict``. Notes: ``left_out``, ``given``, ``twice``.
    ``said`` is what was not understood.
    """

    number: int
    pair: int | None = None
    reviewer: int | None = None
    problem: str = ""
    note: str = ""
    said: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the row adds an assignment."""
        return not self.problem and not self.note


def read_assignments(rows: Sequence[tuple[int, Sequence[str]]], known: Known) -> tuple[Line, ...]:
    """Return what each row says; columns may stand in any order, and further ones are not looked at.

    A row without an e-mail address is left out: headings, and pairs that have no reviewer yet.
    """
    lines, seen = [], set()
    for number, cells in rows:
        line = _read(number, [unicodedata.normalize("NFKC", cell).strip() for cell in cells], known)
        pairing = (line.reviewer, line.pair)
        if line.is_new and pairing in seen:
            line = Line(number, line.pair, line.reviewer, note="twice")
        seen.add(pairing)
        lines.append(line)
    return tuple(lines)


def _read(number: int, cells: Sequence[str], known: Known) -> Line:
    addresses = [cell for cell in cells if "@" in cell and " " not in cell]
    said = " · ".join(filter(None, cells))[:LONGEST]
    if not addresses:
        return Line(number, note="left_out", said=said)
    pairs = {known.numbers[cell] for cell in cells if cell in known.numbers}
    if not pairs:
        pairs = {pair for cell in cells if cell for pair in known.titles.get(normal(cell), ())}
    if len(pairs) != 1:
        return Line(number, problem="many_pairs" if pairs else "no_pair", said=said)
    pair = pairs.pop()
    # Only ASCII is made small: other letters could become those of somebody else's address (SAFETY 14).
    named = {known.reviewers.get(cell.lower()) for cell in addresses if cell.isascii()} - {None}
    if len(named) != 1:
        return Line(number, pair, problem="no_reviewer", said=said)
    reviewer = named.pop()
    assert reviewer is not None  # noqa: S101 - taken out above
    if (reviewer, pair) in known.given:
        return Line(number, pair, reviewer, note="given")
    if (reviewer, pair) in known.barred:
        return Line(number, pair, reviewer, problem="conflict")
    return Line(number, pair, reviewer)

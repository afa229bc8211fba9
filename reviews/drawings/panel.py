"""Scores and spread by pair: from rows of a panel to the geometry of a drawing that also fits a phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reviews.models.review import HIGHEST, LOWEST
from reviews.queries.panel_board import Row

WIDTH, LEFT, RIGHT, LINE, TOP = 420, 76, 12, 20, 24


@dataclass(frozen=True)
class Mark:
    """A pair: its number, the place of its mean, and of mean minus and plus the spread; as a drawing writes them."""

    label: str
    y: str
    mean: str
    low: str
    high: str


@dataclass(frozen=True)
class Drawing:
    """All pairs that have a score, and the lines of the whole scores."""

    marks: tuple[Mark, ...]
    levels: tuple[tuple[str, int], ...]
    height: int
    width: int = WIDTH


def _across(score: Decimal) -> str:
    held = min(max(score, Decimal(LOWEST)), Decimal(HIGHEST))
    return str(round(LEFT + (WIDTH - LEFT - RIGHT) * float(held - LOWEST) / (HIGHEST - LOWEST), 1))


def chart(rows: Iterable[Row]) -> Drawing | None:
    """Return the drawing of the rows that have a score, in their order, or None where none has."""
    marks: list[Mark] = []
    for row in rows:
        mean, spread = row.overall.mean, row.overall.spread or Decimal(0)
        if mean is not None:
            y = TOP + LINE * len(marks) + LINE // 2
            marks.append(Mark(str(row.seminar), str(y), _across(mean), _across(mean - spread), _across(mean + spread)))
    levels = tuple((_across(Decimal(level)), level) for level in range(LOWEST, HIGHEST + 1))
    return Drawing(tuple(marks), levels, TOP + LINE * len(marks) + 6) if marks else None

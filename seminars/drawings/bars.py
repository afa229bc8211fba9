"""Horizontal bars: from rows of numbers to the geometry of a drawing that also fits a phone."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 420
LABEL, BAR, GAP, BETWEEN = 20, 13, 3, 12
FOR_TEXT = 116
"""What is left free at the right for the number behind the longest bar."""
LONGEST_LABEL = 56
"""In half-width characters: what fits one line; the table beside the drawing has the whole label."""


@dataclass(frozen=True)
class Value:
    """A number to draw, and how it is written; ``of`` is what it is a share of, 0 where it is none."""

    number: Decimal | int
    text: str
    of: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar, its length and place, and the number written behind it; ``accent`` is the side it belongs to."""

    y: int
    length: float
    text: str
    accent: int


@dataclass(frozen=True)
class Group:
    """The bars of one row under its label."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Drawing:
    """All groups in a drawing of ``WIDTH`` by ``height``."""

    groups: tuple[Group, ...]
    height: int
    width: int = WIDTH
    thickness: int = BAR


def shortened(label: str) -> str:
    """Return a label that fits one line, cut at the end where it must be."""
    room = LONGEST_LABEL
    for place, letter in enumerate(label):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{label[: place - 1]}…"
    return label


def drawing(rows: Sequence[tuple[str, Sequence[Value]]], accents: Sequence[int]) -> Drawing:
    """Return the bars of ``rows``, each a label with one value an accent; the longest takes the whole width.

    In a row with any number, nothing is drawn for zero.
    """
    most = max((value.number for _label, values in rows for value in values), default=0) or 1
    groups, y = [], 0
    for label, values in rows:
        top, any_number = y + LABEL, any(value.number for value in values)
        shown = [pair for pair in zip(values, accents, strict=True) if pair[0].number or not any_number]
        bars = tuple(
            Bar(
                y=top + place * (BAR + GAP),
                length=round(float(value.number) / float(most) * (WIDTH - FOR_TEXT), 1),
                text=value.text,
                accent=accent,
            )
            for place, (value, accent) in enumerate(shown)
        )
        groups.append(Group(shortened(label), y + LABEL - 6, bars))
        y = top + len(bars) * (BAR + GAP) + BETWEEN
    return Drawing(tuple(groups), max(y - BETWEEN, 0))

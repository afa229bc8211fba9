"""Which words two texts do not have in common."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]|[^\W\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+\s*|\s+|.")
"""A word with the space behind it, one Japanese character, or one mark."""


@dataclass(frozen=True)
class Piece:
    """A run of text; ``changed`` when the other text does not have it there."""

    text: str
    changed: bool = False


def words_apart(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, each marking what the other lacks; joined again they are the texts."""
    here, there = TOKEN.findall(mine), TOKEN.findall(theirs)
    own: list[Piece] = []
    other: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        for pieces, tokens in ((own, here[a:b]), (other, there[c:d])):
            if tokens:
                pieces.append(Piece("".join(tokens), kind != "equal"))
    return tuple(own), tuple(other)


def lines_apart(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[tuple[Piece, ...], ...], tuple[tuple[Piece, ...], ...]]:
    """Return two lists line by line, each line one piece that says whether the other list lacks it."""
    return (
        tuple((Piece(line, line not in theirs),) for line in mine),
        tuple((Piece(line, line not in mine),) for line in theirs),
    )

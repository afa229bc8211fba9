"""Reading lists from XLSX and CSV files without opening them in this process (SAFETY 16)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filetype

from seminars.files import separated
from seminars.files.child import answer_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CHILD = Path(__file__).with_name("spreadsheet_child.py")
MEGABYTE = 1024 * 1024
BYTES = 10 * MEGABYTE
ROWS = 5000
COLUMNS = separated.MOST_COLUMNS
SECONDS = 4
"""Wall time for one file, so that the whole answer takes five; the child's own limit is on its processor time."""
LIMITS = {
    "most_rows": ROWS,
    "rows": ROWS + 20,  # with a title and headings
    "cells": 150_000,
    "columns": COLUMNS,
    "characters": 4_000_000,
    "unpacked": 80 * MEGABYTE,
    "ratio": 100,
    "small": MEGABYTE // 10,  # below this a high ratio is no sign of anything
    "parts": 500,
    "memory": 640 * MEGABYTE,
    "seconds": 3,
}
REFUSALS = frozenset(
    {
        "damaged",
        "empty",
        "encoding",
        "encrypted",
        "formula",
        "heavy",
        "looks_like",
        "macros",
        "many_cells",
        "many_columns",
        "many_rows",
        "much_text",
        "not_sheet",
        "old_excel",
        "one_column",
        "quotes",
    }
)


class NotReadable(Exception):
    """The file cannot be read as a list: ``code`` says why, ``params`` what its sentence names.

    Codes: those of REFUSALS, ``unchecked`` when the reading itself failed, and those of ``rules.sheet``.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Reading:
    """What a file holds: its rows that are not empty, each with its number in the file, and how it was read.

    ``notes`` are what was noticed (hidden rows, columns, sheets), ``merged`` the ranges of merged cells ("B4:B6").
    """

    kind: str
    rows: tuple[tuple[int, list[str]], ...]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    counts_from_1904: bool = False
    merged: tuple[str, ...] = ()
    notes: tuple[dict[str, Any], ...] = field(default=())


def read(data: bytes, *, sheet: str = "", encoding: str = "") -> Reading:
    """Return what an XLSX or CSV file holds; ``sheet`` and ``encoding`` overrule what is found by itself.

    Raises NotReadable.
    """
    if data.startswith(OLE):
        raise NotReadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel")
    kind = filetype.guess(data[:8192])
    if kind and kind.extension not in ("zip", "xlsx"):
        raise NotReadable("looks_like", kind=kind.extension.upper())
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(data, sheet)
    return _separated(data, encoding)


def _workbook(data: bytes, sheet: str) -> Reading:
    """Let a process of its own, with little memory and little time, read a workbook."""
    asked = json.dumps({"limits": LIMITS, "sheet": sheet})
    answered = answer_of(CHILD, data, asked, seconds=SECONDS, called="Reading a workbook", refuse=NotReadable)
    answer = json.loads(answered)
    if "refused" in answer:
        raise NotReadable(answer["refused"], **answer["params"])
    rows = tuple((number, cells) for number, cells in answer.pop("rows"))
    lists = {name: tuple(value) for name, value in answer.items() if isinstance(value, list)}
    return Reading("xlsx", rows, **(answer | lists))


def _separated(data: bytes, encoding: str) -> Reading:
    """Read a text with separators, which nothing but its size could make dangerous."""
    try:
        text, name = separated.decoded(data, encoding)
        if "\0" in text or text.lstrip()[:1] in ("<", "{"):
            raise NotReadable("not_sheet")
        if not text.strip():
            raise NotReadable("empty")
        mark = separated.separator_of(text)
        if not mark:
            raise NotReadable("one_column")
        rows = tuple(_bounded(separated.texts_of(text, mark)))
        if not rows:
            raise NotReadable("empty")
    except separated.NotSeparated as refused:
        raise NotReadable(refused.args[0], **refused.args[1]) from refused
    return Reading("csv", rows, encoding=name, separator=mark)


def _bounded(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, without the empty cells at their ends; refuse too much."""
    characters = kept = 0
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        kept, characters = kept + 1, characters + sum(map(len, cells))
        if len(cells) > COLUMNS:
            raise NotReadable("many_columns", most=COLUMNS)
        if kept > LIMITS["rows"]:
            raise NotReadable("many_rows", most=ROWS)
        if characters > LIMITS["characters"]:
            raise NotReadable("much_text")
        yield number, cells

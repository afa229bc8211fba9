"""The smallest pieces of a dossier: runs of text with their language, lines of runs, and blocks of lines."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts import formats

Run = dict[str, Any]
Lines = list[list[Run]]
Block = dict[str, Any]

JAPANESE = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]")
LONG_WORD = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]{33,}")
SEAM = re.compile(r"(?<=[@._/+\-:;,?=&#])(?=.)")
PIECE = 12
BREAK = "\u200b"


def reader() -> str:
    """Return the language the document is made in."""
    return (get_language() or "en")[:2]


def language_of(text: str) -> str:
    """Return "ja" for text in Japanese script, "" for the document's own language.

    Latin text in a Japanese document is marked as English, which most of it is: read aloud as Japanese, it is none.
    """
    if JAPANESE.search(text):
        return "ja"
    return "en" if reader() == "ja" and text.isascii() and re.search("[A-Za-z]{3}", text) else ""


def breakable(text: str) -> str:
    """Return ``text`` with places to break in words that no line could hold; they have no width and no shape."""
    return LONG_WORD.sub(lambda word: BREAK.join(_pieces(word[0])), text)


def _pieces(word: str) -> Iterable[str]:
    for part in SEAM.split(word):
        yield from (part[start : start + PIECE] for start in range(0, len(part), PIECE))


def run(text: Any, *, lang: str | None = None, style: str = "", whole: bool = False) -> Run:
    """Return a run of text; ``whole`` keeps it on one line, ``style`` is weak, strong or mono."""
    words = str(text)
    spoken = language_of(words) if lang is None else lang
    lang = "" if spoken == reader() else spoken
    return {"t": words if whole else breakable(words), "lang": lang, "style": style, "whole": whole}


def line(text: Any, **options: Any) -> Lines:
    """Return one line of one run; no line for no text."""
    return [[run(text, **options)]] if text not in ("", None) else []


def instant_lines(iso: str | None) -> Lines:
    """Return an instant by the reader's clock, those of Paris and Tokyo, and to the microsecond in UTC."""
    if not iso:
        return []
    instant = datetime.fromisoformat(iso)
    zone = timezone.get_current_timezone_name()
    said = formats.separator(reader()).join(formats.clocks(instant, reader(), zone))
    return [[run(said, lang="")], [run(formats.utc(instant), lang="", style="mono", whole=True)]]


def paragraphs(text: str, lang: str | None = None) -> list[Lines]:
    """Return text as paragraphs, which empty lines part, of lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [[[run(words, lang=lang)] for words in part.split("\n")] for part in parts if part.strip()]


def fields(rows: Iterable[tuple[Any, Lines]]) -> Block:
    """Return labels with what is said; those without anything are left out."""
    return {"kind": "fields", "rows": [{"label": str(label), "value": value} for label, value in rows if value]}


def prose(label: Any, text: str, lang: str | None = None) -> Block:
    """Return a text of several paragraphs under its label."""
    return {"kind": "prose", "label": str(label), "paragraphs": paragraphs(text, lang)}


def remark(words: Any) -> Block:
    """Return a sentence of the application's own."""
    return {"kind": "remark", "words": str(words)}


def table(columns: Sequence[tuple[Any, float, str]], rows: Iterable[dict[str, Any]]) -> Block:
    """Return a table: columns of heading, share of the width and side; rows by ``row``.

    A column without a word in any row is left out; the first stays.
    """
    made = list(rows)
    lines = [one["cells"] for one in made if one["style"] == "line"]
    used = [place for place in range(len(columns)) if place == 0 or any(cells[place] for cells in lines)]
    for one in made:
        if one["style"] == "line":
            one["cells"] = [one["cells"][place] for place in used]
    named = [dict(zip(("heading", "width", "align"), columns[place], strict=True)) for place in used]
    return {
        "kind": "table",
        "columns": [column | {"heading": str(column["heading"])} for column in named],
        "rows": made,
    }


def row(*cells: Lines, style: str = "line") -> dict[str, Any]:
    """Return a row; of any style but "line" it holds words for all columns, or words and a sum for the last."""
    return {"style": style, "cells": [*cells]}

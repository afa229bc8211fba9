"""Reading texts with separators (CSV, TSV) in whatever encoding an office program has written them."""

import csv
import io
import re
from collections.abc import Iterator

from seminars.rules.sheet import letters

MOST_COLUMNS = 60
KANA = re.compile("[\u3041-\u30ff]")
FRENCH = re.compile("[\x00-\x7fÀÂÇÈÉÊËÎÏÔÙÛÜŒàâäçèéêëîïôöùûüœ«»’‘“”€°–—…·\xa0]*")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
ENCODINGS = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "cp1252", "utf-16-le", "utf-16-be")
LINE_END = re.compile(r"[\r\n]")
QUOTED = re.compile(r'="([^"]*)"')
MOST_MARKS = 5000
"""So many separators in one line are no list, whatever they enclose; millions would take long to part."""


class NotSeparated(Exception):
    """The text cannot be read as a table: a code of ``spreadsheets.REFUSALS``, and what its sentence names."""


def decoded(data: bytes, asked: str) -> tuple[str, str]:
    """Return a text and its encoding: by its mark, as asked, or the first that fits. Raises NotSeparated."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _decoded(data.removeprefix(mark), name), name
    if asked:
        return _decoded(data, asked), asked
    half = len(data) // 2
    if half > 3 and not len(data) % 2:
        # Text in UTF-16 without its mark: separators and line ends are in every second byte.
        for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
            if zeros.count(0) > half // 20 and LINE_END.search(text := data.decode(name, errors="replace")):
                return text, name
    for name in ("iso2022_jp",) if b"\x1b$" in data else ("utf-8", "cp932", "cp1252", "euc_jp"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if (name == "cp1252") <= _is_french(data) and (name != "cp932" or KANA.search(text) or not _is_french(data)):
            return text, name
    raise NotSeparated("encoding", {})


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as broken:
        raise NotSeparated("encoding", {}) from broken


def _is_french(data: bytes) -> bool:
    """Say whether bytes read as Western European make nothing but French: Excel in France writes such files."""
    try:
        return FRENCH.fullmatch(data.decode("cp1252")) is not None
    except UnicodeDecodeError:
        return False


def separator_of(text: str) -> str:
    """Return which of comma, semicolon and tab parts the most columns in the first lines."""
    best, width = "", 1
    for mark in (",", ";", "\t"):
        lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=mark)
        widths: list[int] = []
        try:
            for cells in lines:
                widths.append(len(cells))
                if len(widths) == 20:
                    break
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda found: (widths.count(found), found), default=0)
        if usual > width:
            best, width = mark, usual
    return best


def _lines(text: str, mark: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if line.count(mark) > MOST_MARKS:
            raise NotSeparated("many_columns", {"most": MOST_COLUMNS})
        yield line


def texts_of(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text with their numbers; raise NotSeparated where quotes do not match or a formula stands."""
    lines = csv.reader(_lines(text, mark), delimiter=mark, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            for place, cell in enumerate(cells):
                if cell.startswith("=") and (quoted := QUOTED.fullmatch(cell)):
                    cells[place] = quoted[1]
                elif cell.startswith("="):
                    raise NotSeparated("formula", {"cell": f"{letters(place)}{number}"})
            yield number, cells
    except csv.Error as broken:
        if "field limit" in str(broken):
            raise NotSeparated("much_text", {}) from broken
        raise NotSeparated("quotes", {"row": number + 1}) from broken

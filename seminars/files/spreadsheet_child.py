"""Reads one workbook (XLSX) from standard input, in a process of its own with little memory and little time.

Its one argument is a JSON object: the limits, and which sheet to read. It answers one JSON object: the
cells as texts with what it noticed, or ``{"refused": "encrypted"}`` with a code of ``spreadsheets.REFUSALS``. It is run
as a script and imports nothing of the project. What a workbook says of itself is read by openpyxl with defusedxml; its
cells and shared strings, which are most of it, by expat in one pass each. Both refuse entities and outside references.
"""

import io
import json
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

# Set before openpyxl is imported: defusedxml for every part, never lxml.
os.environ |= {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}
# openpyxl takes them where they are installed, which doubles the time to begin; cells need neither.
sys.modules |= dict.fromkeys(("numpy", "PIL"))  # type: ignore[arg-type]
from defusedxml.common import DefusedXmlException, DTDForbidden
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601

ESCAPED = re.compile("_x(000[9AD]|005F)_")
MERGE = re.compile("[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")
MANY = 10
"""So many times the rows allowed are too many even when most of them are empty."""
TRUE = ("1", "true")
TEXT = ("s", "str", "inlineStr")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHORT = {MAIN + name: name for name in ("row", "c", "v", "f", "t", "si", "rPh", "mergeCell", "col")}
"""The elements that are read, by their whole names."""


class Refused(Exception):
    """The file is not accepted: the code, and what its sentence names."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def text_of(value: Any) -> str:
    """Return the value of a cell as text: days in ISO 8601, whole numbers without decimals."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return ESCAPED.sub(lambda found: "_" if found[1] == "005F" else "\n", str(value))


def opened(data: bytes, limits: dict[str, int]) -> zipfile.ZipFile:
    """Return the archive of a workbook once its parts are few, not encrypted, and of reasonable size unpacked."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "mimetype" in names or "content.xml" in names:
        raise Refused("looks_like", kind="ODS")
    if any(name.startswith("word/") for name in names) or any(name.startswith("ppt/") for name in names):
        raise Refused("looks_like", kind="DOCX" if any(name.startswith("word/") for name in names) else "PPTX")
    if "xl/workbook.bin" in names:
        raise Refused("looks_like", kind="XLSB")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > limits["unpacked"] or size > limits["ratio"] * max(packed, limits["small"]):
        raise Refused("heavy")
    if len(parts) > limits["parts"] or len(names) != len(parts):
        raise Refused("heavy")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("not_sheet")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("macros")
    return archive


def parse(part: bytes, reader: "Texts") -> None:
    """Give the elements and texts of a part to ``reader``; a DTD is refused."""

    def refuse(*declared: Any) -> None:
        raise DTDForbidden(*declared[:3])

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(part, True)


class Texts:
    """Gathers texts, the shared strings for one: readings over kanji are left out, formatted pieces are joined."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.in_text = self.in_reading = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Begin a text, or the reading of one."""
        name = SHORT.get(name, "")
        if name in ("v", "t"):
            self.in_text = not self.in_reading
        elif name == "rPh":
            self.in_reading = True

    def end(self, name: str) -> None:
        """End what was begun, and keep a shared string that is whole."""
        name = SHORT.get(name, "")
        if name in ("v", "t"):
            self.in_text = False
        elif name == "rPh":
            self.in_reading = False
        elif name == "si":
            self.found.append("".join(self.pieces))
            self.pieces = []

    def text(self, piece: str) -> None:
        """Keep a piece of text."""
        if self.in_text:
            self.pieces.append(piece)


class Sheet(Texts):
    """The cells of one sheet as texts, by row; what is merged or hidden is counted on the way."""

    def __init__(self, limits: dict[str, int], value: Callable[[str, str, int], Any]) -> None:
        """``value`` makes a value of a cell's kind, its text and its style."""
        super().__init__()
        self.limits, self.value = limits, value
        self.rows: list[tuple[int, list[str]]] = []
        self.merged: list[str] = []
        self.hidden = {"hidden_rows": 0, "hidden_columns": 0}
        self.row: dict[int, str] = {}
        self.number = self.column = self.style = self.seen_rows = self.seen_cells = self.characters = 0
        self.kind = self.place = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or its value; raise Refused at a formula, and where there is too much."""
        short = SHORT.get(name)
        if short == "c":
            self._start_cell(attributes)
        elif short == "row":
            self._start_row(attributes)
        elif short == "f":
            raise Refused("formula", cell=self.place or self.number)
        elif short == "mergeCell" and len(self.merged) < self.limits["rows"] and MERGE.fullmatch(attributes["ref"]):
            self.merged.append(attributes["ref"])
        elif short == "col" and attributes.get("hidden") in TRUE:
            self.hidden["hidden_columns"] += 1
        else:
            super().start(name, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.number + 1))
        if number <= self.number:
            raise ValueError(number)
        self.number, self.column, self.row = number, 0, {}
        self.hidden["hidden_rows"] += attributes.get("hidden") in TRUE
        self.seen_rows += 1
        if self.seen_rows > MANY * self.limits["rows"]:
            raise Refused("many_rows", most=self.limits["most_rows"])

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.place = attributes.get("r", "")
        self.column = column_of(self.place) if self.place else self.column + 1
        self.kind, self.style, self.pieces = attributes.get("t", "n"), int(attributes.get("s", 0)), []
        self.seen_cells += 1
        if self.seen_cells > self.limits["cells"]:
            raise Refused("many_cells", most=self.limits["cells"])

    def end(self, name: str) -> None:
        """Keep a cell that holds anything, and a row that has one."""
        short = SHORT.get(name)
        if short == "c":
            if self.pieces:
                self._keep(text_of(self.value(self.kind, "".join(self.pieces), self.style)))
        elif short == "row":
            self._end_row()
        else:
            super().end(name)

    def _keep(self, text: str) -> None:
        if text.strip() and self.column > self.limits["columns"]:
            raise Refused("many_columns", most=self.limits["columns"])
        self.row[self.column] = text
        self.characters += len(text)
        if self.characters > self.limits["characters"]:
            raise Refused("much_text")

    def _end_row(self) -> None:
        last = max((column for column, text in self.row.items() if text.strip()), default=0)
        if last:
            self.rows.append((self.number, [self.row.get(column, "") for column in range(1, last + 1)]))
        if len(self.rows) > self.limits["rows"]:
            raise Refused("many_rows", most=self.limits["most_rows"])


def column_of(place: str) -> int:
    """Return the number of the column that a cell's place ("AB12") names, from one."""
    number = 0
    for character in place.rstrip("0123456789"):
        number = number * 26 + ord(character) - ord("A") + 1
    if number < 1:
        raise ValueError(place)
    return number


class Book(ExcelReader):
    """A workbook of which openpyxl reads the sheets' names and states, the styles and the epoch; nothing else."""

    def open(self) -> None:
        """Read what the cells need; a workbook is opened once."""
        self.read_manifest()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.strings: list[str] | None = None
        pages = [(sheet, rel.target) for sheet, rel in self.parser.find_sheets() if "chartsheet" not in rel.Type]
        self.pages = [(sheet.name, sheet.state, path) for sheet, path in pages if path in self.valid_files]

    def value(self, kind: str, said: str, style: int) -> Any:
        """Return the value of a cell that is not empty."""
        if kind == "s":
            return self.shared(int(said))
        if kind in TEXT or kind == "e":
            return said
        if kind == "b":
            return said in TRUE
        if kind == "d":
            return from_ISO8601(said)
        number = float(said) if set(said) & set(".eEnN") else int(said)
        if style not in self.wb._date_formats:
            return number
        try:
            return from_excel(number, self.wb.epoch, timedelta=style in self.wb._timedelta_formats)
        except (OverflowError, ValueError):
            return number

    def shared(self, place: int) -> str:
        """Return a shared string; they are read when the first is asked for."""
        if self.strings is None:
            table = Texts()
            part = self.package.find("application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml")
            if part is not None:
                parse(self.archive.read(part.PartName[1:]), table)
            self.strings = table.found
        return self.strings[place]


def workbook(data: bytes, limits: dict[str, int], asked: str) -> dict[str, Any]:
    """Return what the first visible sheet with anything in it, or the one asked for, holds."""
    archive = opened(data, limits)
    book = Book(io.BytesIO(data), read_only=True, keep_links=False)
    book.open()
    visible = [(name, path) for name, state, path in book.pages if state == "visible"]
    for name, path in visible:
        if asked in ("", name):
            sheet = Sheet(limits, book.value)
            parse(archive.read(path), sheet)
            if sheet.rows:
                break
    else:
        raise Refused("empty")
    hidden = sheet.hidden | {"hidden_sheets": len(book.pages) - len(visible)}
    return {
        "sheet": name,
        "sheets": [each for each, _path in visible],
        "counts_from_1904": book.wb.epoch.year == 1904,
        "merged": sheet.merged,
        "notes": [{"code": code, "count": count} for code, count in hidden.items() if count],
        "rows": sheet.rows,
    }


BROKEN = (
    *(zipfile.BadZipFile, DefusedXmlException, expat.ExpatError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError),
)


def main() -> None:
    """Read standard input and write the answer."""
    asked = json.loads(sys.argv[1])
    limits = asked["limits"]
    bounds = {resource.RLIMIT_AS: limits["memory"], resource.RLIMIT_CPU: limits["seconds"]}
    for kind, most in (bounds | {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}).items():
        resource.setrlimit(kind, (most, most))
    warnings.simplefilter("ignore")
    try:
        answer = workbook(sys.stdin.buffer.read(), limits, asked["sheet"])
    except Refused as refused:
        answer = {"refused": refused.code, "params": refused.params}
    except (MemoryError, RecursionError):
        answer = {"refused": "heavy", "params": {}}
    except (SyntaxError, NotImplementedError, RuntimeError, *BROKEN):
        # However a hostile or broken archive fails in its libraries, the file is the reason.
        answer = {"refused": "damaged", "params": {}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

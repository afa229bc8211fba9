"""Reads one workbook (XLSX) from standard input, in a process of its own with little memory and little time.

Its one argument is a JSON object: the limits, and which sheet to read. It answers one JSON object: the
cells as texts with what it noticed, or ``{"refused": "encrypted"}`` with a code of ``spreadsheets.REFUSALS``. It is run
as a script and imports nothing of the project. XML is read by defusedxml: entities and outside references are refused.
"""

import io
import json
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

# Set before openpyxl is imported: defusedxml for every part, never lxml.
os.environ |= {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}
import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell.read_only import EMPTY_CELL

ESCAPED_SPACE = re.compile("_x000[9AD]_")
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
MANY = 10
"""So many times the rows allowed are too many even when most of them are empty."""
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*?hidden="(?:1|true)"')
Rows = Iterator[tuple[int, list[str]]]


class Refused(Exception):
    """The file is not accepted: the code, and what its sentence names."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def bounded(rows: Rows, limits: dict[str, int]) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, without empty cells at their ends; raise Refused where there is too much."""
    kept: list[tuple[int, list[str]]] = []
    characters = 0
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits["columns"]:
            raise Refused("many_columns", most=limits["columns"])
        characters += sum(map(len, cells))
        if characters > limits["characters"]:
            raise Refused("much_text")
        kept.append((number, cells))
        if len(kept) > limits["rows"]:
            raise Refused("many_rows", most=limits["most_rows"])
    return kept


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
    return ESCAPED_SPACE.sub("\n", str(value))


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
    for name in names:
        if name.startswith("xl/worksheets/"):
            _refuse_many(archive.read(name), limits)
    return archive


def _refuse_many(sheet: bytes, limits: dict[str, int]) -> None:
    """Raise Refused where a sheet has so many rows or cells that reading them would take too long."""
    if sum(1 for _ in ROW.finditer(sheet)) > MANY * limits["rows"]:
        raise Refused("many_rows", most=limits["most_rows"])
    if sum(1 for _ in CELL.finditer(sheet)) > limits["cells"]:
        raise Refused("many_cells", most=limits["cells"])


def cells_of(sheet: Any, columns: int) -> Rows:
    """Yield the rows of a sheet as texts with their numbers; raise Refused at a formula."""
    sheet.reset_dimensions()
    blank: Any = None
    # One column more than allowed is read, so that too many are noticed; what a file claims of its size is not asked.
    for number, row in enumerate(sheet.iter_rows(max_col=columns + 1), start=1):
        if row is blank or all(cell is EMPTY_CELL for cell in row):
            # All rows that the file leaves out are one and the same tuple.
            blank = row
            continue
        for cell in row:
            if cell.data_type == "f":
                raise Refused("formula", cell=cell.coordinate)
        yield number, [text_of(cell.value) for cell in row]


def workbook(data: bytes, limits: dict[str, int], sheet: str) -> dict[str, Any]:
    """Return what the first visible sheet with anything in it, or the one asked for, holds."""
    archive = opened(data, limits)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    visible = [page for page in book.worksheets if page.sheet_state == "visible"]
    chosen = [page for page in visible if not sheet or page.title == sheet]
    rows: list[tuple[int, list[str]]] = []
    for page in chosen:
        rows = bounded(cells_of(page, limits["columns"]), limits)
        if rows:
            break
    if not rows:
        raise Refused("empty")
    raw = archive.read(page._worksheet_path.lstrip("/"))
    hidden = {
        "hidden_rows": len(HIDDEN_ROW.findall(raw)),
        "hidden_columns": len(HIDDEN_COLUMN.findall(raw)),
        "hidden_sheets": len(book.worksheets) - len(visible),
    }
    return {
        "sheet": page.title,
        "sheets": [each.title for each in visible],
        "counts_from_1904": book.epoch.year == 1904,
        "merged": [found.decode() for found in MERGE.findall(raw)[: limits["rows"]]],
        "notes": [{"code": code, "count": count} for code, count in hidden.items() if count],
        "rows": rows,
    }


BROKEN = (zipfile.BadZipFile, DefusedXmlException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)


def main() -> None:
    """Read standard input and write the answer."""
    asked = json.loads(sys.argv[1])
    limits = asked["limits"]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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

"""Spreadsheets for tests: ordinary ones, and those that nobody should be able to import."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

HEADINGS = (
    *("受付番号", "氏名", "氏名（ローマ字）", "セミナー名（英文）", "開催期間", "枠"),
    *("メールアドレス", "相手国側代表者氏名"),
)
TANAKA = (
    *("JP-001", "田中　健二", "TANAKA Kenji", "Ageing neurons", "2027年6月14日～16日", "Ａ"),
    *("kenji@kyoto.example", "Marie LEFÈVRE"),
)
SATO = ("JP-002", "佐藤　花", "SATO Hana", "Cells alone", "2027/7/1～2027/7/2", "B", "hana@osaka.example", "")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
START = f'<worksheet xmlns="{MAIN}"><sheetData>'
END = "</sheetData></worksheet>"


def csv(*rows: Sequence[str], encoding: str = "utf-8", mark: str = ",") -> bytes:
    return "".join(mark.join(row) + "\r\n" for row in rows).encode(encoding)


def jsps_csv() -> bytes:
    return csv(HEADINGS, TANAKA, SATO)


def workbook(fill: Callable[[Any], Any]) -> bytes:
    """Return the workbook that ``fill`` makes of an empty one."""
    book = openpyxl.Workbook()
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sheet(*rows: Sequence[Any]) -> bytes:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def with_sheet(xml: str, **others: bytes) -> bytes:
    """Return a workbook whose first sheet is this XML, written by no office program; ``others`` replace other parts."""
    with zipfile.ZipFile(io.BytesIO(sheet(["a", "b"], ["c", "d"]))) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    parts |= {SHEET: xml.encode(), **others}
    return archive(parts)


def archive(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return written.getvalue()


def with_rows(count: int) -> bytes:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}"><v>1</v></c></row>' for at in range(1, count)
    )
    return with_sheet(f"{START}{rows}{END}")


def bomb() -> bytes:
    return with_sheet(START + " " * 70_000_000 + END)


def bomb_of_many_parts() -> bytes:
    return archive({f"xl/{at}.xml": b"<x/>" for at in range(600)} | {"[Content_Types].xml": b"<x/>"})


def _declared(declaration: str, use: str) -> str:
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{use}</t></is></c></row>'
    return f"<!DOCTYPE l [{declaration}]>{START}{cell}{END}"


def laughs() -> bytes:
    grown = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    return with_sheet(_declared(f'<!ENTITY a "ha">{grown}', "&j;"))


def outside_entity() -> bytes:
    return with_sheet(_declared('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"))


def repeated_string() -> bytes:
    """Return a small workbook each of whose cells is one and the same long shared string."""
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 3000))
    strings = f'<sst xmlns="{MAIN}"><si><t>{"ab" * 15_000}</t></si></sst>'
    return with_strings(START + cells + END, strings)


def with_strings(xml: str, strings: str) -> bytes:
    """Return a workbook with this first sheet and these shared strings."""
    types = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sharedStrings+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(sheet(["a", "b"]))) as plain:
        known = plain.read("[Content_Types].xml").decode()
    if "sharedStrings" not in known:
        known = known.replace("</Types>", types)
    return with_sheet(xml, **{"xl/sharedStrings.xml": strings.encode(), "[Content_Types].xml": known.encode()})


def formula() -> bytes:
    return sheet(["a", "b"], ["c", "=1+1"])


def wide() -> bytes:
    return sheet([f"h{at}" for at in range(61)], [str(at) for at in range(61)])


def cells() -> bytes:
    rows = "".join(f'<row r="{at}">' + '<c r="A1"><v>1</v></c>' * 40 + "</row>" for at in range(1, 4000))
    return with_sheet(f"{START}{rows}{END}")


def macros() -> bytes:
    return with_sheet(START + END, **{"xl/vbaProject.bin": b"x"})


def ods() -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def docx() -> bytes:
    return archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


def hidden_and_titled() -> bytes:
    """Return a list with a merged title above its headings, a hidden row, and a hidden sheet."""

    def fill(book: Any) -> None:
        page = book.active
        page.append(["JSPS"])
        page.merge_cells("A1:C1")
        page.append(["Application number", "Title", "Start date"])
        page.append(["JP-1", "Cells", datetime.date(2027, 6, 14)])
        page.append(["JP-2", "Genes", 46552])
        page.row_dimensions[4].hidden = True
        page.column_dimensions["C"].hidden = True
        book.create_sheet("secret").sheet_state = "hidden"

    return workbook(fill)


def merged_below() -> bytes:
    def fill(book: Any) -> None:
        for row in (["Application number", "Title"], ["JP-1", "Cells"], ["JP-2", ""]):
            book.active.append(row)
        book.active.merge_cells("B2:B3")

    return workbook(fill)


UNREADABLE: list[tuple[Callable[[], bytes], str]] = [
    (lambda: b"", "empty"),
    (lambda: workbook(lambda book: None), "empty"),
    (lambda: b"%PDF-1.7\n" + b"x" * 300, "looks_like"),
    (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 300, "looks_like"),
    (ods, "looks_like"),
    (docx, "looks_like"),
    (lambda: OLE + b"\0" * 600, "old_excel"),
    (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (lambda: sheet(["a", "b"])[:1500], "damaged"),
    (lambda: archive({"hello.txt": b"hello"}), "not_sheet"),
    (laughs, "damaged"),
    (outside_entity, "damaged"),
    (bomb, "heavy"),
    (bomb_of_many_parts, "heavy"),
    (lambda: with_rows(200_000), "many_rows"),
    (lambda: sheet(*[["a", "b"]] * 5021), "many_rows"),
    (repeated_string, "much_text"),
    (formula, "formula"),
    (wide, "many_columns"),
    (cells, "many_cells"),
    (macros, "macros"),
    (lambda: b"a,b\n" + b"1,2\n" * 1_000_000, "many_rows"),
    (lambda: b"a,b\n1," + b"x" * 5_000_000 + b"\n", "much_text"),
    (lambda: csv([f"h{at}" for at in range(61)]), "many_columns"),
    (lambda: b"," * 10_000_000, "many_columns"),
    (lambda: b"\xe9\x81;" * 3_400_000, "many_columns"),
    (lambda: b",,,\n", "empty"),
    (lambda: with_sheet(f"{START}<row><c><v>{'<a>' * 400_000}{'</a>' * 400_000}</v></c></row>{END}"), "empty"),
    (lambda: b"<html><table><tr><td>a,b</td></tr></table>", "not_sheet"),
    (lambda: b'{"a": 1, "b": 2}', "not_sheet"),
    (lambda: b"a,b\n\0,1\n", "not_sheet"),
    (lambda: b"one\ncolumn\n", "one_column"),
    (lambda: b'a,b\n"c"d,e\n', "quotes"),
    (lambda: b'a,b\n"c,d\n', "quotes"),
    (lambda: b"a,b\n=1+1,c\n", "formula"),
    (lambda: bytes(range(128, 256)) * 20, "encoding"),
]

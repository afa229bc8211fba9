"""Spreadsheets that can be read, and those that are refused in one sentence within five seconds (SAFETY 16)."""

import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from seminars.files import spreadsheets
from seminars.rules.sheet import NotATable, table_of
from seminars.words import lists
from tests import spreadsheets as files


def processor_time() -> float:
    """Return the seconds that this process and those it has started have computed."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


@pytest.mark.parametrize(("make", "code"), files.UNREADABLE, ids=lambda value: value if isinstance(value, str) else "")
def test_other_file_is_refused_with_its_reason(
    make: Callable[[], bytes], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock a file takes ``SECONDS`` at most; what it computes is measured, which other work does not change."""
    monkeypatch.setattr(spreadsheets, "SECONDS", 60)
    data = make()
    started = processor_time()
    with pytest.raises(spreadsheets.NotReadable) as refused:
        spreadsheets.read(data)
    assert refused.value.code == code
    assert processor_time() - started < 2
    for language in ("en", "fr", "ja"):
        with translation.override(language):
            assert str(lists.REFUSALS[code]) % refused.value.params


def test_every_refusal_has_words() -> None:
    child = spreadsheets.CHILD.read_text()
    assert set(lists.REFUSALS) >= spreadsheets.REFUSALS | {"unchecked", "suffix", "too_large"}
    assert {
        code for code in ("damaged", "heavy", "macros", "many_cells") if f'"{code}"' in child
    } <= spreadsheets.REFUSALS


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"),
        ("shift_jis", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_japanese_text_is_read_in_each_encoding(encoding: str, found: str, mark: str) -> None:
    rows = (("受付番号", "氏名"), ("JP-1", '"田中\n健二"'), ("", ""), ("JP-2", "カナ"))
    read = spreadsheets.read(files.csv(*rows, encoding=encoding, mark=mark))
    assert (read.encoding, read.separator) == (found, mark)
    assert read.rows == ((1, ["受付番号", "氏名"]), (2, ["JP-1", "田中\n健二"]), (4, ["JP-2", "カナ"]))


def test_french_text_of_excel_is_no_japanese() -> None:
    read = spreadsheets.read("Numéro;Prénom\r\n1;Élodie\r\n2;Chloé, née à Sète\r\n".encode("cp1252"))
    assert (read.encoding, read.rows[0][1]) == ("cp1252", ["Numéro", "Prénom"])


def test_text_that_is_no_such_encoding_is_refused() -> None:
    with pytest.raises(spreadsheets.NotReadable, match="encoding"):
        spreadsheets.read("受付番号,氏名\n".encode("cp932"), encoding="utf-8")


def test_numbers_that_excel_keeps_as_text_are_themselves() -> None:
    assert spreadsheets.read(b'a,b\n="007",x\n').rows[1] == (2, ["007", "x"])


def test_workbook_gives_texts_days_and_numbers() -> None:
    read = spreadsheets.read(
        files.sheet(["a", None, None], [1, 2.5, True], [date(2027, 4, 1), "x_x000D_", None], [3.0])
    )
    assert read.rows == ((1, ["a"]), (2, ["1", "2.5", "TRUE"]), (3, ["2027-04-01", "x\n"]), (4, ["3"]))
    assert (read.kind, read.sheet, read.sheets, read.counts_from_1904) == ("xlsx", "Sheet", ("Sheet",), False)


def test_first_sheet_with_anything_is_read_or_the_one_asked_for() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.create_sheet("Second").append(["a", "b"])
        book.create_sheet("Third").append(["c", "d"])

    data = files.workbook(fill)
    assert (spreadsheets.read(data).sheet, spreadsheets.read(data, sheet="Third").rows) == (
        "Second",
        ((1, ["c", "d"]),),
    )
    with pytest.raises(spreadsheets.NotReadable, match="empty"):
        spreadsheets.read(data, sheet="Sheet")


def test_days_counted_from_1904_are_the_same_days() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(["a", date(2027, 4, 1)])

    read = spreadsheets.read(files.workbook(fill))
    assert (read.counts_from_1904, read.rows[0][1]) == (True, ["a", "2027-04-01"])


def test_what_is_hidden_is_read_and_said() -> None:
    read = spreadsheets.read(files.hidden_and_titled())
    assert [(note["code"], note["count"]) for note in read.notes] == [
        ("hidden_rows", 1),
        ("hidden_columns", 1),
        ("hidden_sheets", 1),
    ]
    table = table_of(read.rows, read.merged)
    assert table.headings == ("Application number", "Title", "Start date")
    assert [number for number, _cells in table.rows] == [3, 4]


def test_cells_merged_below_the_headings_are_refused() -> None:
    read = spreadsheets.read(files.merged_below())
    with pytest.raises(NotATable, match="merged"):
        table_of(read.rows, read.merged)


def test_japanese_readings_pieces_and_prefixes_are_read_as_a_person_sees_them() -> None:
    strings = (
        f'<sst xmlns="{files.MAIN}"><si><t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh></si>'
        "<si><r><t>Ageing </t></r><r><t>neurons_x005F_x000D_</t></r></si></sst>"
    )
    cells = '<x:row r="3"><x:c t="s"><x:v>0</x:v></x:c><x:c r="C3" t="s"><x:v>1</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{files.MAIN}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    assert spreadsheets.read(files.with_strings(sheet, strings)).rows == ((3, ["田中", "", "Ageing neurons_x000D_"]),)


def test_rows_out_of_order_are_damage() -> None:
    cell = '<c t="inlineStr"><is><t>a</t></is></c>'
    with pytest.raises(spreadsheets.NotReadable, match="damaged"):
        spreadsheets.read(files.with_sheet(f'{files.START}<row r="2">{cell}</row><row r="2">{cell}</row>{files.END}'))


def test_list_near_the_limits_is_read_in_the_time_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit on the processor's time holds; that on the clock would measure what else the machine does."""
    monkeypatch.setattr(spreadsheets, "SECONDS", 60)
    row = "".join(f'<c t="s"><v>{at}</v></c>' for at in range(30))
    strings = "".join(f"<si><t>text {at}</t></si>" for at in range(5000))
    data = files.with_strings(
        f"{files.START}{f'<row>{row}</row>' * 4990}{files.END}", f'<sst xmlns="{files.MAIN}">{strings}</sst>'
    )
    assert len(spreadsheets.read(data).rows) == 4990


def test_child_that_takes_too_long_makes_the_file_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spreadsheets.SECONDS < 5
    monkeypatch.setattr(spreadsheets, "SECONDS", 0.01)
    with pytest.raises(spreadsheets.NotReadable, match="heavy"):
        spreadsheets.read(files.sheet(["a", "b"]))


def test_child_that_is_ended_by_a_limit_makes_the_file_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(spreadsheets.LIMITS, "seconds", 0)
    with pytest.raises(spreadsheets.NotReadable, match="heavy"):
        spreadsheets.read(files.sheet(*[["a", "b"]] * 5000))


def test_child_that_fails_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    child = tmp_path / "child.py"
    child.write_text("raise SystemExit('no reader here')\n")
    monkeypatch.setattr(spreadsheets, "CHILD", child)
    with pytest.raises(spreadsheets.NotReadable, match="unchecked"):
        spreadsheets.read(files.sheet(["a", "b"]))
    assert caplog.messages == ["Reading a workbook failed: no reader here\n"]

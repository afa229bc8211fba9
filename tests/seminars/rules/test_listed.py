"""Reading the rows of a list: what they say, and every problem by row and column."""

from collections.abc import Sequence
from datetime import date

import pytest

from seminars.choices import Track
from seminars.rules import listed_names
from seminars.rules.headings import guess
from seminars.rules.listed import ReadRow, Weight, column_notes, read_rows
from seminars.rules.sheet import NotATable, Table, letters, samples, table_of
from tests.spreadsheets import HEADINGS, TANAKA


def read(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> list[ReadRow]:
    table = table_of([(at, list(row)) for at, row in enumerate((headings, *rows), start=1)])
    return list(read_rows(table, guess(table.headings)))


def problems(row: ReadRow) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.heading, problem.weight) for problem in row.problems]


def test_a_row_is_read_and_kept_as_received() -> None:
    (row,) = read(TANAKA)
    assert row.values == {
        "application_number": "JP-001",
        "family_name_kanji": "田中",
        "given_name_kanji": "健二",
        "family_name": "TANAKA",
        "given_name": "Kenji",
        "title_en": "Ageing neurons",
        "start_on": date(2027, 6, 14),
        "end_on": date(2027, 6, 16),
        "track": Track.COUNTERPART,
        "track_received": "Ａ",
        "email": "kenji@kyoto.example",
        "partner_family_name": "LEFÈVRE",
        "partner_given_name": "Marie",
    }
    assert (row.number, row.received, row.problems) == (2, dict(zip(HEADINGS, TANAKA, strict=True)), ())


@pytest.mark.parametrize(
    ("heading", "cell", "values"),
    [
        ("受付番号", "ｊｐ　０１", {"application_number": "JP01"}),
        ("メール", "mailto:K@X.jp; l@x.jp", {"email": "k@x.jp"}),
        ("ORCID", "https://orcid.org/0000-0002-1825-0097", {"orcid": "0000-0002-1825-0097"}),
        ("開催国", "フランス", {"venue_country": "FR"}),
        ("Pays", "Japon", {"venue_country": "JP"}),
        ("Country", "fr", {"venue_country": "FR"}),
        (
            "枠",
            "オープンパートナーシップ",
            {"track": Track.OPEN_PARTNERSHIP, "track_received": "オープンパートナーシップ"},
        ),
        ("Track", "Fellowship", {"track": Track.OTHER, "track_received": "Fellowship"}),
        ("フリガナ", "ﾀﾅｶ ｹﾝｼﾞ", {"family_name_kana": "タナカ", "given_name_kana": "ケンジ"}),
        ("姓フリガナ", "たなか", {"family_name_kana": "タナカ"}),
        ("Family name", "ＡＢＥ", {"family_name": "ABE"}),
        ("英文タイトル", "Ｃｅｌｌｓ", {"title_en": "Cells"}),
        ("セミナー名", "細胞　と　遺伝子", {"title_ja": "細胞 と 遺伝子"}),
        ("状況", "受理", {"status_received": "受理"}),
        ("承認日", "2026/9/1", {"approved_on": date(2026, 9, 1)}),
        ("相手国側代表者", "デュポン　マリー", {"partner_family_name": "デュポン", "partner_given_name": "マリー"}),
    ],
)
def test_a_cell_is_read_as_its_field(heading: str, cell: str, values: dict[str, object]) -> None:
    (row,) = read(["x", "Cells", cell], headings=["ref", "Title", heading])
    assert {name: value for name, value in row.values.items() if name != "title_original"} == values


@pytest.mark.parametrize(
    ("heading", "cell", "code", "weight"),
    [
        ("メール", "kenji at kyoto", "email", Weight.LOST),
        ("ORCID", "0000-0002-1825-0098", "orcid", Weight.LOST),
        ("Country", "Atlantis", "country", Weight.LOST),
        ("Start date", "2027年5月上旬", "day_vague", Weight.LOST),
        ("Start date", "soon", "day", Weight.LOST),
        ("Institution", "x" * 201, "too_long", Weight.LOST),
        ("Coordinator", "Иван Иванов", "name", Weight.LOST),
        ("Coordinator", f"{'X' * 81} Ann", "too_long", Weight.LOST),
        ("Family name", "田中", "name", Weight.LOST),
        ("姓フリガナ", "Tanaka", "name", Weight.LOST),
        ("Institution", "#N/A", "cell_error", Weight.LOST),
        ("Coordinator", "Kenji Tanaka", "name_order", Weight.NOTE),
        ("氏名", "田中健二", "name_unparted", Weight.NOTE),
        ("Institution", "Kyo\u202eto", "characters", Weight.STOP),
        ("備考", "\x07", "characters", Weight.STOP),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(heading: str, cell: str, code: str, weight: Weight) -> None:
    (row,) = read(["JP-1", "Cells", cell], headings=["受付番号", "Title", heading])
    assert problems(row) == [(code, heading, weight)]
    assert row.is_stopped == (weight is Weight.STOP)


def test_rows_are_judged_as_a_whole() -> None:
    headings = ["受付番号", "Title", "Start date", "End date", "Institution"]
    rows = read(
        ["JP-1", "Cells", "2027-06-16", "2027-06-14"],
        ["JP-1", "Genes"],
        ["", "Neurons"],
        ["", "", "", "", "Kyoto"],
        headings=headings,
    )
    assert [problems(row) for row in rows] == [
        [("end_before_start", "", "lost")],
        [("number_twice", "", "stop")],
        [("no_number", "", "note")],
        [("nothing", "", "stop")],
    ]
    assert (rows[0].values["start_on"], rows[0].values["end_on"]) == (date(2027, 6, 16), None)
    assert rows[1].problems[0].params == {"place": 2, "number": "JP-1"}


def test_days_that_read_both_ways_are_named_once_for_their_column() -> None:
    table = Table(("Start date", "Title"), ((2, ["04/05/2027", "a"]), (3, ["05/05/2027", "b"]), (4, ["25/05/2027"])))
    (note,) = column_notes(table, guess(table.headings))
    assert (note.code, note.heading, note.params) == (
        "day_order",
        "Start date",
        {"value": "04/05/2027", "day": date(2027, 5, 4)},
    )


@pytest.mark.parametrize(
    ("text", "names", "certain"),
    [
        ("TANAKA Kenji", ("TANAKA", "Kenji"), True),
        ("Kenji TANAKA", ("TANAKA", "Kenji"), True),
        ("Dr Marie LE GALL", ("LE GALL", "Marie"), True),
        ("Anne de BOISSIEU", ("de BOISSIEU", "Anne"), True),
        ("du Plessis-Moreau, Amélie", ("du Plessis-Moreau", "Amélie"), True),
        ("Kenji Tanaka", ("Tanaka", "Kenji"), False),
        ("TANAKA KENJI", ("TANAKA", "KENJI"), False),
        ("Tanaka", ("Tanaka", ""), True),
        ("Jean P. DUPONT", ("DUPONT", "Jean P."), True),
    ],
)
def test_latin_names_are_parted(text: str, names: tuple[str, str], certain: bool) -> None:
    assert listed_names.latin(text) == (*names, certain)


def test_a_name_in_two_scripts_gives_both() -> None:
    assert listed_names.person("田中　健二（TANAKA Kenji）") == (
        {"family_name_kanji": "田中", "given_name_kanji": "健二", "family_name": "TANAKA", "given_name": "Kenji"},
        True,
    )
    assert listed_names.person("田中 健二 先生")[0] == {"family_name_kanji": "田中", "given_name_kanji": "健二"}
    assert listed_names.japanese("先生") == ("", "", True)


def test_the_headings_are_found_below_a_title() -> None:
    rows = [(1, ["JSPS 2026"]), (3, ["受付番号", "氏名", "", "氏名"]), (4, ["JP-1", "田中", "x", "y", "z"])]
    table = table_of(rows, ["A1:C1"])
    assert table == Table(("受付番号", "氏名", "C", "氏名 (2)", "E"), ((4, ["JP-1", "田中", "x", "y", "z"]),))
    assert samples(table, 1) == ["田中"]
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("rows", "merged", "code"),
    [
        ([["No", "Title"]], [], "no_rows"),
        ([["No", "Title"], ["1", "a"]], ["A2:A3"], "merged"),
        ([["No", "Ti\u202etle"], ["1", "a"]], [], "characters"),
    ],
)
def test_what_is_no_table_is_refused(rows: list[list[str]], merged: list[str], code: str) -> None:
    with pytest.raises(NotATable, match=code):
        table_of(list(enumerate(rows, start=1)), merged)

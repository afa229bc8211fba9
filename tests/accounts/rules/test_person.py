"""Names in Latin letters, kanji and kana, and ORCID iDs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import person

VALID = ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0003-1419-2405")
DIGITS = st.text("0123456789", min_size=15, max_size=15)


# ORCID


@pytest.mark.parametrize("text", VALID)
def test_orcid_with_its_checksum(text: str) -> None:
    assert person.is_orcid(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000-0002-1825-0098",
        "0000-0002-1825-009X",
        "0000-0002-1694-2330",
        "0000-0002-1694-233x",
        "0000-0002-1825-009",
        "0000-0002-1825-00970",
        "0000000218250097",
        "0000-0002-1825-0097\n",
        " 0000-0002-1825-0097",
        "0000-0002-X825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "０000-0002-1825-0097",
        "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧",
        "0000\u20100002\u20101825\u20100097",
    ],
)
def test_no_orcid(text: str) -> None:
    assert person.is_orcid(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "0000 0002 1825 0097",
        " 0000-0002-1825-0097 ",
        "https://orcid.org/0000-0002-1825-0097",
        "http://ORCID.org/0000-0002-1825-0097/",
        "https://www.orcid.org/0000-0002-1825-0097",
        "orcid.org/0000-0002-1825-0097",
        "００００－０００２－１８２５－００９７",
        "0000–0002–1825–0097",
        "0000‐0002‑1825−0097",
    ],
)
def test_ways_to_type_an_orcid(text: str) -> None:
    assert person.tidy_orcid(text) == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", "0000-0002-1825-0098"),
        ("abcdefghijklmnop", "abcdefghijklmnop"),
        (" 1234 ", "1234"),
        ("", ""),
        ("https://example.org/0000-0002-1825-0097", "https://example.org/0000-0002-1825-0097"),
    ],
)
def test_what_is_no_orcid_is_kept_as_typed(text: str, kept: str) -> None:
    assert person.tidy_orcid(text) == kept


@given(DIGITS)
def test_exactly_one_check_character_fits(digits: str) -> None:
    fitting = [last for last in "0123456789X" if person.is_orcid(person.tidy_orcid(digits + last))]
    assert len(fitting) == 1


@given(st.text())
def test_tidying_an_orcid_twice_changes_nothing_more(text: str) -> None:
    assert person.tidy_orcid(person.tidy_orcid(text)) == person.tidy_orcid(text)


# Latin letters


@pytest.mark.parametrize(
    "name",
    [
        "Lefèvre",
        "LŒUVRE",
        "Lœuvre",
        "François",
        "Ÿvonnand",
        "L’Haÿ-les-Roses",
        "O’Connor",
        "O'Connor",
        "Le Gall",
        "de La Rochefoucauld",
        "Jean-Pierre",
        "Jean‑Pierre",
        "J.-P.",
        "Ōtani",
        "Shin’ichi",
        "Müller",
        "Straße",
        "Þórdís",
        "Łukasz",
        "İbrahim",
        "Nguyễn Thị Ánh",
        "Kahoʻolawe",
        "C‘hoadeg",
        "Marti i Pol·lina",
        "X",
        "n\u0304",
    ],
)
def test_latin_name(name: str) -> None:
    assert person.is_latin_name(name) is True


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "-",
        "’",
        "\u0301",
        "佐藤",
        "サトウ",
        "Satō 健二",
        "Мария",
        "Maria\u0410",
        "Αθηνά",
        "Marie1",
        "Marie\u271d",
        "Ⓜarie",
        "🄼arie",
        "Marie\u0651",
        "Marie<b>",
        "a@b",
        "Marie\nCurie",
        "Marie\x00",
        "Marie\ud800",
        "Marie\u202e",
        "Marie\u200b",
        "𝑀arie",
    ],
)
def test_no_latin_name(name: str) -> None:
    assert person.is_latin_name(name) is False


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("ＴＡＮＡＫＡ", "TANAKA"),
        ("Ｊｅａｎ－Ｐｉｅｒｒｅ", "Jean-Pierre"),
        ("O’Connor", "O’Connor"),
        ("Lœuvre", "Lœuvre"),
    ],
)
def test_full_width_letters_are_made_ordinary(typed: str, tidied: str) -> None:
    assert person.tidy_latin(typed) == tidied
    assert person.is_latin_name(tidied) is True


# kanji


@pytest.mark.parametrize(
    "name",
    [
        "佐藤",
        "佐々木",
        "髙橋",
        "𠮷田",
        "一ノ瀬",
        "関ヶ原",
        "さくら",
        "ローラ",
        "〆木",
        "山﨑",
        "佐藤 健二",
        "葛\U000e0100城",
        "みすゞ",
        "金・銀",
        "㐂一",
        "神",
    ],
)
def test_kanji_name(name: str) -> None:
    assert person.is_kanji_name(name) is True


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Sato",
        "佐藤1",
        "佐藤１",
        "ｻﾄｳ",
        "佐藤　健二",
        "佐藤\n",
        "佐藤、",
        "\U000e0100",
        "佐\x00藤",
        "김철수",
        "䷀",
        "佐藤（健）",
    ],
)
def test_no_kanji_name(name: str) -> None:
    assert person.is_kanji_name(name) is False


# kana


@pytest.mark.parametrize(
    "name", ["サトウ", "ヴァイオレット", "ローラ", "マリー・キュリー", "サトウ ケンジ", "ガギグ", "ミスヾ", "ヶ"]
)
def test_katakana(name: str) -> None:
    assert person.is_katakana(name) is True


@pytest.mark.parametrize(
    "name", ["", "さとう", "ｻﾄｳ", "佐藤", "Sato", "サトウ1", "サトウ\n", "サトウ　ケンジ", "サ゛", "サトウ-ケンジ", "ｰ"]
)
def test_no_katakana(name: str) -> None:
    assert person.is_katakana(name) is False


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("ｻﾄｳ", "サトウ"),
        ("ｶﾞｷﾞｸﾞ", "ガギグ"),
        ("ﾊﾟﾋﾟ", "パピ"),
        ("ﾛｰﾗ", "ローラ"),
        ("さとう", "サトウ"),
        ("みすゞ", "ミスヾ"),
        ("ゔぁいおれっと", "ヴァイオレット"),
        ("ゕゖ", "ヵヶ"),
        ("ﾏﾘｰ･ｷｭﾘｰ", "マリー・キュリー"),
        ("サトウ　ケンジ", "サトウ ケンジ"),
        ("サトウ", "サトウ"),
    ],
)
def test_kana_are_made_full_width_katakana(typed: str, tidied: str) -> None:
    assert person.tidy_kana(typed) == tidied
    assert person.is_katakana(tidied) is True


@pytest.mark.parametrize("typed", ["Sato", "佐藤", ""])
def test_what_is_no_kana_stays(typed: str) -> None:
    assert person.tidy_kana(typed) == typed
    assert person.is_katakana(typed) is False


@given(st.text())
def test_tidying_kana_twice_changes_nothing_more(text: str) -> None:
    assert person.tidy_kana(person.tidy_kana(text)) == person.tidy_kana(text)


# one name, several spellings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marie CURIE", "curie marie", True),
        ("Zoé Le Gall", "LE GALL, Zoe", True),
        ("Jean-Pierre Dupont", "DUPONT Jean Pierre", True),
        ("Chloé O’Connor", "O'CONNOR Chloé", True),
        ("Ｍａｒｉｅ Curie", "Marie Curie", True),
        ("Groß Anna", "ANNA GROSS", True),
        ("Ōtani Shigeru", "Otani Shigeru", True),
        ("佐藤　健二", "佐藤 健二", True),
        ("e\u0301", "é", True),
        ("はまだ", "はまた", False),
        ("佐藤 健二", "佐藤 健一", False),
        ("Marie Curie", "Pierre Curie", False),
        ("Marie", "Marie Curie", False),
    ],
)
def test_names_spelled_differently(one: str, other: str, same: bool) -> None:
    assert (person.name_key(one) == person.name_key(other)) is same


@pytest.mark.parametrize("text", ["", " ", "-", "\u0301", "’"])
def test_what_names_nobody_has_no_key(text: str) -> None:
    assert person.name_key(text) == ""


@given(st.text(alphabet=st.characters()))
def test_no_text_makes_a_name_rule_fail(text: str) -> None:
    answers = {person.is_latin_name(text), person.is_kanji_name(text), person.is_katakana(text), person.is_orcid(text)}
    assert answers <= {True, False}
    assert person.name_key(person.name_key(text)) == person.name_key(text)

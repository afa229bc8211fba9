import pytest

from accounts.rules import person


@pytest.mark.parametrize(
    ("typed", "iD"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("００００-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002", "0000-0002"),
    ],
)
def test_tidy_orcid(typed: str, iD: str) -> None:  # noqa: N803
    assert person.tidy_orcid(typed) == iD


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0098", False),
        ("0000-0002-1694-2330", False),
        ("0000-0002-1825-009", False),
        ("٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧", False),
        ("0000-0002-1825-0097\n", False),
        ("", False),
    ],
)
def test_is_orcid(text: str, right: bool) -> None:
    assert person.is_orcid(text) is right


def test_tidy_kana_widens_and_turns_hiragana() -> None:
    assert person.tidy_kana("ﾀﾅｶ けんじ") == "タナカ ケンジ"


def test_tidy_kana_composes_half_width_voicing() -> None:
    assert person.tidy_kana("ﾜﾀﾅﾍﾞ") == "ワタナベ"


@pytest.mark.parametrize(
    ("text", "right"), [("タナカ・ケンジー", True), ("田中", False), ("Tanaka", False), ("", False)]
)
def test_is_katakana(text: str, right: bool) -> None:
    assert person.is_katakana(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("田中", True),
        ("佐々木", True),
        ("𠮷田", True),
        ("さくら", True),
        ("髙橋", True),
        ("Tanaka", False),
        ("、", False),
    ],
)
def test_is_kanji_name(text: str, right: bool) -> None:
    assert person.is_kanji_name(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Lefèvre", True),
        ("d’Étigny-O'Brien Jr.", True),
        ("Nguyễn", True),
        ("Łukasz", True),
        ("Ōno", True),
        ("田中", False),
        ("Иванов", False),
        ("M4rie", False),
        ("-", False),
        ("", False),
    ],
)
def test_is_latin_name(text: str, right: bool) -> None:
    assert person.is_latin_name(text) is right


def test_tidy_latin_narrows_full_width_letters() -> None:
    assert person.tidy_latin("ＴＡＮＡＫＡ－Ｓａｔｏ") == "TANAKA-Sato"

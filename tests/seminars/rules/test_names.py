"""Spellings of one name, in any order and script."""

import pytest

from seminars.rules.names import NameKeys, kanji, name_keys, read_aloud


def keys(family: str = "", given: str = "", kanji_family: str = "", kanji_given: str = "", kana: str = "") -> NameKeys:
    return name_keys(family, given, kanji_family, kanji_given, kana)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lefèvre", "Marie"), ("LEFEVRE Marie", "")),
        (("Lefèvre", "Marie"), ("Marie Lefevre", "")),
        (("Lefèvre", "Marie"), ("marie", "LEFÈVRE")),
        (("Le Gall", "Jean-Pierre"), ("LE GALL", "Jean Pierre")),
        (("de La Tour", "Anne"), ("La Tour", "Anne")),
        (("d'Ortoli", "Zoé"), ("D’ORTOLI", "Zoe")),
        (("Œstreich", "Inès"), ("Oestreich", "Ines")),
    ],
)
def test_order_accents_capitals_and_particles_do_not_count(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert keys(*one).spellings & keys(*other).spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ohno", "Shin'ichi"), ("Ōno", "Sin-iti")),
        (("Ono", "Shinichi"), ("OONO Shinichi", "")),
        (("Sato", "Jun"), ("Satoh", "Zyun")),
        (("Itō", "Chizu"), ("Itou", "Tizu")),
        (("Honjo", "Junpei"), ("Honjyō", "Jumpei")),
        (("Tsuchiya", "Fumi"), ("Tutiya", "Humi")),
        (("Yūki", "Ryo"), ("Yuuki", "Ryō")),
        (("Itcho", "Aya"), ("Icchō", "Aya")),
    ],
)
def test_systems_of_romanisation_and_long_vowels_do_not_count(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert keys(*one).spoken & keys(*other).spoken


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("オオノ シンイチ", ("Ohno", "Shinichi")),
        ("ｻﾄｳ ｼﾞｭﾝｺ", ("Sato", "Junko")),
        ("はっとり ちなつ", ("Hattori", "Chinatsu")),
        ("ササキ　ジュンペイ", ("Sasaki", "Jumpei")),
        ("フェリー・カトウ", ("Feri", "Katoh")),
        ("シノヅカ リョウ", ("Shinozuka", "Ryo")),
    ],
)
def test_kana_are_read_aloud(kana: str, latin: tuple[str, str]) -> None:
    assert keys(kana=kana).kana in keys(*latin).spoken


def test_width_and_kind_of_kana_do_not_count() -> None:
    assert read_aloud("ﾀﾅｶ ｹﾝｼﾞ") == read_aloud("たなか けんじ") == read_aloud("タナカ　ケンジ") == "tanaka kenzi"


@pytest.mark.parametrize(
    ("one", "other"),
    [("髙﨑", "高崎"), ("齋藤", "斎藤"), ("佐々木", "佐佐木"), ("渡邉 恵", "渡辺　惠"), ("辻\U000e0100", "辻")],
)
def test_old_and_new_forms_of_kanji_are_one(one: str, other: str) -> None:
    assert kanji(one) == kanji(other)


def test_kanji_are_found_in_either_order_and_in_one_field() -> None:
    whole = keys(kanji_family="田中 健二")
    assert whole.kanji == keys(kanji_family="田中", kanji_given="健二").kanji == {"田中健二", "健二田中"}


def test_different_people_have_nothing_in_common() -> None:
    one, other = keys("Ono", "Jun", "小野", "淳", "オノ ジュン"), keys("Onuma", "Jin", "大沼", "仁", "オオヌマ ジン")
    assert not one.spellings & other.spellings
    assert not one.spoken & other.spoken
    assert not one.kanji & other.kanji
    assert one.kana != other.kana


def test_an_initial_is_known_as_one() -> None:
    assert [keys("Martin", given).initial for given in ("J.-P.", "J", "Jean", "")] == ["j", "j", "", ""]


def test_a_name_of_particles_only_keeps_them() -> None:
    assert keys("Le", "Van").spellings == {"le van"}


def test_nothing_is_nothing() -> None:
    nothing = keys()
    assert (nothing.whole, nothing.spellings, nothing.spoken, nothing.kana, nothing.kanji) == (
        "",
        frozenset(),
        frozenset(),
        "",
        frozenset(),
    )

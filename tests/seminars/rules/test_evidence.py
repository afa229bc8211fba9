"""What speaks for and against two entries being one seminar."""

from datetime import date
from typing import Any

import pytest

from seminars.rules.entries import Entry, Person, is_named, ready
from seminars.rules.evidence import compare, score, swapped

MARIE = Person("Lefèvre", "Marie", emails=frozenset({"marie@inserm.example"}), orcid="0000-0002-1825-0097")
KENJI = Person("Tanaka", "Kenji", "田中", "健二", "タナカ ケンジ")


def codes(one: Entry, other: Entry) -> list[str]:
    return [reason.code for reason in compare(ready(one), ready(other))]


def about(one: Person, other: Person, side: str = "JP") -> list[str]:
    return codes(Entry(1, {side: one}), Entry(2, {side: other}))


def when(start: date, end: date, **values: Any) -> Entry:
    return Entry(start, start_on=start, end_on=end, **values)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Person("TANAKA Kenji"), ["name"]),
        (Person(family_kanji="田中　健二"), ["name_kanji"]),
        (Person("Tanaka", "Kenzi"), ["name_sound"]),
        (Person(kana="たなか けんじ"), ["name_kana"]),
        (Person("Tannaka", "Kenji"), ["name_close"]),
        (Person("Tanaka", "K."), ["name_initial"]),
        (Person("Tanaka", "Hiroshi"), ["name_family", "given_differs"]),
        (Person("Tanaka", "Kenji", "棚加", "賢治"), ["name", "kanji_differs"]),
        (Person("Suzuki", "Aya"), ["name_differs"]),
        (Person(family_kanji="鈴木", given_kanji="彩"), ["name_differs"]),
        (Person(), []),
    ],
)
def test_names_are_compared_by_what_tells_most(other: Person, expected: list[str]) -> None:
    assert about(KENJI, other) == expected


def test_a_name_in_kana_is_read_against_latin_letters() -> None:
    assert about(Person(kana="ﾀﾅｶ ｹﾝｼﾞ"), Person("Tanaka", "Kenji")) == ["name_kana_latin"]


def test_two_names_in_other_scripts_say_nothing() -> None:
    assert about(Person("Tanaka", "Kenji"), Person(family_kanji="田中", given_kanji="健二")) == []


def test_an_id_counts_before_an_address_and_both_before_the_name() -> None:
    same = Person("Lefevre", "M.", emails=MARIE.emails, orcid=MARIE.orcid)
    reasons = compare(ready(Entry(1, {"FR": MARIE})), ready(Entry(2, {"FR": same})))
    assert [(reason.code, reason.points, reason.side) for reason in reasons] == [
        ("orcid", 34, "FR"),
        ("name_initial", 4, "FR"),
    ]


def test_another_orcid_speaks_against() -> None:
    assert about(MARIE, Person("Lefèvre", "Marie", orcid="0000-0001-5109-3700")) == ["orcid_differs", "name"]


def test_people_of_different_sides_are_not_compared() -> None:
    assert codes(Entry(1, {"FR": MARIE}), Entry(2, {"JP": MARIE})) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Université de Bordeaux", "Bordeaux Universite"),
        ("Neurocentre, Inserm U1215", "UMR_S 1215"),
        ("京都大学", "京都大学　"),
    ],
)
def test_institutions_and_units_are_recognised(one: str, other: str) -> None:
    assert about(Person(institution=one), Person(laboratory=other)) == ["place"]


def test_titles_are_compared_within_their_script_whatever_field_they_stand_in() -> None:
    one = Entry(1, titles=("Ageing neurons", "Le neurone âgé", ""))
    assert codes(one, Entry(2, titles=("", "AGEING  NEURONS"))) == ["title_equal"]
    assert codes(one, Entry(2, titles=("老化するニューロン",))) == []
    assert codes(one, Entry(2, titles=("Ageing neurones in mice",))) == ["title"]
    assert codes(one, Entry(2, titles=("Robots for surgery",))) == ["title_differs"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((date(2027, 6, 5), date(2027, 6, 7)), "dates"),
        ((date(2027, 5, 6), date(2027, 7, 6)), "dates_swapped"),
        ((date(2027, 6, 7), date(2027, 6, 9)), "dates_overlap"),
        ((date(2027, 6, 12), date(2027, 6, 14)), "dates_differ"),
    ],
)
def test_dates_are_equal_swapped_overlapping_or_apart(other: tuple[date, date], expected: str) -> None:
    assert codes(when(date(2027, 6, 5), date(2027, 6, 7)), when(*other)) == [expected]


def test_days_after_the_twelfth_are_never_swapped() -> None:
    assert [swapped(date(2027, 6, 13)), swapped(date(2027, 6, 5))] == [date(2027, 6, 13), date(2027, 5, 6)]


def test_a_score_is_between_none_and_a_hundred() -> None:
    all_alike = Entry(1, {"FR": MARIE, "JP": KENJI}, ("Ageing neurons",), date(2027, 6, 5), date(2027, 6, 7))
    nothing_alike = Entry(2, {"FR": KENJI, "JP": MARIE}, ("Robots for surgery",))
    assert score(compare(ready(all_alike), ready(all_alike))) == 100
    assert score(compare(ready(all_alike), ready(nothing_alike))) == 0


def test_somebody_is_named_by_anything_that_tells_people_apart() -> None:
    assert [is_named(person) for person in (MARIE, KENJI, Person(kana="タナカ"), Person(institution="Inserm"))] == [
        True,
        True,
        True,
        False,
    ]

"""R9, R13 and the bounds of the shared texts."""

from typing import Any

import pytest

from seminars.rules import bounds, facts
from seminars.rules.dossier import Violation
from tests.seminars.rules.builders import INSERM, dossier, terms

THREE = ("heart", "repair", "genes")


def missing(field: str, rule: str = "") -> Violation:
    return Violation("missing", rule, "facts", field)


def length(code: str, field: str, found: int, limits: tuple[int, int]) -> Violation:
    return Violation(code, "", "facts", field, {"length": found, "minimum": limits[0], "maximum": limits[1]})


def keywords(count: int) -> Violation:
    return Violation("keywords", "", "facts", "keywords", {"count": count, "minimum": 3, "maximum": 6})


LONG_KEYWORD = Violation("keyword_too_long", "", "facts", "keywords", {"maximum": 60})
ELSEWHERE = Violation("host_country", "R9", "facts", "venue_country", {"countries": ("FR",)})


@pytest.mark.parametrize(("field", "limits"), [("title_en", (5, 200)), ("abstract_en", (100, 3000))])
@pytest.mark.parametrize("letter", ["a", "é", "語", "𠮷"])
def test_bounds_of_required_texts_in_characters(field: str, limits: tuple[int, int], letter: str) -> None:
    least, most = limits
    expected = {
        0: (missing(field),),
        1: (length("too_short", field, 1, limits),),
        least - 1: (length("too_short", field, least - 1, limits),),
        least: (),
        most: (),
        most + 1: (length("too_long", field, most + 1, limits),),
        1_000_000: (length("too_long", field, 1_000_000, limits),),
    }
    assert {count: facts.check(dossier(**{field: letter * count}), INSERM) for count in expected} == expected


@pytest.mark.parametrize("field", ["title_fr", "title_ja"])
def test_bounds_of_translated_titles(field: str) -> None:
    expected = {0: (), 1: (), 200: (), 201: (length("too_long", field, 201, bounds.TRANSLATED_TITLE),)}
    assert {count: facts.check(dossier(**{field: "心" * count}), INSERM) for count in expected} == expected


@pytest.mark.parametrize("blank", ["", " " * 150, "\n" * 150, "\u3000" * 150])
def test_white_space_is_no_text(blank: str) -> None:
    assert facts.check(dossier(title_en=blank, abstract_en=blank, title_ja=blank), INSERM) == (
        missing("title_en"),
        missing("abstract_en"),
    )


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ((), (keywords(0),)),
        (THREE[:2], (keywords(2),)),
        (THREE, ()),
        ((*THREE, "mice", "valves", "flow"), ()),
        ((*THREE, "mice", "valves", "flow", "ageing"), (keywords(7),)),
        ((*THREE, *THREE, *THREE), ()),
        (("heart", "Heart", "HEART "), (keywords(1),)),
        (("heart", "", " "), (keywords(1),)),
        ((*THREE, "k" * 60), ()),
        ((*THREE, "k" * 61), (LONG_KEYWORD,)),
        (("k" * 61,), (keywords(1), LONG_KEYWORD)),
    ],
)
def test_three_to_six_different_keywords(given: tuple[str, ...], found: tuple[Violation, ...]) -> None:
    assert facts.check(dossier(keywords=given), INSERM) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"theme": "", "theme_admitted": False}, (missing("theme", "R13"),)),
        ({"theme": "physics", "theme_admitted": False}, (Violation("theme", "R13", "facts", "theme"),)),
        ({"areas": ()}, (Violation("no_priority_area", "R13", "facts", "areas", blocking=False),)),
        ({"areas": ("a", "b", "c", "d", "e", "f")}, ()),
        (
            {"theme": "physics", "theme_admitted": False, "areas": ()},
            (Violation("theme", "R13", "facts", "theme"),),
        ),
    ],
)
def test_theme_and_priority_areas(changes: dict[str, Any], found: tuple[Violation, ...]) -> None:
    assert facts.check(dossier(**changes), INSERM) == found


@pytest.mark.parametrize(
    ("country", "hosts", "found"),
    [
        ("FR", {"FR"}, ()),
        ("JP", {"FR"}, (ELSEWHERE,)),
        ("fr", {"FR"}, (ELSEWHERE,)),
        ("JP", {"JP"}, ()),
        ("JP", {"FR", "JP"}, ()),
        (
            "BE",
            {"JP", "FR"},
            (Violation("host_country", "R9", "facts", "venue_country", {"countries": ("FR", "JP")}),),
        ),
        ("", {"FR"}, (missing("venue_country"),)),
    ],
)
def test_host_country_is_one_of_the_calls(country: str, hosts: set[str], found: tuple[Violation, ...]) -> None:
    assert facts.check(dossier(venue_country=country), terms(host_countries=frozenset(hosts))) == found


@pytest.mark.parametrize("field", ["venue_name", "venue_city"])
def test_venue_is_named(field: str) -> None:
    assert facts.check(dossier(**{field: ""}), INSERM) == (missing(field),)

"""What the row of a list says against the record that it is the other half of."""

from datetime import date
from typing import Any

import pytest

from seminars.rules.dossier import Violation
from seminars.rules.entries import Person
from seminars.rules.listed_half import ListedFacts, check, contradictions, differences
from tests.seminars.rules.builders import dossier

KENJI = Person("Sato", "Kenji", "佐藤", "健二", "サトウ ケンジ", frozenset({"sato@kyoto-u.ac.jp"}), "")
ALIKE = {
    "required_track": "counterpart",
    "track": "counterpart",
    "start_on": date(2027, 4, 1),
    "end_on": date(2027, 4, 2),
    "venue_country": "FR",
    "venue_city": " paris ",
    "title_en": "HEARTS  that mend",
    "people": {"JP": KENJI},
}


def row(**values: Any) -> ListedFacts:
    return ListedFacts(**{**ALIKE, **values})


def apart(**values: Any) -> list[tuple[str, bool]]:
    return [(one.field, one.blocking) for one in differences(dossier(), row(**values))]


@pytest.mark.parametrize("values", [{}, {"title_ja": "心臓の再生"}])
def test_spelling_and_what_one_side_leaves_empty_contradict_nothing(values: dict[str, Any]) -> None:
    assert apart(**values) == []
    assert differences(dossier(), ListedFacts()) == ()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"start_on": date(2027, 4, 2)}, [("start_on", True)]),
        ({"end_on": date(2027, 4, 3)}, [("end_on", True)]),
        ({"venue_country": "JP"}, [("venue_country", True)]),
        ({"venue_city": "Lyon"}, [("venue_city", False)]),
        ({"title_en": "Lungs"}, [("title_en", False)]),
        ({"title_en": "Lungs", "venue_country": "JP"}, [("venue_country", True), ("title_en", False)]),
        ({"people": {"JP": Person("Mori", "Aya", "森", "彩")}}, [("coordinators", True)]),
    ],
)
def test_other_facts_differ_and_blocking_ones_come_first(values: dict[str, Any], found: list[tuple[str, bool]]) -> None:
    assert apart(**values) == found


def test_an_officer_settles_what_stops_no_submission() -> None:
    moved = row(start_on=date(2027, 4, 2), track="open")
    difference = Violation("difference", "R3", "facts", "start_on", {"fact": "start_on"})
    assert contradictions(dossier(), moved) == (difference,)
    assert [(one.code, one.rule, one.blocking) for one in check(dossier(), moved)] == [
        ("difference", "R3", False),
        ("listed_track", "R4", False),
    ]


@pytest.mark.parametrize(("required", "track"), [("counterpart", ""), ("", "open"), ("counterpart", "counterpart")])
def test_a_track_counts_only_where_one_is_asked_for_and_another_is_known(required: str, track: str) -> None:
    assert check(dossier(), row(required_track=required, track=track)) == ()

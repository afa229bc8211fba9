"""R1 to R20 on a case: each rule at its boundary, and what is proposed from all of them."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from seminars.rules.dossier import LineFacts, Violation
from seminars.rules.eligibility import (
    NUMBERS,
    FilingFacts,
    HalfFacts,
    Result,
    gather,
    is_void,
    joint,
    propose,
)
from tests.seminars.rules.builders import INSERM, JSPS, KENJI, MARIE, dossier, line, partner_dossier, person

DEADLINE = datetime(2026, 9, 3, 8, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FILED = FilingFacts("submitted", DEADLINE, is_approved=True)
YOUNG = person(young=True, statutory=True)


def french(filing: FilingFacts | None = FILED, **changes: Any) -> HalfFacts:
    return HalfFacts("FR", INSERM, filing, dossier(**changes))


def japanese(filing: FilingFacts | None = FILED, **changes: Any) -> HalfFacts:
    return HalfFacts("JP", JSPS, filing, partner_dossier(**changes))


def filed(**changes: Any) -> FilingFacts:
    return dataclasses.replace(FILED, **changes)


def result(rule: str, *halves: HalfFacts) -> tuple[str, list[str]]:
    found = next(one for one in gather(halves) if one.rule == rule)
    return found.verdict, [finding.violation.code for finding in found.findings]


def proposed(*halves: HalfFacts) -> tuple[str, tuple[str, ...], frozenset[str]]:
    found = propose(gather(halves), halves)
    return found.outcome, found.rules, found.clear


def test_a_perfect_pair_keeps_every_rule() -> None:
    results = gather((french(), japanese()))
    assert [one.rule for one in results] == list(NUMBERS)
    assert {one.verdict for one in results} == {"holds"}
    assert proposed(french(), japanese()) == ("eligible", (), frozenset({"FR", "JP"}))


LATE = DEADLINE + MICROSECOND


@pytest.mark.parametrize(
    ("rule", "first", "second", "expected"),
    [
        ("R1", french(), japanese(), ("holds", [])),
        ("R1", french(filed(counted_at=LATE)), japanese(), ("broken", ["late"])),
        ("R1", french(filed(counted_at=LATE, admitted_until=LATE)), japanese(), ("warning", ["admitted_late"])),
        ("R1", french(filed(counted_at=LATE + MICROSECOND, admitted_until=LATE)), japanese(), ("broken", ["late"])),
        ("R1", french(filed(corrected_at=LATE)), japanese(), ("warning", ["corrected_late"])),
        ("R1", french(), japanese(filed(counted_at=LATE)), ("holds", [])),
        ("R2", french(), japanese(filed(counted_at=LATE)), ("broken", ["late"])),
        ("R2", french(filed(counted_at=LATE)), japanese(), ("holds", [])),
        ("R3", french(), japanese(FilingFacts("lapsed")), ("broken", ["not_filed"])),
        ("R3", french(), japanese(FilingFacts("withdrawn")), ("broken", ["not_filed"])),
        ("R3", french(pair_confirmed=False), japanese(), ("broken", ["pair_unconfirmed", "pair_unconfirmed"])),
        ("R3", french(title_en="Hearts"), japanese(), ("warning", ["difference", "difference"])),
        ("R3", french(venue_country="JP"), japanese(), ("broken", ["difference", "difference"])),
        ("R4", french(), japanese(track="counterpart"), ("holds", [])),
        ("R4", french(), japanese(track="open"), ("broken", ["track"])),
        ("R5", french(filed(is_approved=False)), japanese(), ("holds", [])),
        ("R5", french(), japanese(filed(is_approved=False)), ("broken", ["not_approved"])),
        ("R6", french(start_on=date(2027, 3, 31)), japanese(), ("broken", ["window"])),
        ("R6", french(start_on=date(2027, 12, 31), end_on=date(2028, 1, 1)), japanese(), ("broken", ["window"])),
        ("R7", french(end_on=date(2027, 4, 1)), japanese(), ("broken", ["length"])),
        ("R7", french(end_on=date(2027, 4, 3)), japanese(), ("holds", [])),
        ("R7", french(end_on=date(2027, 4, 4)), japanese(), ("broken", ["length"])),
        ("R8", french(start_on=date(2027, 4, 2), end_on=date(2027, 4, 3)), japanese(), ("broken", ["session_outside"])),
        ("R9", french(venue_country="JP"), japanese(venue_country="JP"), ("broken", ["host_country"] * 2)),
        ("R10", french(participants=(MARIE, MARIE, KENJI, YOUNG)), japanese(), ("broken", ["coordinator_missing"])),
        (
            "R11",
            french(participants=(MARIE, person(KENJI, laboratory=MARIE.laboratory), YOUNG)),
            japanese(participants=(person(KENJI, laboratory=MARIE.laboratory), MARIE)),
            ("broken", ["laboratories"] * 2),
        ),
        (
            "R12",
            french(participants=(person(MARIE, laboratory=KENJI.laboratory), KENJI, YOUNG), lines=()),
            japanese(),
            ("broken", ["workplace"]),
        ),
        ("R13", french(theme_admitted=False), japanese(), ("broken", ["theme"])),
        ("R13", french(areas=()), japanese(), ("warning", ["no_priority_area"])),
        ("R14", french(lines=(line("12000.00"),)), japanese(), ("holds", [])),
        ("R14", french(lines=(line("12000.01"),)), japanese(), ("broken", ["cap"])),
        ("R14", french(lines=()), japanese(), ("warning", ["nothing_asked"])),
        ("R15", french(lines=(line(kind="organisation"),)), japanese(), ("broken", ["cost_kind"])),
        (
            "R16",
            french(),
            japanese(lines=(LineFacts(1, "organisation", None, 1, "item", Decimal("1000.5")),)),
            ("broken", ["decimals"]),
        ),
        ("R18", french(participants=(MARIE, KENJI, *[YOUNG] * 10)), japanese(), ("warning", ["many_participants"])),
        ("R18", french(participants=(MARIE, KENJI, *[YOUNG] * 9)), japanese(), ("holds", [])),
        (
            "R19",
            french(participants=(MARIE, KENJI, person(young=False))),
            japanese(),
            ("warning", ["no_young_statutory"]),
        ),
        ("R20", french(filed(others=("#7",))), japanese(), ("broken", ["several_records"])),
        ("R20", french(filed(namesakes=("#7",))), japanese(), ("warning", ["same_name"])),
    ],
)
def test_each_rule_at_its_boundary(
    rule: str, first: HalfFacts, second: HalfFacts, expected: tuple[str, list[str]]
) -> None:
    assert result(rule, first, second) == expected


def test_one_person_night_in_both_budgets_breaks_r17() -> None:
    night = LineFacts(9, "accommodation", YOUNG, 2, "night", Decimal(100))
    both = (french(lines=(night,)), japanese(lines=(night,)))
    assert result("R17", *both)[0] == "broken"
    # A correction may mend it, but R15 forbids Japan to pay for a French speaker at all.
    assert "R15" in proposed(*both)[1]


def test_a_record_alone_is_void_and_the_other_side_cannot_be_told() -> None:
    halves = (french(), HalfFacts("JP", JSPS))
    assert is_void(halves)
    assert result("R2", *halves) == ("unknown", [])
    assert result("R3", *halves) == ("broken", ["no_partner"])
    assert proposed(*halves)[:2] == ("ineligible", ("R3",))


def test_differences_are_looked_at_because_a_correction_may_mend_them() -> None:
    assert proposed(french(start_on=date(2027, 4, 2)), japanese())[0] == "ineligible"  # R8 too
    moved = {"start_on": date(2027, 4, 1), "end_on": date(2027, 4, 3)}
    assert proposed(french(**moved), japanese()) == ("look", ("R3",), frozenset())


def test_a_warning_leaves_it_eligible_and_not_clear() -> None:
    assert proposed(french(areas=()), japanese(areas=())) == ("eligible", ("R13",), frozenset())


def test_each_side_goes_by_its_own_rules() -> None:
    halves = (french(), japanese(track="open"))
    assert propose(gather(halves), halves).sides == {"FR": "eligible", "JP": "ineligible"}


def test_a_half_that_is_only_listed_is_its_own_agencys_to_know() -> None:
    listed = HalfFacts("JP", JSPS, FilingFacts("submitted"), known=frozenset({"R4"}))
    halves = (french(), listed)
    assert not is_void(halves)
    assert result("R3", *halves) == ("holds", [])
    assert result("R4", *halves) == ("holds", [])
    assert result("R6", *halves) == ("unknown", [])
    outcome, _rules, clear = proposed(*halves)
    assert (outcome, clear) == ("look", frozenset({"FR"}))
    against = Violation("track", "R4", "coordinators", "track")
    assert proposed(french(), dataclasses.replace(listed, listed=(against,)))[:2] == ("ineligible", ("R4",))


def test_what_has_no_number_is_told_last() -> None:
    results = gather((french(narrative={"objectives": ""}), japanese()))
    assert (results[-1].rule, results[-1].verdict) == ("", "broken")
    assert isinstance(results[-1], Result)
    assert proposed(french(narrative={"objectives": ""}), japanese())[0] == "look"


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([], "paired"),
        ([None], "paired"),
        (["eligible"], "eligible"),
        (["ineligible"], "ineligible"),
        (["eligible", None], "paired"),
        (["ineligible", None], "paired"),
        (["eligible", "eligible"], "eligible"),
        (["ineligible", "eligible"], "ineligible"),
        (["eligible", "ineligible"], "ineligible"),
        (["correction", "ineligible"], "paired"),
        (["correction", "eligible"], "paired"),
    ],
)
def test_two_decisions_make_one(outcomes: list[str | None], state: str) -> None:
    assert joint(outcomes) == state

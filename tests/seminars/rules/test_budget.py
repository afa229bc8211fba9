"""R12 and R14 to R17: exact sums, the cap, who pays what for whom, and nothing twice."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.choices import CostKind
from seminars.rules import budget
from seminars.rules.dossier import Dossier, LineFacts, ParticipantFacts, Terms, Violation
from tests.seminars.rules.builders import (
    CHLOE,
    INSERM,
    IRCM,
    JSPS,
    KENJI,
    MARIE,
    PERFECT,
    dossier,
    line,
    partner_dossier,
    person,
    terms,
)

ELSEWHERE = person(laboratory=IRCM, role="attendee")
NOTHING_ASKED = Violation("nothing_asked", "R14", "budget", "total", blocking=False)
LINES = st.lists(
    st.builds(
        line,
        unit_cost=st.decimals("0", "9999999999.99", places=2).map(str),
        quantity=st.integers(1, 9999),
        kind=st.sampled_from(CostKind.values),
    ),
    max_size=30,
)


def at_line(code: str, rule: str, **params: Any) -> Violation:
    return Violation(code, rule, "budget", "line-1", params)


def over(total: str, cap: str = "12000.00") -> Violation:
    params = {"total": Decimal(total), "cap": Decimal(cap), "currency": "EUR"}
    return Violation("cap", "R14", "budget", "total", params)


# R14


@pytest.mark.parametrize(
    ("costs", "found"),
    [
        (["11999.99"], ()),
        (["12000.00"], ()),
        (["12000.01"], (over("12000.01"),)),
        (["6000.00", "6000.00"], ()),
        (["6000.00", "6000.01"], (over("12000.01"),)),
        (["0.10"] * 3 + ["11999.70"], ()),
        (["0.10"] * 3 + ["11999.71"], (over("12000.01"),)),
        (["9999999999.99"], (over("9999999999.99"),)),
        (["0.00"], (NOTHING_ASKED,)),
        ([], (NOTHING_ASKED,)),
        (["0.01"], ()),
    ],
)
def test_the_total_stays_within_the_cap(costs: list[str], found: tuple[Violation, ...]) -> None:
    lines = tuple(line(cost, id=number) for number, cost in enumerate(costs))
    assert budget.check(dossier(lines=lines), INSERM, None) == found


def test_quantities_count_towards_the_cap() -> None:
    assert budget.check(dossier(lines=(line("120.00", quantity=100),)), INSERM, None) == ()
    assert budget.check(dossier(lines=(line("120.00", quantity=101),)), INSERM, None) == (over("12120.00"),)


@pytest.mark.parametrize(
    ("cap", "found"),
    [
        (None, ()),
        (Decimal("1200.50"), ()),
        (Decimal("1200.49"), (over("1200.50", "1200.49"),)),
        (Decimal(0), (over("1200.50", "0"),)),
    ],
)
def test_the_cap_is_the_calls(cap: Decimal | None, found: tuple[Violation, ...]) -> None:
    assert budget.check(PERFECT, terms(cap=cap), None) == found


@given(lines=LINES, data=st.data())
def test_the_sum_is_exact_whatever_the_order(lines: list[LineFacts], data: st.DataObject) -> None:
    exact = sum(Fraction(each.unit_cost) * each.quantity for each in lines)
    shuffled = data.draw(st.permutations(lines))
    assert Fraction(dossier(lines=tuple(lines)).total) == exact
    assert Fraction(dossier(lines=tuple(shuffled)).total) == exact
    assert budget.totals(lines) == budget.totals(shuffled)
    assert sum(map(Fraction, budget.totals(lines).values())) == exact


@given(lines=LINES)
def test_above_the_cap_exactly_when_the_exact_sum_is(lines: list[LineFacts]) -> None:
    whole = dossier(lines=tuple(lines))
    exact = sum(Fraction(each.unit_cost) * each.quantity for each in lines)
    assert ("cap" in {found.code for found in budget.check_total(whole.total, INSERM)}) is (exact > 12000)


def test_totals_by_kind() -> None:
    lines = (line("100.10"), line("50.05", kind="meals", quantity=2), line("0.90"))
    assert budget.totals(lines) == {"intl_travel": Decimal("101.00"), "meals": Decimal("100.10")}


# R15 and R12


@pytest.mark.parametrize("kind", CostKind.values)
@pytest.mark.parametrize(
    ("side", "asked", "paid"),
    [
        ("FR", INSERM, {"intl_travel", "local_travel", "accommodation", "meals"}),
        ("JP", JSPS, {"local_travel", "accommodation", "daily_allowance", "organisation"}),
    ],
)
def test_kinds_of_cost_are_those_the_agency_pays(side: str, asked: Terms, paid: set[str], kind: str) -> None:
    expected = () if kind in paid else (at_line("cost_kind", "R15", kind=kind),)
    assert budget.check_line(line("1000", kind=kind, participant=None), side, asked) == expected


@pytest.mark.parametrize("kind", ["", "INTL_TRAVEL", "bribes"])
def test_unknown_kinds_are_paid_by_nobody(kind: str) -> None:
    assert budget.check_line(line(kind=kind), "FR", INSERM) == (at_line("cost_kind", "R15", kind=kind),)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (None, ()),
        (CHLOE, ()),
        (MARIE, ()),
        (ELSEWHERE, (at_line("unfunded_workplace", "R12", name="Chloé O’CONNOR"),)),
        (person(laboratory=None), ()),
        (KENJI, (at_line("other_sides_person", "R15", name="Kenji SATŌ"),)),
        (person(side=""), (at_line("other_sides_person", "R15", name="Chloé O’CONNOR"),)),
        (person(laboratory=IRCM, side=""), (at_line("other_sides_person", "R15", name="Chloé O’CONNOR"),)),
    ],
)
def test_inserm_pays_for_its_own_people_in_its_own_laboratories(
    who: ParticipantFacts | None, found: tuple[Violation, ...]
) -> None:
    assert budget.check_line(line(participant=who), "FR", INSERM) == found


def test_jsps_asks_for_no_kind_of_laboratory() -> None:
    assert budget.check_line(line("1000", kind="local_travel", participant=KENJI), "JP", JSPS) == ()


# R16


@pytest.mark.parametrize(
    ("unit_cost", "decimals", "too_many"),
    [
        ("1000", 0, False),
        ("1000.00", 0, False),
        ("1000.5", 0, True),
        ("0.01", 0, True),
        ("1E+3", 0, False),
        ("1000.5", 2, False),
        ("1000.55", 2, False),
        ("1000.550", 2, False),
        ("1000.555", 2, True),
        ("0.001", 2, True),
        ("1E-40", 2, True),
        ("9999999999.99", 2, False),
    ],
)
def test_decimals_of_the_currency(unit_cost: str, decimals: int, too_many: bool) -> None:
    assert budget.has_too_many_decimals(Decimal(unit_cost), decimals) is too_many


@pytest.mark.parametrize(
    ("asked", "side", "unit_cost", "quantity", "found"),
    [
        (JSPS, "JP", "1000.5", 1, (at_line("decimals", "R16", currency="JPY"),)),
        (JSPS, "JP", "1000.5", 2, (at_line("decimals", "R16", currency="JPY"),)),
        (JSPS, "JP", "1000", 1, ()),
        (INSERM, "FR", "10.005", 200, (at_line("decimals", "R16", currency="EUR"),)),
        (INSERM, "FR", "10.01", 1, ()),
        (INSERM, "FR", "0", 1, ()),
        (INSERM, "FR", "-0.01", 1, (at_line("negative", "R16"),)),
        (INSERM, "FR", "1", 0, (at_line("negative", "R16"),)),
        (INSERM, "FR", "1", -3, (at_line("negative", "R16"),)),
        (INSERM, "FR", "1", 1, ()),
        (INSERM, "FR", "1", 9999, ()),
        (INSERM, "FR", "1", 10000, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "9999999999.99", 1, ()),
        (INSERM, "FR", "10000000000.00", 1, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "1E+999999", 1, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "NaN", 1, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "sNaN", 1, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "Infinity", 1, (at_line("too_large", "R16"),)),
        (INSERM, "FR", "-Infinity", 1, (at_line("negative", "R16"),)),
        (INSERM, "FR", "NaN", 0, (at_line("negative", "R16"),)),
    ],
)
def test_amounts_of_one_line(
    asked: Terms, side: str, unit_cost: str, quantity: int, found: tuple[Violation, ...]
) -> None:
    each = line(unit_cost, kind="local_travel", participant=None, quantity=quantity)
    assert budget.check_line(each, side, asked) == found


def test_all_that_is_wrong_with_a_line_is_found_at_once() -> None:
    assert budget.check_line(line("-1", kind="organisation", participant=KENJI), "FR", INSERM) == (
        at_line("cost_kind", "R15", kind="organisation"),
        at_line("other_sides_person", "R15", name="Kenji SATŌ"),
        at_line("negative", "R16"),
    )


# R17


def theirs(who: ParticipantFacts | None, kind: str = "accommodation") -> Dossier:
    return partner_dossier(lines=(line("9000", id=7, kind=kind, participant=who),))


def on_their_list(**changes: Any) -> ParticipantFacts:
    return person(id=70, side="JP", **changes)


@pytest.mark.parametrize(
    ("kind", "partner", "twice"),
    [
        ("accommodation", None, False),
        ("accommodation", theirs(on_their_list()), True),
        ("local_travel", theirs(on_their_list(), "local_travel"), True),
        ("intl_travel", theirs(on_their_list(), "intl_travel"), True),
        ("meals", theirs(on_their_list(), "meals"), False),
        ("accommodation", theirs(on_their_list(), "local_travel"), False),
        ("accommodation", theirs(KENJI), False),
        ("accommodation", theirs(None), False),
        ("accommodation", theirs(on_their_list(email="CHLOE@inserm.fr", orcid="0000-0002-1694-233X")), True),
        ("accommodation", theirs(on_their_list(email="", name="O’Connor Chloe", orcid="0000-0002-1694-233X")), True),
        ("accommodation", theirs(on_their_list(email="chloe@u-paris.fr")), False),
    ],
)
def test_nights_and_legs_of_one_person_are_charged_to_one_side(kind: str, partner: Dossier | None, twice: bool) -> None:
    own = dossier(lines=(line("90", kind=kind),))
    expected = (at_line("charged_twice", "R17", name="Chloé O’CONNOR", kind=kind),) if twice else ()
    assert budget.check(own, INSERM, partner) == expected


def test_several_nights_of_one_person_on_one_side_are_fine() -> None:
    nights = (line("90", kind="accommodation"), line("120", id=2, kind="accommodation"))
    assert budget.check(dossier(lines=nights), INSERM, partner_dossier()) == ()
    assert budget.charged_twice(nights, (line("9000", kind="accommodation", participant=on_their_list()),)) == nights


def test_lines_that_name_nobody_are_not_compared() -> None:
    own = dossier(lines=(line("90", kind="accommodation", participant=None),))
    assert budget.check(own, INSERM, theirs(None)) == ()

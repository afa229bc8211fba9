"""Who is one person, and what one line amounts to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules.dossier import ParticipantFacts
from tests.seminars.rules.builders import CHLOE, PERFECT, dossier, line, person

ORCID, OTHER_ORCID = "0000-0002-1825-0097", "0000-0002-1694-233X"
MARKS = st.builds(
    person,
    orcid=st.sampled_from(["", ORCID, OTHER_ORCID]),
    email=st.sampled_from(["", "a@inserm.fr", "A@INSERM.fr", "b@kyoto-u.ac.jp"]),
    name=st.sampled_from(["", "Marie Curie", "CURIE Marie", "Kenji Satō"]),
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"orcid": ORCID}, {"orcid": ORCID}, True),
        ({"orcid": ORCID}, {"orcid": OTHER_ORCID}, False),
        ({"orcid": ORCID, "email": "a@x.fr"}, {"orcid": ORCID, "email": "b@x.fr", "name": "Another"}, True),
        ({"orcid": ORCID, "email": "a@x.fr"}, {"orcid": OTHER_ORCID, "email": "a@x.fr"}, False),
        ({"orcid": ORCID, "email": "a@x.fr"}, {"email": "A@X.FR"}, True),
        ({"email": "a@x.fr", "name": "Marie Curie"}, {"email": "b@x.fr", "name": "Marie Curie"}, False),
        ({"orcid": ORCID, "name": "Marie Curie"}, {"email": "m@x.fr", "name": "CURIE Marie"}, True),
        ({"orcid": ORCID, "name": "Marie Curie"}, {"email": "m@x.fr", "name": "Pierre Curie"}, False),
        ({"name": "Zoé Le Gall"}, {"name": "LE GALL, Zoe"}, True),
        ({"name": "Shigeru ŌTANI"}, {"name": "otani shigeru"}, True),
        ({"name": "佐藤 健二"}, {"name": "佐藤　健二"}, True),
        ({"name": "はまだ"}, {"name": "はまた"}, False),
        ({"name": ""}, {"name": ""}, False),
        ({"orcid": ORCID}, {"email": "a@x.fr"}, False),
    ],
)
def test_people_are_told_apart_by_the_surest_mark_both_hold(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    nobody = {"orcid": "", "email": "", "name": ""}
    mine, theirs = person(**{**nobody, **one}), person(**{**nobody, **other})
    assert mine.is_same_person(theirs) is same
    assert theirs.is_same_person(mine) is same


@given(one=MARKS, other=MARKS)
def test_being_the_same_person_is_mutual(one: ParticipantFacts, other: ParticipantFacts) -> None:
    assert one.is_same_person(other) == other.is_same_person(one)
    assert one.is_same_person(one) is bool(one.orcid or one.email or one.name)


@pytest.mark.parametrize(
    ("unit_cost", "quantity", "amount"),
    [
        ("0.00", 1, "0.00"),
        ("0.10", 3, "0.30"),
        ("1200.50", 2, "2401.00"),
        ("9999999999.99", 9999, "99989999999900.01"),
        ("10000000000.00", 1, "0"),
        ("1", 10000, "0"),
        ("1", 0, "0"),
        ("-1", 1, "0"),
        ("NaN", 1, "0"),
        ("sNaN", 1, "0"),
        ("Infinity", 1, "0"),
        ("-Infinity", 1, "0"),
        ("1E+999999", 1, "0"),
    ],
)
def test_an_amount_is_exact_and_what_is_out_of_bounds_counts_for_nothing(
    unit_cost: str, quantity: int, amount: str
) -> None:
    assert line(unit_cost, quantity=quantity).amount == Decimal(amount)


def test_total_is_the_sum_of_the_lines() -> None:
    assert dossier(lines=(line("0.10", quantity=3), line("0.20"))).total == Decimal("0.50")
    assert dossier(lines=()).total == Decimal(0)


def test_coordinators_are_those_of_the_side_asked_for() -> None:
    assert [who.name for side in ("FR", "JP", "") for who in PERFECT.coordinators(side)] == [
        "Marie LEFÈVRE",
        "Kenji SATŌ",
    ]
    assert CHLOE not in PERFECT.coordinators("FR")

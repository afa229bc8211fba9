"""R10 to R12, R18 and R19: coordinators, participants and laboratories."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules import people
from seminars.rules.dossier import Dossier, LaboratoryFacts, ParticipantFacts, Terms, Violation
from tests.seminars.rules.builders import (
    CHLOE,
    INSERM,
    IRCM,
    JSPS,
    KENJI,
    KYOTO,
    MARIE,
    PERFECT,
    U1245,
    dossier,
    partner_dossier,
    person,
    terms,
)

UNIT_IN_TOKYO = LaboratoryFacts("inserm:9001", "Inserm unit in Tokyo", "inserm", "JP")
GENT = LaboratoryFacts("name:BE:gent", "Gent", "other", "BE")


def at_coordinators(code: str, field: str, rule: str = "", **params: Any) -> Violation:
    return Violation(code, rule, "coordinators", field, params)


def at_person(code: str, number: int = 3, rule: str = "", name: str = "Chloé O’CONNOR") -> Violation:
    return Violation(code, rule, "participants", f"participant-{number}", {"name": name} if name else {})


def crowd(count: int, **changes: Any) -> tuple[ParticipantFacts, ...]:
    return tuple(
        person(id=100 + n, name=f"Person {n}", email=f"{changes.get('side', 'FR')}{n}@x.org", **changes)
        for n in range(count)
    )


NO_FRENCH = at_coordinators("coordinator_missing", "own", "R10", country="FR")
NO_JAPANESE = at_coordinators("coordinator_missing", "partner", "R10", country="JP")
SAME = at_coordinators("same_coordinator", "partner-email", "R10")


# R10


@pytest.mark.parametrize(
    ("participants", "found"),
    [
        ((MARIE, KENJI), ()),
        ((KENJI, MARIE), ()),
        ((KENJI,), (NO_FRENCH,)),
        ((MARIE,), (NO_JAPANESE,)),
        ((), (NO_FRENCH, NO_JAPANESE)),
        ((MARIE, replace(CHLOE, role="coordinator"), KENJI), (NO_FRENCH,)),
        ((MARIE, KENJI, replace(KENJI, id=9, name="Aiko Mori", email="mori@kyoto-u.ac.jp")), (NO_JAPANESE,)),
        ((MARIE, replace(KENJI, role="speaker")), (NO_JAPANESE,)),
        ((MARIE, replace(KENJI, side="")), (NO_JAPANESE,)),
        ((replace(MARIE, name=""), KENJI), (NO_FRENCH,)),
        ((MARIE, replace(KENJI, name="")), (NO_JAPANESE,)),
    ],
)
def test_exactly_one_coordinator_for_each_side(
    participants: tuple[ParticipantFacts, ...], found: tuple[Violation, ...]
) -> None:
    assert people.check_coordinators(dossier(participants=participants), INSERM) == found


@pytest.mark.parametrize(
    ("partner", "same"),
    [
        ({}, False),
        ({"orcid": MARIE.orcid}, True),
        ({"email": MARIE.email}, True),
        ({"email": "Marie.Lefevre@INSERM.fr"}, True),
        ({"email": MARIE.email, "orcid": "0000-0002-1694-233X"}, False),
        ({"email": "marie@riken.jp", "orcid": MARIE.orcid, "name": "Mari Refebure"}, True),
        ({"name": MARIE.name}, False),
    ],
)
def test_the_coordinators_are_two_people(partner: dict[str, str], same: bool) -> None:
    both = dossier(participants=(MARIE, replace(KENJI, **partner)))
    assert people.check_coordinators(both, INSERM) == ((SAME,) if same else ())


@pytest.mark.parametrize(
    ("own", "partner", "fields"),
    [
        ({"email": ""}, {}, ["own-email"]),
        ({"laboratory": None}, {}, ["own-laboratory"]),
        ({"position": ""}, {}, ["own-position"]),
        ({}, {"email": ""}, ["partner-email"]),
        ({}, {"laboratory": None}, ["partner-laboratory"]),
        ({}, {"position": "", "kanji_name": "", "kana_name": "", "orcid": ""}, []),
        ({"orcid": "", "kanji_name": ""}, {}, []),
        ({"email": "", "laboratory": None, "position": ""}, {}, ["own-email", "own-laboratory", "own-position"]),
    ],
)
def test_what_a_coordinator_must_tell(own: dict[str, Any], partner: dict[str, Any], fields: list[str]) -> None:
    both = dossier(participants=(replace(MARIE, **own), replace(KENJI, **partner)))
    assert people.check_coordinators(both, INSERM) == tuple(at_coordinators("missing", field) for field in fields)


@pytest.mark.parametrize(
    ("asked", "missing"),
    [(JSPS, ("own-family_name_kanji", "own-family_name_kana")), (terms(JSPS, asks_japanese_names=False), ())],
)
def test_japanese_names_where_the_call_asks_for_them(asked: Terms, missing: tuple[str, ...]) -> None:
    latin = partner_dossier(participants=(replace(KENJI, kanji_name="", kana_name=""), MARIE))
    assert people.check_coordinators(latin, asked) == tuple(at_coordinators("missing", field) for field in missing)


def test_a_coordinator_of_neither_side_is_refused() -> None:
    third = dossier(participants=(MARIE, KENJI, person(side="", role="coordinator")))
    assert people.check_participants(third) == (at_person("coordinator_elsewhere", rule="R10"),)


# participants


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"laboratory": None}, ["participant_laboratory"]),
        ({"talk_title": ""}, ["talk_title"]),
        ({"talk_title": "", "role": "attendee"}, []),
        ({"country_of_work": ""}, ["participant_details"]),
        ({"career_stage": ""}, ["participant_details"]),
        ({"email": "", "orcid": "", "position": ""}, []),
        (
            {"career_stage": "", "laboratory": None, "talk_title": ""},
            ["participant_details", "participant_laboratory", "talk_title"],
        ),
    ],
)
def test_what_a_participant_must_tell(changes: dict[str, Any], codes: list[str]) -> None:
    listed = dossier(participants=(MARIE, KENJI, person(**changes)))
    assert people.check_participants(listed) == tuple(at_person(code) for code in codes)


def test_a_participant_has_a_name() -> None:
    listed = dossier(participants=(MARIE, KENJI, person(name="")))
    assert people.check_participants(listed) == (at_person("participant_name", name=""),)


@pytest.mark.parametrize(
    ("again", "twice"),
    [
        ({"id": 4}, (3, 4)),
        ({"id": 4, "email": "CHLOE@INSERM.FR", "name": "C. O."}, (3, 4)),
        ({"id": 4, "email": "", "name": "o'connor CHLOE", "role": "attendee"}, (3, 4)),
        ({"id": 4, "email": "chloe@gmail.com"}, ()),
        ({"id": 4, "email": MARIE.email, "name": "M. L."}, (4,)),
        ({"id": 4, "email": "other@x.fr", "orcid": MARIE.orcid, "name": "M. L."}, (4,)),
        ({"id": 4, "email": KENJI.email, "side": "JP"}, (4,)),
    ],
)
def test_nobody_is_named_twice(again: dict[str, Any], twice: tuple[int, ...]) -> None:
    listed = dossier(participants=(MARIE, KENJI, CHLOE, person(**again)))
    expected = tuple(at_person("named_twice", n, "R10", listed.participants[n - 1].name) for n in twice)
    assert people.check_participants(listed) == expected


def test_two_of_whom_nothing_is_known_are_not_one() -> None:
    blank = {"name": "", "email": "", "orcid": ""}
    assert people.named_twice((person(**blank), person(id=4, **blank))) == ()


# R11


def at(*laboratories: LaboratoryFacts | None) -> tuple[ParticipantFacts, ...]:
    return tuple(person(id=n, laboratory=laboratory) for n, laboratory in enumerate(laboratories))


@pytest.mark.parametrize(
    ("laboratories", "found_in_all"),
    [
        ((U1245, KYOTO), None),
        ((U1245, IRCM), 2),
        ((KYOTO, UNIT_IN_TOKYO), 2),
        ((U1245, U1245), 1),
        ((U1245, U1245, KYOTO), None),
        ((U1245, GENT), 2),
        ((U1245, GENT, IRCM), 3),
        ((IRCM, UNIT_IN_TOKYO), None),
        ((U1245, None), 1),
        ((), 0),
    ],
)
def test_two_laboratories_one_in_each_country(
    laboratories: tuple[LaboratoryFacts | None, ...], found_in_all: int | None
) -> None:
    params = {"total": 2, "count": found_in_all, "countries": ("FR", "JP")}
    expected = (
        () if found_in_all is None else (Violation("laboratories", "R11", "participants", "laboratories", params),)
    )
    assert people.check_laboratories(at(*laboratories), INSERM) == expected


@pytest.mark.parametrize(
    ("asked", "fine"),
    [
        (terms(minimum_laboratories={}, minimum_laboratories_total=0), True),
        (terms(minimum_laboratories={"FR": 1}, minimum_laboratories_total=2), True),
        (terms(minimum_laboratories={"FR": 2, "JP": 1}), False),
        (terms(minimum_laboratories_total=3), False),
        (terms(minimum_laboratories={"FR": 1, "JP": 1, "BE": 1}), False),
    ],
)
def test_the_call_sets_how_many_laboratories(asked: Terms, fine: bool) -> None:
    assert (people.check_laboratories(at(U1245, KYOTO), asked) == ()) is fine


def test_one_laboratory_spelled_twice_counts_once() -> None:
    respelled = replace(U1245, name="U1245 – Genetique du coeur")
    assert people.distinct_laboratories(at(U1245, respelled)).keys() == {"inserm:1245"}
    assert (
        people.check_laboratories(at(U1245, respelled), terms(minimum_laboratories={"FR": 2}))[0].params["count"] == 1
    )


@pytest.mark.parametrize(("partner", "found"), [(None, ["laboratories"]), (partner_dossier(), [])])
def test_laboratories_on_the_partners_list_count(partner: Dossier | None, found: list[str]) -> None:
    kenji = replace(KENJI, laboratory=U1245)
    own = dossier(participants=(MARIE, kenji, CHLOE))
    assert [each.code for each in people.check(own, INSERM, partner)] == found


# R12


def workplace(who: ParticipantFacts) -> Violation:
    return at_person("workplace", who.id, "R12", who.name)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"position": "CNRS researcher", "career_stage": "other"}, False),
        ({"position": "PU-PH, Sorbonne Université", "career_stage": "puph"}, False),
        ({"laboratory": IRCM}, True),
        ({"laboratory": GENT}, True),
        ({"laboratory": IRCM, "role": "attendee"}, False),
        ({"laboratory": IRCM, "side": ""}, False),
        ({"laboratory": KYOTO, "side": "JP"}, False),
        ({"laboratory": None}, False),
    ],
)
def test_french_speakers_work_in_an_inserm_laboratory_whoever_employs_them(
    changes: dict[str, Any], refused: bool
) -> None:
    who = person(**changes)
    found = people.check_workplaces(dossier(participants=(MARIE, KENJI, who)), INSERM)
    assert found == ((workplace(who),) if refused else ())


def test_the_french_coordinator_works_in_an_inserm_laboratory() -> None:
    elsewhere = replace(MARIE, laboratory=IRCM)
    assert people.check_workplaces(dossier(participants=(elsewhere, KENJI)), INSERM) == (workplace(elsewhere),)


def test_a_side_without_such_a_term_takes_any_laboratory() -> None:
    assert people.check_workplaces(partner_dossier(), JSPS) == ()


# R18 and R19


@pytest.mark.parametrize(
    ("french", "japanese", "warned"),
    [(0, 0, []), (9, 9, []), (10, 9, ["FR"]), (9, 10, ["JP"]), (10, 10, ["FR", "JP"]), (60, 0, ["FR"])],
)
def test_more_than_ten_of_one_side_is_a_warning(french: int, japanese: int, warned: list[str]) -> None:
    listed = dossier(participants=(MARIE, KENJI, *crowd(french), *crowd(japanese, side="JP")))
    count = {"FR": french + 1, "JP": japanese + 1}
    assert people.check_numbers(listed, INSERM) == tuple(
        Violation(
            "many_participants",
            "R18",
            "participants",
            "",
            {"country": side, "count": count[side], "expected": 10},
            blocking=False,
        )
        for side in warned
    )


def test_people_of_third_countries_count_for_no_side() -> None:
    assert people.check_numbers(dossier(participants=(MARIE, KENJI, *crowd(30, side=""))), INSERM) == ()


@pytest.mark.parametrize(
    ("young", "statutory", "side", "fine"),
    [
        (True, True, "FR", True),
        (True, False, "FR", False),
        (False, True, "FR", False),
        (False, False, "FR", False),
        (True, True, "JP", False),
        (True, True, "", False),
    ],
)
def test_no_young_statutory_french_researcher_is_a_warning(young: bool, statutory: bool, side: str, fine: bool) -> None:
    who = person(young=young, statutory=statutory, side=side)
    warning = Violation("no_young_statutory", "R19", "participants", "", {"country": "FR"}, blocking=False)
    assert people.check_young((MARIE, who), "FR") == (() if fine else (warning,))


def test_young_and_statutory_must_be_one_person() -> None:
    two = (person(young=True, statutory=False), person(id=4, young=False, statutory=True))
    assert len(people.check_young(two, "FR")) == 1


def test_a_side_without_a_term_on_laboratories_is_not_warned_about_the_young() -> None:
    assert people.check(partner_dossier(), JSPS, None) == ()


def test_a_perfect_list_has_nothing_wrong() -> None:
    assert people.check(PERFECT, INSERM, None) == ()


@given(order=st.permutations((MARIE, KENJI, CHLOE, person(id=4, laboratory=IRCM, email="x@x.fr", talk_title=""))))
def test_the_order_of_the_list_does_not_matter(order: list[ParticipantFacts]) -> None:
    assert sorted(found.code for found in people.check(dossier(participants=tuple(order)), INSERM, None)) == [
        "talk_title",
        "workplace",
    ]

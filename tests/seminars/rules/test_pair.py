"""R3 and R10 across the two records: what is told differently, and what of it stops a submission."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules import pair
from seminars.rules.dossier import Dossier, ParticipantFacts, Violation
from seminars.rules.pair import Difference
from tests.seminars.rules.builders import KENJI, MARIE, PERFECT, SESSION, SHARED, dossier, partner_dossier

OTHER = {
    "title_en": "Hearts that heal",
    "title_fr": "Des cœurs qui guérissent",
    "title_ja": "治る心臓",
    "abstract_en": "b" * 100,
    "keywords": ("heart", "repair", "mice"),
    "theme": "physics",
    "areas": ("cardiology", "ageing"),
    "start_on": date(2027, 4, 2),
    "end_on": date(2027, 4, 3),
    "venue_name": "Institut Imagine",
    "venue_city": "Lyon",
    "venue_country": "JP",
    "sessions": (replace(SESSION, starts=time(10)),),
}
BLOCKING = {"start_on", "end_on", "venue_country"}
EMPTY = {
    "title_en": "",
    "start_on": None,
    "end_on": None,
    "venue_country": "",
    "keywords": (),
    "sessions": (),
}


@pytest.mark.parametrize("field", OTHER)
def test_a_fact_told_differently_shows_on_both_sides(field: str) -> None:
    told, value = getattr(SHARED, field), OTHER[field]
    own, partner = dossier(), partner_dossier(**{field: value})
    blocking = field in BLOCKING
    assert pair.differences(own, partner) == (Difference(field, told, value, blocking),)
    assert pair.differences(partner, own) == (Difference(field, value, told, blocking),)


@pytest.mark.parametrize("field", EMPTY)
def test_what_one_side_has_not_told_yet_never_stops_the_other(field: str) -> None:
    partner = partner_dossier(**{field: EMPTY[field]})
    assert [found.blocking for found in pair.differences(PERFECT, partner)] == [False]
    assert [found.blocking for found in pair.differences(partner, PERFECT)] == [False]


def test_blocking_differences_come_first() -> None:
    fields = [found.field for found in pair.differences(PERFECT, partner_dossier(**OTHER))]
    assert set(fields[:3]) == BLOCKING
    assert fields[3:] == list(pair.WORDING)


@pytest.mark.parametrize(
    "same",
    [
        {"keywords": tuple(reversed(SHARED.keywords))},
        {"sessions": (replace(SESSION, id=99),)},
    ],
)
def test_order_and_numbers_of_rows_make_no_difference(same: dict[str, Any]) -> None:
    assert pair.differences(PERFECT, partner_dossier(**same)) == ()


def test_order_of_areas_and_sessions_makes_no_difference() -> None:
    later = replace(SESSION, id=2, starts=time(14), ends=time(15))
    own = dossier(areas=("a", "b"), sessions=(SESSION, later))
    partner = partner_dossier(areas=("b", "a"), sessions=(replace(later, id=7), replace(SESSION, id=8)))
    assert pair.differences(own, partner) == ()


# who the coordinators are

MARIE_TOLD, KENJI_TOLD = "Marie LEFÈVRE, marie.lefevre@inserm.fr", "Kenji SATŌ, sato@kyoto-u.ac.jp"


@pytest.mark.parametrize(
    ("marie", "kenji"),
    [
        ({}, {}),
        ({"name": "M. Lefèvre", "email": "MARIE.LEFEVRE@inserm.fr", "orcid": ""}, {}),
        ({"email": "marie@u-paris.fr"}, {}),
        ({}, {"name": "佐藤 健二"}),
        ({}, {"email": "", "name": "sato kenji"}),
        ({"position": "", "laboratory": None}, {"kanji_name": ""}),
    ],
)
def test_coordinators_spelled_differently_are_the_same(marie: dict[str, Any], kenji: dict[str, Any]) -> None:
    partner = partner_dossier(participants=(replace(KENJI, **kenji), replace(MARIE, **marie)))
    assert pair.differences(PERFECT, partner) == ()
    assert pair.differences(partner, PERFECT) == ()


@pytest.mark.parametrize(
    ("participants", "told", "blocking"),
    [
        ((KENJI,), ("", KENJI_TOLD), False),
        ((MARIE,), (MARIE_TOLD, ""), False),
        ((), ("", ""), False),
        (
            (KENJI, replace(MARIE, orcid="", email="other@inserm.fr")),
            ("Marie LEFÈVRE, other@inserm.fr", KENJI_TOLD),
            True,
        ),
        (
            (replace(KENJI, email="mori@riken.jp", name="Aiko Mori"), MARIE),
            (MARIE_TOLD, "Aiko Mori, mori@riken.jp"),
            True,
        ),
        ((replace(KENJI, email="mori@riken.jp"),), ("", "Kenji SATŌ, mori@riken.jp"), True),
        (
            (KENJI, MARIE, replace(MARIE, id=9, name="Luc", email="")),
            (f"{MARIE_TOLD} + Luc", KENJI_TOLD),
            True,
        ),
        ((KENJI, replace(MARIE, name="", email="", orcid="")), ("", KENJI_TOLD), False),
        ((KENJI, replace(MARIE, role="speaker")), ("", KENJI_TOLD), False),
    ],
)
def test_other_coordinators_are_a_blocking_difference_once_both_name_one(
    participants: tuple[ParticipantFacts, ...], told: tuple[str, str], blocking: bool
) -> None:
    partner = partner_dossier(participants=participants)
    assert pair.differences(PERFECT, partner) == (Difference("coordinators", (MARIE_TOLD, KENJI_TOLD), told, blocking),)


# R3


def at_coordinators(code: str) -> Violation:
    return Violation(code, "R3", "coordinators", "", blocking=False)


@pytest.mark.parametrize(
    ("own", "partner", "found"),
    [
        (True, None, (at_coordinators("no_partner"),)),
        (False, None, (at_coordinators("no_partner"),)),
        (True, True, ()),
        (True, False, (at_coordinators("pair_unconfirmed"),)),
        (False, True, (at_coordinators("pair_unconfirmed"),)),
        (False, False, (at_coordinators("pair_unconfirmed"),)),
    ],
)
def test_a_pair_is_confirmed_by_both(own: bool, partner: bool | None, found: tuple[Violation, ...]) -> None:
    other: Dossier | None = None if partner is None else partner_dossier(pair_confirmed=partner)
    assert pair.check(dossier(pair_confirmed=own), other) == found


@pytest.mark.parametrize("field", OTHER)
def test_a_difference_is_mended_in_its_section(field: str) -> None:
    section = "programme" if field == "sessions" else "facts"
    assert pair.check(PERFECT, partner_dossier(**{field: OTHER[field]})) == (
        Violation("difference", "R3", section, field, {"fact": field}, blocking=field in BLOCKING),
    )


def test_a_difference_about_coordinators_is_mended_with_the_partner() -> None:
    partner = partner_dossier(participants=(replace(KENJI, email="mori@riken.jp"), MARIE))
    assert pair.check(PERFECT, partner) == (
        Violation("difference", "R3", "coordinators", "partner-email", {"fact": "coordinators"}),
    )


@given(mine=st.sets(st.sampled_from(sorted(OTHER))), yours=st.sets(st.sampled_from(sorted(OTHER))))
def test_differences_are_mutual(mine: set[str], yours: set[str]) -> None:
    own = dossier(**{field: OTHER[field] for field in mine})
    partner = partner_dossier(**{field: OTHER[field] for field in yours})
    there = {(found.field, found.blocking) for found in pair.differences(own, partner)}
    back = {(found.field, found.blocking) for found in pair.differences(partner, own)}
    assert there == back == {(field, field in BLOCKING) for field in mine ^ yours}
    assert pair.differences(own, own) == ()

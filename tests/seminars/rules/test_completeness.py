"""All the rules together: a perfect dossier, every section in its order, and no dossier that makes a rule fail."""

import string
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seminars.choices import CostKind, Section, SessionKind
from seminars.rules import completeness
from seminars.rules.case import PARTS
from seminars.rules.dossier import (
    Dossier,
    LaboratoryFacts,
    LineFacts,
    ParticipantFacts,
    SessionFacts,
    SharedFacts,
    Terms,
    Violation,
)
from tests.seminars.rules.builders import INSERM, JSPS, PERFECT, dossier, line, partner_dossier, person

TEXTS = st.text(max_size=12) | st.sampled_from(["", " ", "\x00", "\ud800", "é" * 5000, "100%s %(name)s"])
SIDES = st.sampled_from(["FR", "JP", "", "BE"])
LABORATORIES = st.builds(
    LaboratoryFacts, key=st.sampled_from("abc"), name=TEXTS, kind=st.sampled_from(["inserm", "other"]), country=SIDES
)
PEOPLE = st.builds(
    ParticipantFacts,
    id=st.integers(),
    name=TEXTS,
    email=TEXTS,
    orcid=TEXTS,
    side=SIDES,
    role=st.sampled_from(["coordinator", "speaker", "attendee", "emperor"]),
    laboratory=st.none() | LABORATORIES,
    country_of_work=SIDES,
    career_stage=TEXTS,
    statutory=st.booleans(),
    young=st.booleans(),
    talk_title=TEXTS,
    kanji_name=TEXTS,
    kana_name=TEXTS,
    position=TEXTS,
)
SESSIONS = st.builds(
    SessionFacts,
    id=st.integers(),
    on=st.dates(),
    starts=st.times(),
    ends=st.times(),
    kind=st.sampled_from([*SessionKind.values, "party"]),
    title=TEXTS,
    speaker=TEXTS,
)
LINES = st.builds(
    LineFacts,
    id=st.integers(),
    kind=st.sampled_from([*CostKind.values, "bribes"]),
    participant=st.none() | PEOPLE,
    quantity=st.integers(),
    unit=TEXTS,
    unit_cost=st.decimals() | st.sampled_from([Decimal("sNaN"), Decimal("1E+999999"), Decimal("1E-999999")]),
)
FACTS = st.builds(
    SharedFacts,
    title_en=TEXTS,
    title_fr=TEXTS,
    title_ja=TEXTS,
    abstract_en=TEXTS,
    keywords=st.lists(TEXTS, max_size=8).map(tuple),
    theme=TEXTS,
    theme_admitted=st.booleans(),
    areas=st.lists(TEXTS, max_size=8).map(tuple),
    start_on=st.none() | st.dates(),
    end_on=st.none() | st.dates(),
    venue_name=TEXTS,
    venue_city=TEXTS,
    venue_country=SIDES,
    sessions=st.lists(SESSIONS, max_size=3).map(tuple),
)
DOSSIERS = st.builds(
    Dossier,
    side=SIDES,
    shared=FACTS,
    narrative=st.dictionaries(st.sampled_from(PARTS), TEXTS),
    participants=st.lists(PEOPLE, max_size=4).map(tuple),
    lines=st.lists(LINES, max_size=3).map(tuple),
    attachment_sizes=st.lists(st.integers(), max_size=7).map(tuple),
    track=TEXTS,
    application_number=TEXTS,
    institution_officer_email=TEXTS,
    director_name=TEXTS,
    director_agrees=st.booleans(),
    declarations=st.dictionaries(st.sampled_from(["declares_accuracy", "declares_data_use"]), st.booleans()),
    pair_confirmed=st.booleans(),
    partner_side=SIDES,
)


def test_sections_are_those_of_the_screens() -> None:
    assert list(completeness.SECTIONS) == Section.values


@pytest.mark.parametrize(
    ("own", "asked", "partner"),
    [
        (PERFECT, INSERM, partner_dossier()),
        (partner_dossier(), JSPS, PERFECT),
    ],
)
def test_a_perfect_pair_has_nothing_missing(own: Dossier, asked: Terms, partner: Dossier) -> None:
    assert completeness.check(own, asked, partner) == ()


def test_alone_a_perfect_record_is_only_warned() -> None:
    warning = Violation("no_partner", "R3", "coordinators", "", blocking=False)
    assert completeness.check(PERFECT, INSERM) == (warning,)
    assert completeness.blocking(completeness.check(PERFECT, INSERM)) == ()


def test_results_follow_the_sections_and_put_blocking_ones_first() -> None:
    spoilt = dossier(
        title_en="",
        areas=(),
        sessions=(),
        narrative={},
        participants=(person(young=False),),
        lines=(line(kind="organisation"), line("0", id=2)),
        attachment_sizes=(1,) * 6,
        declarations={"declares_accuracy": False},
    )
    found = completeness.check(spoilt, INSERM)
    places = [(completeness.SECTIONS.index(each.section), not each.blocking) for each in found]
    assert places == sorted(places)
    assert {each.section for each in found} == set(completeness.SECTIONS)
    assert completeness.blocking(found) == tuple(each for each in found if each.blocking)
    assert len(completeness.blocking(found)) < len(found)


def test_an_empty_record_names_all_that_is_missing() -> None:
    nothing = dict.fromkeys(("title_en", "abstract_en", "theme", "venue_name", "venue_city", "venue_country"), "")
    empty = dossier(
        **nothing,
        keywords=(),
        theme_admitted=False,
        areas=(),
        start_on=None,
        end_on=None,
        sessions=(),
        narrative={},
        participants=(),
        lines=(),
        director_name="",
        director_agrees=False,
        declarations={"declares_accuracy": False},
    )
    assert [(each.section, each.code, each.field) for each in completeness.check(empty, INSERM)] == [
        ("facts", "missing", "title_en"),
        ("facts", "missing", "abstract_en"),
        ("facts", "keywords", "keywords"),
        ("facts", "missing", "theme"),
        ("facts", "missing", "venue_name"),
        ("facts", "missing", "venue_city"),
        ("facts", "missing", "venue_country"),
        ("facts", "missing", "start_on"),
        ("facts", "missing", "end_on"),
        ("coordinators", "missing", "director_name"),
        ("coordinators", "coordinator_missing", "own"),
        ("coordinators", "coordinator_missing", "partner"),
        ("coordinators", "no_partner", ""),
        *(("case", "missing", part) for part in PARTS),
        ("programme", "no_session", "sessions"),
        ("participants", "laboratories", "laboratories"),
        ("participants", "no_young_statutory", ""),
        ("budget", "nothing_asked", "total"),
        ("declarations", "declaration", "director_agrees"),
        ("declarations", "declaration", "declares_accuracy"),
    ]


@settings(max_examples=300)
@given(own=DOSSIERS, partner=st.none() | DOSSIERS, asked=st.sampled_from([INSERM, JSPS]))
def test_no_dossier_makes_a_rule_fail(own: Dossier, partner: Dossier | None, asked: Terms) -> None:
    found = completeness.check(own, asked, partner)
    assert completeness.check(own, asked, partner) == found
    assert all(each.section in completeness.SECTIONS for each in found)
    assert all(set(each.rule) <= set(string.digits + "R") for each in found)
    assert own.total >= 0

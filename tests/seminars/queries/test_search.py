"""Finding records by words: every script, no accent needed, and never what the officer may not see."""

import re

import pytest

from seminars.choices import SeminarState
from seminars.models import Laboratory, Proposal, Submission
from seminars.queries.search import matching, pattern
from tests.cast import call_2026, inserm, inserm_officer, jsps, jsps_officer, kenji, marie
from tests.desk_records import BEFORE, pair, person, proposal


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("lefevre", "Lefèvre"),
        ("LEFÈVRE", "lefevre"),
        ("Ｔａｎａｋａ", "TANAKA"),
        ("soeur", "Sœur"),
        ("SŒUR", "soeur"),
        ("strasse", "Straße"),
        ("søren", "Soren"),
        ("łódź", "Lodz"),
        ("a+b(c)", "A+B(C)"),
        ("が", "が"),
        ("田中", "田中"),
        ("ταυ", "ΤΑΥ"),
        ("e\u0301cole", "École"),
    ],
)
def test_a_pattern_finds_a_word_in_all_its_spellings(word: str, text: str) -> None:
    assert re.fullmatch(pattern(word), text)


@pytest.mark.parametrize(("word", "text"), [("か", "が"), (".", "a"), ("tanaka", "tanaca"), ("[a", "a")])
def test_a_pattern_finds_nothing_else(word: str, text: str) -> None:
    assert not re.search(pattern(word), text)


@pytest.fixture
def records(db: None) -> dict[str, Proposal]:
    """Marie's record paired with Kenji's; one of JSPS's that is paired with nobody; one whose pair is forming."""
    on = call_2026()
    french = proposal(on, inserm(), coordinator=marie(), title_en="Ageing neurons", title_fr="Vieillir à Bordeaux")
    japanese = proposal(on, jsps(), coordinator=kenji(), title_ja="神経の老化", application_number="J-0042")
    pair(french, japanese)
    unseen = proposal(on, jsps(), title_en="Hidden neurons", coordinator=person(family_name="Ōnishi"))
    forming = proposal(on, jsps(), title_en="Forming neurons")
    pair(proposal(on, inserm(), title_en="Cells"), forming, SeminarState.FORMING)
    Laboratory.objects.create(
        proposal=french,
        name="Neurocentre Magendie",
        institution="Université de Bordeaux",
        country="FR",
        saved_at=BEFORE,
    )
    Submission.objects.create(
        proposal=french,
        form_uuid="00000000-0000-4000-8000-000000000001",
        number="INSERM-2026-1-0007",
        arrived_at=BEFORE,
        counted_at=BEFORE,
        by=french.coordinator,
        snapshot="{}",
        sha256="0" * 64,
    )
    return {"french": french, "japanese": japanese, "unseen": unseen, "forming": forming}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ageing NEURONS", ["french"]),
        ("vieillir bordeaux", ["french"]),
        ("老化", ["japanese"]),
        ("magendie", ["french"]),
        ("universite", ["french"]),
        ("0007", ["french"]),
        ("j-0042", ["japanese"]),
        ("田中健二", ["japanese"]),
        ("健二　田中", ["japanese"]),
        ("たなか", ["japanese"]),
        ("ﾀﾅｶｹﾝｼﾞ", ["japanese"]),
        ("kyoto.example", ["french", "japanese"]),
        ("lefevre tanaka", ["french", "japanese"]),
        ("", ["french", "japanese", "cells"]),
        ("nobody", []),
        ("onishi", []),
        ("hidden", []),
        ("forming", []),
        ("'; drop table --", []),
    ],
)
def test_an_officer_finds_what_the_officer_sees(records: dict[str, Proposal], text: str, expected: list[str]) -> None:
    found = matching(Proposal.objects.overseen_by(inserm_officer()), text)
    cells = Proposal.objects.get(title_en="Cells")
    assert {record.pk for record in found} == {(records | {"cells": cells})[name].pk for name in expected}


def test_numbers_of_records_and_pairs_are_found(records: dict[str, Proposal]) -> None:
    seen = Proposal.objects.overseen_by(jsps_officer())
    hidden, french, japanese = records["unseen"], records["french"], records["japanese"]
    assert hidden in matching(seen, f"#{hidden.pk}")
    assert set(matching(seen, str(french.seminar))) == {french, japanese}
    assert list(matching(seen, f"1999-{french.seminar_id:03d}")) == []
    forming = records["forming"].seminar
    assert list(matching(seen, str(forming))) == []
    assert french not in matching(seen, "99999999999999999999")

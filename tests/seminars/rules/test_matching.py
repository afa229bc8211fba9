"""Candidates for the other half of a seminar: on made-up sets, and on the cases that tempt one to be too sure."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules.entries import Entry, Person
from seminars.rules.matching import LIKELY, POSSIBLE, SURE, candidates
from tests.seminars.matching_set import build

DAYS = (date(2027, 6, 14), date(2027, 6, 16))
MARIE = Person("Lefèvre", "Marie", emails=frozenset({"marie@inserm.example"}))
KENJI = Person("Tanaka", "Kenji", "田中", "健二", "タナカ ケンジ")
RECORD = Entry("record", {"FR": MARIE, "JP": Person("Tanaka", "Kenzi")}, ("Ageing neurons",), *DAYS)
ROW = Entry("row", {"JP": KENJI, "FR": Person("LEFEVRE Marie")}, ("AGEING NEURONS", "老化するニューロン"), *DAYS)


@pytest.mark.parametrize("seed", range(5))
def test_the_right_candidate_comes_first_and_no_wrong_one_is_sure(seed: int) -> None:
    made = build(seed)
    found = candidates(made.left, made.right)
    first = [found[own][0].right if own in found else None for own in made.truth]
    hits = sum(mine == theirs for mine, theirs in zip(first, made.truth.values(), strict=True))
    sure = {(one.left, one.right) for ranked in found.values() for one in ranked if one.band == SURE}
    assert hits >= 0.98 * len(made.truth)
    assert sure <= set(made.truth.items())
    assert len(sure) >= 0.7 * len(made.truth)


def test_both_lists_rank_the_same_candidates_alike() -> None:
    made = build(7, 120)
    forth, back = candidates(made.left, made.right), candidates(made.right, made.left)
    assert {(c.left, c.right, c.score, c.band) for ranked in forth.values() for c in ranked} == {
        (c.right, c.left, c.score, c.band) for ranked in back.values() for c in ranked
    }


def test_what_agrees_in_people_title_and_dates_is_sure() -> None:
    (found,) = candidates([RECORD], [ROW])["record"]
    assert (found.right, found.score, found.band) == ("row", 94, SURE)
    assert [reason.code for reason in found.reasons] == ["name", "name_sound", "title_equal", "dates"]


FULL = replace(RECORD, people={"FR": MARIE, "JP": replace(KENJI, emails=frozenset({"kenji@kyoto.example"}))})
SAME = replace(FULL, key="row")


@pytest.mark.parametrize(
    ("right", "why"),
    [
        ([SAME], ""),
        ([replace(SAME, titles=("Robots for the operating theatre",))], "doubt"),
        ([replace(SAME, titles=(), start_on=None, end_on=None)], "few"),
        ([SAME, replace(SAME, key="again")], "rival"),
    ],
)
def test_only_a_sure_candidate_has_all_points_and_the_others_say_why(right: list[Entry], why: str) -> None:
    found = candidates([FULL], right)["record"][0]
    assert (found.band == SURE, found.held_back) == (not why, why)
    assert found.score == 100 if found.band == SURE else 75 <= found.score <= 99


@pytest.mark.parametrize("seed", range(2))
def test_no_candidate_that_is_not_sure_reads_100(seed: int) -> None:
    made = build(seed, 120)
    ranked = [one for of_key in candidates(made.left, made.right).values() for one in of_key]
    assert max(one.score for one in ranked if one.band != SURE) <= 99
    assert all((one.band == SURE) == (one.score >= 75 and not one.held_back) for one in ranked)


def test_two_equal_candidates_are_neither_sure_nor_likely() -> None:
    found = candidates([RECORD], [ROW, replace(ROW, key="again")])
    assert [candidate.band for candidate in found["record"]] == [POSSIBLE, POSSIBLE]


def test_a_row_that_fits_two_records_is_not_sure_for_either() -> None:
    twin = replace(RECORD, key="twin", titles=("Ageing neurones",))
    found = candidates([RECORD, twin], [ROW])
    assert {candidate.band for candidate in found["row"]} == {POSSIBLE}


@pytest.mark.parametrize(
    "changes",
    [
        {"people": {"JP": KENJI, "FR": Person("Lefèvre", "Jeanne")}},
        {"people": {"JP": Person("Tanaka", "Hiroshi"), "FR": MARIE}},
        {"titles": ("Robots for the operating theatre",)},
    ],
)
def test_what_something_speaks_against_is_never_sure(changes: dict[str, object]) -> None:
    (found,) = candidates([RECORD], [replace(ROW, **changes)])["record"]
    assert found.band != SURE


def test_one_person_alone_is_possible_and_no_more() -> None:
    (found,) = candidates([RECORD], [Entry("row", {"JP": Person("Tanaka", "Kenji")})])["record"]
    assert (found.score, found.band) == (24, POSSIBLE)


def test_two_people_without_title_and_dates_are_likely() -> None:
    row = Entry("row", {"JP": Person("Tanaka", "Kenji"), "FR": MARIE})
    (found,) = candidates([RECORD], [row])["record"]
    assert found.band == LIKELY


def test_a_rejected_candidate_does_not_come_back_and_leaves_room_for_the_next() -> None:
    other = replace(ROW, key="other")
    found = candidates([RECORD], [ROW, other], rejected=[("record", "row")])
    assert [(candidate.right, candidate.band) for candidate in found["record"]] == [("other", SURE)]


def test_nothing_in_common_is_no_candidate() -> None:
    stranger = Entry("row", {"JP": Person("Suzuki", "Aya")}, ("Robots for the operating theatre",), *DAYS)
    assert candidates([RECORD], [stranger]) == {}
    assert candidates([], [ROW]) == candidates([RECORD], []) == {}


WORDS = st.text(alphabet="aéō田中ﾀ-' .ッ\U000e0100", max_size=12)
PEOPLE = st.builds(
    Person, family=WORDS, given=WORDS, family_kanji=WORDS, given_kanji=WORDS, kana=WORDS, institution=WORDS
)
SIDES = st.dictionaries(st.sampled_from(["FR", "JP"]), PEOPLE)
ENTRIES = st.builds(Entry, key=st.integers(), people=SIDES, titles=st.tuples(WORDS, WORDS))


@given(left=st.lists(ENTRIES, max_size=4), right=st.lists(ENTRIES, max_size=4))
def test_any_texts_are_compared_and_neither_list_comes_first(left: list[Entry], right: list[Entry]) -> None:
    left = [replace(entry, key=("left", place)) for place, entry in enumerate(left)]
    right = [replace(entry, key=("right", place)) for place, entry in enumerate(right)]
    forth, back = candidates(left, right), candidates(right, left)
    assert {(c.left, c.right, c.score, c.band) for ranked in forth.values() for c in ranked} == {
        (c.right, c.left, c.score, c.band) for ranked in back.values() for c in ranked
    }

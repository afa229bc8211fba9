"""What is seen as a conflict of interest (R23), on both sides of each boundary."""

import pytest

from reviews.rules.conflicts import Judge, Known, Member, is_same, known_by_name, places, reasons

AYA = Known("Mori", "Aya", "森", "彩", "モリ アヤ", "0000-0002-1825-0097", frozenset({"aya@example.jp"}))


@pytest.mark.parametrize(
    "other",
    [
        Known("MORI", "Aya"),
        Known("Aya", "Mori"),
        Known("Mōri", "Aya"),
        Known(family_kanji="森", given_kanji="彩"),
        Known(family_kanji="森 彩"),
        Known(kana="もり あや"),
        Known("Somebody", "Else", orcid="0000-0002-1825-0097"),
        Known("Somebody", "Else", emails=frozenset({"aya@example.jp"})),
    ],
)
def test_the_same_person_in_any_script_and_order(other: Known) -> None:
    assert is_same(AYA, other)
    assert is_same(other, AYA)


@pytest.mark.parametrize(
    "other",
    [
        Known("Mori", "Akira"),
        Known("Mori"),
        Known(),
        Known("Mori", "Aya", orcid="0000-0001-5109-3700"),
        Known(family_kanji="森", given_kanji="綾子"),
    ],
)
def test_somebody_else(other: Known) -> None:
    assert not is_same(AYA, other)


def seen(judge: Judge, member: Member, without: tuple[str, ...] = ()) -> list[str]:
    return [reason.code for reason in reasons(judge, [member], without)]


def test_each_tie_is_a_reason_of_its_own() -> None:
    judge = Judge(1, AYA, places("Neural Systems Lab"), places("Kyoto University"), (known_by_name("Kenji Tanaka"),))
    kenji = Known("TANAKA", "Kenji")
    assert seen(judge, Member(kenji)) == ["collaborator"]
    assert seen(judge, Member(Known("Ito", "Jun"), laboratory="NEURAL SYSTEMS LAB")) == ["laboratory"]
    assert seen(judge, Member(Known("Ito", "Jun"), institution="kyoto university")) == ["institution"]
    assert seen(judge, Member(AYA)) == ["same_person"]
    assert seen(judge, Member(Known("Ito", "Jun"), user=1)) == ["coordinates"]
    assert seen(judge, Member(Known("Ito", "Jun"), "Other Lab", "Osaka University")) == []


def test_the_agencys_own_name_says_nothing() -> None:
    judge = Judge(1, AYA, institutions=places("Inserm", without=["Inserm"]))
    assert seen(judge, Member(Known("Roux", "Ana"), institution="INSERM"), ("Inserm",)) == []
    assert judge.institutions == frozenset()


def test_a_collaborator_in_kanji_is_found() -> None:
    judge = Judge(1, Known("Roux", "Ana"), collaborators=(known_by_name("田中健二"),))
    assert seen(judge, Member(Known(family_kanji="田中", given_kanji="健二"))) == ["collaborator"]


def test_nothing_known_is_no_conflict() -> None:
    assert seen(Judge(1, Known()), Member(Known())) == []

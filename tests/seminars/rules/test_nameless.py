"""Names in free texts: which are found, and which words stay."""

import pytest

from seminars.rules.nameless import without_names

MARIE = {"family_name": "Lefèvre", "given_name": "Marie"}
KENJI = {
    "family_name": "Tanaka",
    "given_name": "Kenji",
    "family_name_kanji": "田中",
    "given_name_kanji": "健二",
    "family_name_kana": "タナカ",
    "given_name_kana": "ケンジ",
}
LI = {"family_name": "Li", "given_name": "Ai", "family_name_kanji": "林", "given_name_kanji": "愛"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Marie Lefèvre spoke.", "X spoke."),
        ("LEFEVRE, Marie spoke to Lefevre's team.", "X spoke to X's team."),
        ("Dr Tanaka agreed; Marie did not.", "Dr X agreed; X did not."),
        ("田中健二氏と田中先生、タナカ ケンジ様。", "X氏とX先生、X様。"),
        ("Tanaka氏は賛成。", "X氏は賛成。"),
        ("Write to m.lefevre@inserm.example or +33 6 12 34 56 78.", "Write to X or X."),
        ("林先生は森林を研究。", "X先生は森林を研究。"),
        ("AI and lithium: Li agreed, li did not, and Ai Li came.", "AI and lithium: X agreed, li did not, and X came."),
        ("Tanakawa and Mariella stay.", "Tanakawa and Mariella stay."),
        ("marie in small letters stays.", "marie in small letters stays."),
        ("", ""),
    ],
)
def test_names_give_way_and_other_words_stay(text: str, left: str) -> None:
    assert without_names(text, [MARIE, KENJI, LI], "X") == left


def test_who_is_known_by_nothing_takes_nothing_out() -> None:
    assert without_names("Everybody agreed.", [{"family_name": "", "given_name": "Al"}], "X") == "Everybody agreed."

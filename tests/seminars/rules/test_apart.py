"""What two texts do not have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules.apart import Piece, lines_apart, words_apart


def changed(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text.strip() for piece in pieces if piece.changed]


@pytest.mark.parametrize(
    ("mine", "theirs", "gone", "new"),
    [
        ("Ageing neurons", "Ageing neurons", [], []),
        ("Ageing neurons", "Ageing of neurons", [], ["of"]),
        ("Ageing of neurons", "Ageing neurons", ["of"], []),
        ("Vieillissement à Lyon", "Vieillissement à Paris", ["Lyon"], ["Paris"]),
        ("神経細胞の老化", "神経細胞の加齢", ["老化"], ["加齢"]),
        ("", "All new", [], ["All new"]),
        ("", "", [], []),
    ],
)
def test_words_apart_marks_what_the_other_lacks(mine: str, theirs: str, gone: list[str], new: list[str]) -> None:
    own, other = words_apart(mine, theirs)
    assert (changed(own), changed(other)) == (gone, new)


@given(st.text(max_size=80), st.text(max_size=80))
def test_words_apart_loses_nothing(mine: str, theirs: str) -> None:
    own, other = words_apart(mine, theirs)
    assert "".join(piece.text for piece in own) == mine
    assert "".join(piece.text for piece in other) == theirs
    assert [piece.text for piece in own if not piece.changed] == [piece.text for piece in other if not piece.changed]


def test_lines_apart_marks_whole_lines() -> None:
    own, other = lines_apart(("cancer", "ageing"), ("ageing", "imaging"))
    assert own == ((Piece("cancer", True),), (Piece("ageing"),))
    assert other == ((Piece("ageing"),), (Piece("imaging", True),))

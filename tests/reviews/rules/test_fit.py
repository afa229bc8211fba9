"""Topics in common, however they are written."""

import pytest

from reviews.rules.fit import AREA, KEYWORD, WORD, fit, normal, topics_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Épigénétique", "epigenetique"),
        ("T-cell  receptors", "t cell receptors"),
        ("ＤＮＡ", "dna"),
        ("ﾆｭｰﾛﾝ", "ニューロン"),
    ],
)
def test_keywords_are_compared_as_they_sound(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_kana_with_other_marks_are_other_words() -> None:
    assert normal("がん") != normal("かん")


@pytest.mark.parametrize(
    ("areas", "keywords", "points"),
    [
        ((), (), 0),
        ((1,), (), AREA),
        ((1, 2, 9), ("ageing",), 2 * AREA + KEYWORD),
        ((), ("Neurons in mice",), WORD),
        ((), ("Ageing", "neuron"), 2 * KEYWORD),
        ((9,), ("in vivo", "astronomy"), 0),
    ],
)
def test_more_in_common_fits_better(areas: tuple[int, ...], keywords: tuple[str, ...], points: int) -> None:
    pair = topics_of((1, 2), ("ageing", "neuron", "in vitro"))
    assert fit(topics_of(areas, keywords), pair) == points

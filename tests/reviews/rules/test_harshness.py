"""Harshness and normalised scores, as properties."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.harshness import habit, in_millionths, normalised, rounded

SCORES = st.lists(st.decimals("1", "5", places=6), min_size=2, max_size=30)
TINY = Decimal("1e-9")


def test_without_a_habit_there_is_no_normalised_score() -> None:
    assert habit([]).mean is None
    assert habit([Decimal(4)]).spread == 0
    assert normalised(Decimal(4), habit([Decimal(4)])) is None
    assert normalised(Decimal(4), habit([Decimal(4)] * 7)) is None


@given(st.decimals("1", "5", places=6), st.integers(2, 40))
def test_the_same_score_for_all_has_no_spread(score: Decimal, number: int) -> None:
    assert habit([score] * number).spread == 0


@given(SCORES)
def test_normalised_scores_have_mean_0_and_spread_1(scores: list[Decimal]) -> None:
    known = habit(scores)
    found = [score for one in scores if (score := normalised(one, known)) is not None]
    assert len(found) == (len(scores) if known.spread else 0)
    if found:
        beside = habit(found)
        assert abs(beside.mean or Decimal(0)) < TINY
        assert abs((beside.spread or Decimal(0)) - 1) < TINY


@given(SCORES, st.decimals("-3", "3", places=2))
def test_being_harsher_throughout_changes_no_normalised_score(scores: list[Decimal], harsher: Decimal) -> None:
    one, other = habit(scores), habit([score + harsher for score in scores])
    pairs = [(normalised(score, one), normalised(score + harsher, other)) for score in scores]
    assert all(a is b is None or (a is not None and b is not None and abs(a - b) < TINY) for a, b in pairs)


def test_rounding_is_half_away_from_zero() -> None:
    assert in_millionths(Fraction(10, 3)) == Decimal("3.333333")
    assert [rounded(Decimal(text)) for text in ("3.125", "-3.125")] == [Decimal("3.13"), Decimal("-3.13")]
    assert rounded(None) is None

"""How harsh a reviewer is, and a score seen beside the reviewer's own habit. Pure, in exact decimals until the root.

A score is normalised as the distance from the reviewer's mean, counted in the reviewer's spread (a z-score): 0 is what
this reviewer usually gives, 1 is one spread better. With a single review, or with the same score for every pair, there
is no habit to measure against: such a score has no normalised value and counts only as it is (I23: nothing is made 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HUNDREDTH = Decimal("0.01")
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Habit:
    """How many reviews, their mean, and their spread: the standard deviation over all of them; None of none."""

    number: int
    mean: Decimal | None
    spread: Decimal | None

    @property
    def rounded(self) -> "Habit":
        """The same as it is shown, to the hundredth."""
        return Habit(self.number, rounded(self.mean), rounded(self.spread))

    @property
    def shown_spread(self) -> Decimal | None:
        """The spread as it is shown: to the hundredth, and not of a single review."""
        return rounded(self.spread) if self.number > 1 else None


def in_millionths(score: Fraction) -> Decimal:
    """Return an exact overall score to the millionth, a half up.

    Equal judgements then have equal scores to the last digit, and what is summed afterwards is exact.
    """
    return (Decimal(score.numerator) / score.denominator).quantize(MILLIONTH, ROUND_HALF_UP)


def average(numbers: Sequence[Decimal]) -> Decimal | None:
    """Return the mean of ``numbers``, or None of none."""
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def habit(scores: Sequence[Decimal]) -> Habit:
    """Return number, mean and spread of ``scores``; one score has a spread of 0."""
    if not scores:
        return Habit(0, None, None)
    number = len(scores)
    total = sum(scores, Decimal(0))
    squares = sum(((number * score - total) ** 2 for score in scores), Decimal(0))
    return Habit(number, total / number, (squares / number).sqrt() / number)


def normalised(score: Decimal, of: Habit) -> Decimal | None:
    """Return the distance of ``score`` from the mean in spreads, or None where there is no habit to measure by."""
    if of.number < 2 or not of.spread or of.mean is None:
        return None
    return (score - of.mean) / of.spread


def rounded(number: Decimal | None) -> Decimal | None:
    """Return a number as it is shown: to the hundredth, halves away from zero."""
    return None if number is None else number.quantize(HUNDREDTH, ROUND_HALF_UP)

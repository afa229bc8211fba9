"""Scores in exact arithmetic: “cannot judge” never counts as zero (I23), and rounding comes once, at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Overall:
    """A review's overall score, how many criteria it counts, and how many there are; no score where none counts."""

    score: Decimal | None
    counted: int
    criteria: int


def rounded(exact: Fraction) -> Decimal:
    """Return an exact number that is not negative with two decimals; a half goes up."""
    hundredths = exact * 100 + Fraction(1, 2)
    return (Decimal(hundredths.numerator // hundredths.denominator) / 100).quantize(CENTS)


def exact_overall(scores: Iterable[tuple[Decimal, int | None]]) -> Fraction | None:
    """Return the weighted mean of (weight, score) exactly, without those that were not judged; None without any."""
    judged = [(weight, value) for weight, value in scores if value is not None]
    return weighed(sum((weight * value for weight, value in judged), Decimal(0)), sum(weight for weight, _ in judged))


def weighed(total: Decimal | None, weight: Decimal | int | None) -> Fraction | None:
    """Return the exact weighted mean from the weighted sum of scores and the sum of their weights; None without any."""
    if total is None or not weight:
        return None
    (above, below), (weight_above, weight_below) = total.as_integer_ratio(), weight.as_integer_ratio()
    return Fraction(above * weight_below, below * weight_above)


def overall(scores: Sequence[tuple[Decimal, int | None]]) -> Overall:
    """Return the overall score of a review from (weight, score or None for “cannot judge”), with two decimals.

    Weights are call data, equal by default, and positive.
    """
    exact = exact_overall(scores)
    counted = sum(1 for _weight, value in scores if value is not None)
    return Overall(None if exact is None else rounded(exact), counted, len(scores))


def mean(values: Iterable[Fraction | int | None]) -> Fraction | None:
    """Return the exact mean of what is there, or None where nothing is."""
    there = [value for value in values if value is not None]
    if not there:
        return None
    common = lcm(*(value.denominator for value in there))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in there), common * len(there))


def shown(values: Iterable[Fraction | int | None]) -> Decimal | None:
    """Return the mean of what is there as it is shown: with two decimals, a half goes up; None where nothing is."""
    exact = mean(values)
    return None if exact is None else rounded(exact)

"""Scores as tables write them."""

from decimal import Decimal

from accounts import formats
from seminars.queries.listing import reader

NOTHING = "–"


def with_spread(mean: Decimal | None, spread: Decimal | None = None) -> str:
    """Return a mean with its spread, where there is one, in the reader's language: "3.50 ± 1.25"; "–" for no mean."""
    if mean is None:
        return NOTHING
    written = formats.decimal(mean, reader())
    return written if spread is None else f"{written} ± {formats.decimal(spread, reader())}"

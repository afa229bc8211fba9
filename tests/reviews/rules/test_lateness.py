"""When a review is late."""

from datetime import timedelta

import pytest

from reviews.rules.lateness import is_late
from tests.reviews.world import DUE

EARLIER, LATER = DUE - timedelta(microseconds=1), DUE + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("sealed_at", "at", "late"),
    [
        (EARLIER, LATER, False),
        (DUE, LATER, False),
        (LATER, LATER, True),
        (None, DUE, False),
        (None, LATER, True),
    ],
)
def test_late_is_later_than_due(sealed_at: object, at: object, late: bool) -> None:
    assert is_late(DUE, sealed_at, at) is late

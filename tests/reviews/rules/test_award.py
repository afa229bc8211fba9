"""What may be granted of what was asked for (R14, R16)."""

from decimal import Decimal

import pytest

from reviews.rules.award import Granted, above_cap, wrong_lines

ASKED = {1: Decimal("100.00")}


@pytest.mark.parametrize(
    ("granted", "decimals", "expected"),
    [
        (Granted(Decimal("100.00")), 2, {}),
        (Granted(Decimal("100.01")), 2, {1: "too_much"}),
        (Granted(Decimal("99.99"), "Shared taxi."), 2, {}),
        (Granted(Decimal("99.99"), " "), 2, {1: "reason"}),
        (Granted(Decimal(0), "Not paid."), 2, {}),
        (Granted(Decimal("-0.01"), "No."), 2, {1: "negative"}),
        (Granted(Decimal("99.999"), "No."), 2, {1: "decimals"}),
        (Granted(Decimal("99.5"), "No."), 0, {1: "decimals"}),
        (None, 2, {1: "missing"}),
    ],
)
def test_a_line_is_at_most_what_was_requested(granted: Granted | None, decimals: int, expected: dict[int, str]) -> None:
    assert wrong_lines(ASKED, {1: granted} if granted else {}, decimals=decimals) == expected


def test_the_cap_itself_passes_and_a_cent_more_does_not() -> None:
    cap = Decimal("12000.00")
    assert not above_cap([Decimal("6000.00")] * 2, cap)
    assert above_cap([Decimal("6000.00"), Decimal("6000.01")], cap)
    assert not above_cap([], cap)
    assert not above_cap([Decimal(10**9)], None)

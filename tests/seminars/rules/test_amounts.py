"""Amounts as people type them (R16)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminars.rules import amounts


def euro(text: str, language: str = "en") -> Decimal:
    return amounts.read(text, "EUR", decimals=2, language=language)


def yen(text: str, language: str = "ja") -> Decimal:
    return amounts.read(text, "JPY", decimals=0, language=language)


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("0", "en", "0"),
        ("007", "en", "7"),
        ("1234", "fr", "1234"),
        ("1234,5", "fr", "1234.50"),
        ("1234.50", "fr", "1234.50"),
        ("1 234,50", "fr", "1234.50"),
        ("1\u202f234,50\u00a0€", "fr", "1234.50"),
        ("1.234,50", "fr", "1234.50"),
        ("1.234.567", "fr", "1234567"),
        ("1,234.50", "en", "1234.50"),
        ("1,234.50", "fr", "1234.50"),
        ("1,234", "en", "1234"),
        ("1,234", "ja", "1234"),
        ("12,000", "en", "12000"),
        ("€12,000.50", "en", "12000.50"),
        ("EUR 90", "en", "90"),
        ("1'234.50", "en", "1234.50"),
        ("1’234,50", "fr", "1234.50"),
        (".5", "en", "0.50"),
        ("12.340", "en", None),
        ("１２３４．５０", "ja", "1234.50"),
        ("１，２３４．５０", "ja", "1234.50"),
        ("120ユーロ", "ja", "120"),
        ("0.500", "en", "0.50"),
        ("9999999999.99", "en", "9999999999.99"),
    ],
)
def test_euro_amount_as_typed_is_read(text: str, language: str, amount: str | None) -> None:
    if amount is None:
        with pytest.raises(amounts.Unreadable, match="two_readings"):
            euro(text, language)
    else:
        assert euro(text, language) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("2,500,000", "ja", 2_500_000),
        ("２５０００００円", "ja", 2_500_000),
        ("￥12,001", "ja", 12_001),
        ("2 500 000 JPY", "fr", 2_500_000),
        ("1000.00", "en", 1000),
    ],
)
def test_yen_amount_as_typed_is_read(text: str, language: str, amount: int) -> None:
    assert yen(text, language) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("1.234", "en", "two_readings"),
        ("1.234", "ja", "two_readings"),
        ("1,234", "fr", "two_readings"),
        ("1.234", "fr", "two_readings"),
        ("0.001", "en", "decimals"),
        ("1,2345", "en", "decimals"),
        ("-5", "en", "negative"),
        ("−5,50", "fr", "negative"),
        ("-1 234", "fr", "negative"),
        ("9999999999.995", "en", "too_large"),
        ("10000000000", "en", "too_large"),
        ("9" * 5000, "en", "too_large"),
        ("", "en", "not_a_number"),
        (".", "en", "not_a_number"),
        ("50.", "en", "not_a_number"),
        ("1 23", "fr", "not_a_number"),
        ("12 34,5", "fr", "not_a_number"),
        ("0,234.50", "en", "not_a_number"),
        ("1,234,50", "en", "not_a_number"),
        ("1.234.50", "en", "not_a_number"),
        ("1,23.45", "en", "not_a_number"),
        ("1e5", "en", "not_a_number"),
        ("NaN", "en", "not_a_number"),
        ("Infinity", "en", "not_a_number"),
        ("４万", "ja", "not_a_number"),
        ("٣٤", "en", "not_a_number"),
        ("12¥", "en", "not_a_number"),
        ("--5", "en", "not_a_number"),
    ],
)
def test_euro_amount_that_says_none_or_two_is_refused(text: str, language: str, why: str) -> None:
    with pytest.raises(amounts.Unreadable) as refused:
        euro(text, language)
    assert refused.value.args == (why,)


@pytest.mark.parametrize(
    ("text", "why"), [("1000.5", "decimals"), ("1000,50", "decimals"), ("-1", "negative"), ("1.234", "two_readings")]
)
def test_yen_amount_with_a_fraction_is_refused(text: str, why: str) -> None:
    with pytest.raises(amounts.Unreadable) as refused:
        yen(text)
    assert refused.value.args == (why,)


@given(
    amount=st.decimals(min_value=0, max_value=amounts.bounds.MOST_UNIT_COST, places=2),
    language=st.sampled_from(["en", "fr", "ja"]),
)
def test_what_is_written_is_read_back(amount: Decimal, language: str) -> None:
    assert euro(amounts.written(amount, decimals=2, language=language), language) == amount


@given(text=st.text(max_size=30), language=st.sampled_from(["en", "fr", "ja"]))
def test_any_text_is_an_amount_or_refused(text: str, language: str) -> None:
    try:
        amount = euro(text, language)
    except amounts.Unreadable:
        return
    assert 0 <= amount <= amounts.bounds.MOST_UNIT_COST
    assert amount.as_tuple().exponent == -2

"""The one text cleaner: what is refused, and what is made equal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.text import forbidden_characters, normalise, one_line

REFUSED = [
    *range(0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xD800,
    0xDBFF,
    0xDC00,
    0xDFFF,
    0xFDD0,
    0xFDEF,
    *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
]
NEIGHBOURS = [0x09, 0x0A, 0x20, 0x7E, 0xA0, 0x061B, 0x061D, 0x200D, 0x2010, 0x2029, 0x202F, 0x2065, 0x206A]
NEIGHBOURS += [0xD7FF, 0xE000, 0xFDCF, 0xFDF0, 0xFFFD, 0x1FFFD, 0x20000, 0x10FFFD]


@pytest.mark.parametrize("code", REFUSED)
def test_forbidden_characters_are_named(code: int) -> None:
    assert forbidden_characters(f"a{chr(code)}b{chr(code)}") == (f"U+{code:04X}",)


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_their_neighbours_are_welcome(code: int) -> None:
    assert forbidden_characters(f"a{chr(code)}b") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "L’œuvre de Zoé Ÿvonnand : « ça »\u00a0! \u202f?",
        "髙𠮷々ヶ、〆切。（株）ｶﾀｶﾅ",
        "one\n\ttwo\r\n".replace("\r", ""),
        "👩‍🔬 ± µm ≤ 5 °C",
        "葛\U000e0100城",
    ],
)
def test_french_japanese_and_scientific_text_is_welcome(text: str) -> None:
    assert forbidden_characters(text) == ()


def test_each_is_named_once_and_in_order() -> None:
    assert forbidden_characters("\u202eab\x00c\u202e\x00") == ("U+202E", "U+0000")


@given(st.text(alphabet=st.characters()))
def test_controls_and_surrogates_never_pass(text: str) -> None:
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"}
    assert {f"U+{ord(c):04X}" for c in bad} <= set(forbidden_characters(text))


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("e\u0301", "é"),
        ("é", "é"),
        ("か\u3099", "が"),
        ("A\u030a", "Å"),
        ("\u212b", "Å"),
        ("oe", "oe"),
        ("œ", "œ"),
        ("ﬁ", "ﬁ"),
        ("ｶﾞ", "ｶﾞ"),
        ("髙", "髙"),
        ("𠮷", "𠮷"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\n\rb", "a\n\nb"),
        ("", ""),
    ],
)
def test_normalise(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  Marie\u3000 Curie \n", "Marie Curie"),
        ("佐藤　健二", "佐藤 健二"),
        ("a\n\nb\tc", "a b c"),
        ("12\u202f000\u00a0€", "12 000 €"),
        (" \u3000\n ", ""),
    ],
)
def test_one_line(given_text: str, expected: str) -> None:
    assert one_line(given_text) == expected


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert one_line(one_line(text)) == one_line(text)
    assert "\r" not in normalise(text)


def test_a_megabyte_is_read_at_once() -> None:
    assert forbidden_characters("é" * 1_000_000 + "\x00") == ("U+0000",)

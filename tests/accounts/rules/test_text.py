import pytest

from accounts.rules.text import forbidden_characters, holds_link, normalise, one_line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Élan 日本語 ﷽ 👩‍🔬\n\tend", ()),
        ("a\x00b\x00", ("U+0000",)),
        ("\x0b\x1f\x7f\x85", ("U+000B", "U+001F", "U+007F", "U+0085")),
        ("\u202eevil\u2066", ("U+202E", "U+2066")),
        ("\u200e\u200f\u061c", ("U+200E", "U+200F", "U+061C")),
        ("\ud800", ("U+D800",)),
        ("\ufffe\uffff\U0010ffff", ("U+FFFE", "U+FFFF", "U+10FFFF")),
        ("\ufffd", ()),
    ],
)
def test_forbidden_characters(text: str, found: tuple[str, ...]) -> None:
    assert forbidden_characters(text) == found


def test_normalise_composes_and_unifies_line_ends() -> None:
    assert normalise("e\u0301\r\nか\u3099\r") == "é\nが\n"


def test_one_line_joins_white_space_ideographic_too() -> None:
    assert one_line("  田中\u3000 健司\n\tKyoto ") == "田中 健司 Kyoto"


def test_one_line_keeps_french_no_break_spaces_beside_punctuation_only() -> None:
    nb, narrow = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
    title = f"Appel{nb}: «{nb}Vieillir{narrow}?{nb}»"
    assert one_line(f"  {title}\n") == title
    assert one_line(f"{nb}Marie{nb}Lefèvre{narrow}{nb}: x") == "Marie Lefèvre : x"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Jean-Pierre d’Aubigné", False),
        ("J. Tanaka", False),
        ("研究推進部/国際課 伊藤", False),
        ("see https://evil.example", True),
        ("www.evil.example", True),
        ("evil.example/pay", True),
        ("me@evil.example", True),
    ],
)
def test_holds_link(text: str, holds: bool) -> None:
    assert holds_link(text) is holds

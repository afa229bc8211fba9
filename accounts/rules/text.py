"""The one text cleaner (SAFETY 17): what may never enter, whatever the door."""

import unicodedata

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ALLOWED_CONTROLS = frozenset("\n\t")


def forbidden_characters(text: str) -> tuple[str, ...]:
    """Return the code points of ``text`` that are refused, as ``U+0000`` labels, each once, in order.

    Refused are NUL and the other control characters (line feed and tab excepted), bidirectional marks and
    overrides, lone surrogates and the two noncharacters that end each plane.
    """
    found = dict.fromkeys(
        character
        for character in text
        if character in BIDI
        or (unicodedata.category(character) in {"Cc", "Cs"} and character not in ALLOWED_CONTROLS)
        or ord(character) & 0xFFFE == 0xFFFE
    )
    return tuple(f"U+{ord(character):04X}" for character in found)


def normalise(text: str) -> str:
    """Return ``text`` in NFC with line ends as ``\\n``; composed and decomposed accents become equal."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space, line ends included, as one space.

    The ideographic space of Japanese names counts as white space too.
    """
    return " ".join(text.split())

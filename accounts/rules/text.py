"""The one text cleaner (SAFETY 17): what may never enter, whatever the door."""

import re
import unicodedata

_CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_PLANE_ENDS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FRENCH = r"(?<=«)[\u00a0\u202f](?=\S)|(?<=\S)[\u00a0\u202f](?=[:;?!»])"
WHITE_SPACE = re.compile(rf"(?P<kept>{_FRENCH})|\s+")
FORBIDDEN = re.compile(f"[{_CONTROLS}{_BIDI}{_SURROGATES}\ufdd0-\ufdef{_PLANE_ENDS}]")


def forbidden_characters(text: str) -> tuple[str, ...]:
    """Return the code points of ``text`` that are refused, as ``U+0000`` labels, each once, in order.

    Refused are NUL and the other control characters (line feed and tab excepted), bidirectional marks and
    overrides, lone surrogates and noncharacters.
    """
    return tuple(dict.fromkeys(f"U+{ord(character):04X}" for character in FORBIDDEN.findall(text)))


LINK = re.compile(r"://|www\.|@|[\w-]\.[a-z]{2,}/", re.IGNORECASE)


def holds_link(text: str) -> bool:
    """Say whether ``text`` holds what mail programs make a link of: no name of a person or an office does (I9)."""
    return bool(LINK.search(text))


def normalise(text: str) -> str:
    """Return ``text`` in NFC with line ends as ``\\n``; composed and decomposed accents become equal."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space, line ends included, as one space.

    The ideographic space of Japanese names counts as white space too; the no-break space that French sets beside
    its punctuation stays.
    """
    return WHITE_SPACE.sub(lambda found: found["kept"] or " ", text).strip()

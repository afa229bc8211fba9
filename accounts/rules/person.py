"""What a person's names and identifiers must look like."""

import re
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
KATAKANA = re.compile(r"[ァ-ヺー・ヽヾ ]+")
KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
KANJI_NAME = re.compile(f"([\u3041-\u3096\u309d\u309e\u30a1-\u30fe ]|[{KANJI}][{VARIANTS}]?)+")
LATIN_MARKS = frozenset(" -\u2010\u2011'‘’ʻʼ.·")
WIDE_LETTERS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def tidy_orcid(text: str) -> str:
    """Return the iD alone (``0000-0002-1825-0097``) from an iD, its digits, or its orcid.org address."""
    wide = unicodedata.normalize("NFKC", text)
    bare = re.sub(r"^\s*(https?://)?(www\.)?orcid\.org/", "", wide, flags=re.IGNORECASE).rstrip(" /")
    digits = re.sub(r"[\s\u2010-\u2015\u2212-]", "", bare).upper()
    hyphened = "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))
    return hyphened if ORCID.fullmatch(hyphened) else text.strip()


def is_orcid(text: str) -> bool:
    """Say whether ``text`` is an ORCID iD whose last character is its ISO 7064 MOD 11-2 checksum."""
    if not ORCID.fullmatch(text):
        return False
    try:
        mod_11_2.validate(text.replace("-", ""))
    except ValidationError:
        return False
    return True


def tidy_latin(text: str) -> str:
    """Return ``text`` with the full-width letters of Japanese keyboards made ordinary: ``ＡＢＥ`` is ``ABE``."""
    return text.translate(WIDE_LETTERS)


def tidy_kana(text: str) -> str:
    """Return ``text`` in full-width katakana: half-width forms widened, hiragana turned into katakana."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" or letter in "ゝゞ" else letter for letter in wide)


def is_katakana(text: str) -> bool:
    """Say whether ``text`` is a name in full-width katakana (long mark, middle dot and spaces allowed)."""
    return bool(KATAKANA.fullmatch(text))


def is_kanji_name(text: str) -> bool:
    """Say whether ``text`` is a name in Japanese script: kanji, and the kana that some names hold."""
    return bool(KANJI_NAME.fullmatch(text))


def is_latin_name(text: str) -> bool:
    """Say whether ``text`` is a name in Latin letters: accents, hyphens, apostrophes, points and spaces allowed."""
    letters = [letter for letter in text if letter not in LATIN_MARKS and not "\u0300" <= letter <= "\u036f"]
    return bool(letters) and all(letter.isalpha() and "LATIN" in unicodedata.name(letter, "") for letter in letters)


def name_key(text: str) -> str:
    """Return what two spellings of one name share: accents, capitals, points and the order of the parts do not count.

    ``Marie LE GALL``, ``le Gall Marie`` and ``Le Gáll, Marie`` are one; the voicing marks of kana do count.
    """
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not "\u0300" <= mark <= "\u036f")
    return " ".join(sorted(re.findall(r"\w+", unicodedata.normalize("NFKC", bare).casefold())))

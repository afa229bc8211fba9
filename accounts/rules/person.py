"""What a person's names and identifiers must look like."""

import re
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
KATAKANA = re.compile(r"[ァ-ヶー・ヽヾ ]+")
KANJI_NAME = re.compile(r"[\u3005-\u3007\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd ]+")
WIDE_LETTERS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def tidy_orcid(text: str) -> str:
    """Return the iD alone (``0000-0002-1825-0097``) from an iD, its digits, or its orcid.org address."""
    digits = re.sub(r"^https?://orcid\.org/", "", unicodedata.normalize("NFKC", text).strip(), flags=re.IGNORECASE)
    digits = digits.replace("-", "").replace(" ", "").upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4)) if len(digits) == 16 else text.strip()


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
    """Return ``text`` with the full-width letters of Japanese keyboards made ordinary: ``ＴＡＮＡＫＡ`` is ``TANAKA``."""
    return text.translate(WIDE_LETTERS)


def tidy_kana(text: str) -> str:
    """Return ``text`` in full-width katakana: half-width forms widened, hiragana turned into katakana."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in wide)


def is_katakana(text: str) -> bool:
    """Say whether ``text`` is a name in full-width katakana (long mark, middle dot and spaces allowed)."""
    return bool(KATAKANA.fullmatch(text))


def is_kanji_name(text: str) -> bool:
    """Say whether ``text`` is a name in Japanese script: kanji, and the kana that some names hold."""
    return bool(KANJI_NAME.fullmatch(text))


def is_latin_name(text: str) -> bool:
    """Say whether ``text`` is a name in Latin letters: accents, hyphens, apostrophes, points and spaces allowed."""
    return any(letter.isalpha() for letter in text) and all(
        letter in " -'’.·" or unicodedata.category(letter) == "Mn" or "LATIN" in unicodedata.name(letter, "")
        for letter in text
    )

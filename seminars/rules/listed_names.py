"""Parting the names in another agency's list: either order, capitals or not, Latin letters, kanji or kana."""

import re

from accounts.rules.person import is_katakana, is_latin_name, tidy_kana, tidy_latin
from accounts.rules.text import one_line

TITLES = re.compile(r"^(?:(?:dr|pr|prof|professor|professeur|mme|mlle|mr|mrs|ms|m)\.?\s+)+(?=\S+\s)", re.IGNORECASE)
HONORIFIC = re.compile(r"(?:\s*(?:先生|教授|様|氏))$")
PARTICLES = frozenset(
    {"d'", "da", "de", "del", "della", "den", "der", "des", "di", "du", "l'", "la", "le", "van", "von"}
)
BRACKETS = re.compile(r"([^(（]+)[(（]([^)）]+)[)）]")
JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9d]")

Name = dict[str, str]


def latin(text: str) -> tuple[str, str, bool]:
    """Return family and given name of a name in Latin letters, and whether their order is certain.

    Certain are capitals (``NOM Prénom``, ``Prénom NOM``) and a comma (``Nom, Prénom``); else the last word is taken for
    the family name, and where all is in capitals the first.
    """
    name = TITLES.sub("", one_line(tidy_latin(text)))
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return family, given, True
    words = name.split()
    if len(words) < 2:
        return name, "", True
    shouted = [_is_shouted(word) for word in words]
    if all(shouted):
        return words[0], " ".join(words[1:]), False
    first, last = _run(words, shouted)
    if first == 0 and last > 0:
        return " ".join(words[:last]), " ".join(words[last:]), True
    if last == len(words) and first < last:
        return " ".join(words[first:]), " ".join(words[:first]), True
    return words[-1], " ".join(words[:-1]), False


def _is_shouted(word: str) -> bool:
    return word.isupper() and sum(letter.isalpha() for letter in word) > 1


def _run(words: list[str], shouted: list[bool]) -> tuple[int, int]:
    """Return where the words in capitals begin and end, the particles before them included; (0, 0) without any."""
    if not any(shouted):
        return 0, 0
    first = shouted.index(True)
    last = first
    while last < len(words) and shouted[last]:
        last += 1
    while first > 0 and words[first - 1].casefold() in PARTICLES:
        first -= 1
    return first, last


def japanese(text: str) -> tuple[str, str, bool]:
    """Return family and given name of a name in Japanese script, and whether a space parts them."""
    words = HONORIFIC.sub("", one_line(text)).split()
    return (words[0], " ".join(words[1:]), len(words) > 1) if words else ("", "", True)


def person(text: str, *, kana: bool = False) -> tuple[Name, bool]:
    """Return the names in one cell by field, each in the script it is in, and whether they are parted for certain.

    ``田中　健二（TANAKA Kenji）`` gives both. ``kana`` says that the column is one of readings.
    """
    both = BRACKETS.fullmatch(text.strip())
    names: Name = {}
    certain = True
    for part in both.groups() if both else (text,):
        family, given, suffix, sure = _script(part, kana=kana)
        names |= {f"family_name{suffix}": family, f"given_name{suffix}": given}
        certain = certain and sure
    return {field: name for field, name in names.items() if name}, certain


def _script(text: str, *, kana: bool) -> tuple[str, str, str, bool]:
    if not JAPANESE.search(text):
        family, given, certain = latin(text)
        return family, given, "", certain
    reading = tidy_kana(text)
    if kana or is_katakana(one_line(reading)):
        family, given, certain = japanese(reading)
        return family, given, "_kana", certain
    family, given, certain = japanese(text)
    return family, given, "_kanji", certain


def is_name(field: str, text: str) -> bool:
    """Say whether ``text`` can stand in a field of a name."""
    if field.endswith("_kana"):
        return is_katakana(text)
    return field.endswith("_kanji") or is_latin_name(text)

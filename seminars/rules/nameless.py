"""Taking people's names out of free texts when their period ends: what is looked for, and what stands in its place."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from seminars.rules.contacts import Marks, without_contacts

FEWEST_OF_GIVEN = 4
"""A given name that stands alone is looked for from this many letters on: shorter ones are words of other kinds."""
HONORIFICS = "(?=さん|氏|先生|教授|博士|委員|代表)"
SCRIPTS = ("", "_kanji", "_kana")


def without_names(text: str, people: Iterable[Mapping[str, str]], mark: str) -> str:
    """Return a text with ``mark`` where it names one of ``people``, and where an e-mail address or telephone number is.

    A person is named by family and given name in either order, by the family name, or by a given name of four letters
    or more, in Latin letters, kanji or kana. Latin names count as whole words that begin with a capital, with or
    without accents. A family name of a single character counts before an honorific only. Names within other words,
    nicknames and misspellings are not found: people are asked not to write what nobody may read later.
    """
    plain = _folded(text)
    found = [span for pattern in _patterns(people) for span in (one.span() for one in pattern.finditer(plain))]
    made, end = [], 0
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if first >= end and (not text[first].isascii() or text[first].isupper() or not text[first].isalpha()):
            made += [text[end:first], mark]
            end = last
    return without_contacts("".join([*made, text[end:]]), Marks(mark, mark))


def _folded(text: str) -> str:
    """Return a text of the same length in small letters without accents."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)


def _patterns(people: Iterable[Mapping[str, str]]) -> list[re.Pattern[str]]:
    names: set[str] = set()
    for person in people:
        for script in SCRIPTS:
            family, given = (_folded(person.get(f"{part}_name{script}", "")).strip() for part in ("family", "given"))
            if family:
                names |= {_pattern(family)} | ({_pattern(family, given), _pattern(given, family)} if given else set())
            if len(given) >= FEWEST_OF_GIVEN:
                names.add(_pattern(given))
    return [re.compile(name) for name in sorted(names)]


def _pattern(*parts: str) -> str:
    words = r"[\s,、・]*".join(re.escape(part) for part in parts)
    if words[0].isascii():
        return rf"(?<![a-z]){words}(?![a-z])"
    return words + HONORIFICS if len("".join(parts)) == 1 else words

"""What is compared to find two halves of one seminar: entries of two lists as plain values, made ready once (R3)."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from seminars.rules.names import NameKeys, letters, name_keys

JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
UNIT = re.compile(r"\b(?:inserm|umr|umr_s|ums|u|ua|us|cic|ea)[\s_-]*s?[\s_-]*([0-9]{3,4})\b")


@dataclass(frozen=True, slots=True)
class Person:
    """A coordinator as one entry names them; "" for what it does not say.

    A whole name may stand in ``family`` alone, in any order; kanji likewise. ``emails`` are in small letters.
    """

    family: str = ""
    given: str = ""
    family_kanji: str = ""
    given_kanji: str = ""
    kana: str = ""
    emails: frozenset[str] = frozenset()
    orcid: str = ""
    institution: str = ""
    laboratory: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One application as its own side tells it.

    ``key`` tells entries apart. ``people`` are both coordinators by the country code of their side, as far as they are
    named. ``titles`` are in any languages; dates are days of the venue's calendar.
    """

    key: Hashable
    people: Mapping[str, Person] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadyPerson:
    """A coordinator made ready to be compared."""

    emails: frozenset[str]
    orcid: str
    name: NameKeys
    places: tuple[str, ...]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry made ready to be compared: titles by script, their words in alphabetical order."""

    key: Hashable
    people: Mapping[str, ReadyPerson]
    latin_titles: tuple[str, ...]
    japanese_titles: tuple[str, ...]
    start_on: date | None
    end_on: date | None


def plain(text: str) -> str:
    """Return a text without accents, capitals, marks and spaces at its ends, to compare wordings."""
    wide = unicodedata.normalize("NFKC", text)
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", wide) if not "\u0300" <= mark <= "\u036f")
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", bare).casefold()))


def _sorted_words(text: str) -> str:
    return " ".join(sorted(plain(text).split()))


def _places(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_sorted_words, texts))))


def _units(*texts: str) -> frozenset[str]:
    return frozenset(number for text in texts for number in UNIT.findall(" ".join(text.casefold().split())))


def ready_person(person: Person) -> ReadyPerson:
    """Return a coordinator made ready to be compared."""
    names = (person.family, person.given, person.family_kanji, person.given_kanji, person.kana)
    return ReadyPerson(
        emails=person.emails,
        orcid=person.orcid,
        name=name_keys(*names),
        places=_places(person.institution, person.laboratory),
        units=_units(person.institution, person.laboratory),
    )


def ready(entry: Entry) -> Ready:
    """Return an entry made ready to be compared."""
    titles = tuple(dict.fromkeys(title for title in entry.titles if title.strip()))
    return Ready(
        key=entry.key,
        people={side: ready_person(person) for side, person in entry.people.items()},
        latin_titles=_titles(title for title in titles if not JAPANESE.search(title)),
        japanese_titles=_titles(title for title in titles if JAPANESE.search(title)),
        start_on=entry.start_on,
        end_on=entry.end_on,
    )


def _titles(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_sorted_words, titles))))


def is_named(person: Person) -> bool:
    """Say whether anything is known by which a person could be told from others."""
    known = (letters(f"{person.family} {person.given}"), person.family_kanji, person.kana, person.emails, person.orcid)
    return any(known)

"""A made-up but lifelike set to match: Inserm records and the rows of a list by JSPS, told by different people.

Every seminar is first made as it truly is; then each side tells it in its own way, with names in other orders and
scripts, typing errors, swapped days, and fields left empty. Seeded: the same number gives the same set.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from seminars.rules.entries import Entry, Person
from tests.seminars import matching_words as words

LONE, NEAR = 0.10, 0.05
"""Which part of either list has no partner, and which part is a near-duplicate of another application."""


@dataclass(frozen=True)
class Somebody:
    """A person as they truly are."""

    family: str
    given: str
    email: str
    orcid: str
    institution: str
    laboratory: str
    institution_ja: str = ""
    kanji: tuple[str, str] = ("", "")
    kana: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Truth:
    """A seminar as it truly is; titles in English, French and Japanese."""

    french: Somebody
    japanese: Somebody
    titles: tuple[str, str, str]
    start_on: date
    end_on: date


@dataclass(frozen=True)
class MatchingSet:
    """Both lists, and which entry of one belongs to which of the other."""

    left: list[Entry]
    right: list[Entry]
    truth: dict[str, str]


def build(seed: int, count: int = 400) -> MatchingSet:
    """Return ``count`` records and as many rows; nine in ten have their partner in the other list."""
    random = Random(seed)
    lone, near = round(count * LONE), round(count * NEAR)
    shared = [_truth(random) for _ in range(count - lone - near)]
    shared += [_near(random, random.choice(shared)) for _ in range(near)]
    truth: dict[str, str] = {}
    left, right = [], []
    for number, seminar in enumerate(shared):
        left.append(_as_inserm_tells(random, seminar, f"record-{number}"))
        right.append(_as_jsps_tells(random, seminar, f"row-{number}"))
        truth[f"record-{number}"] = f"row-{number}"
    for number in range(lone):
        likes = random.random() < 0.2
        left.append(_as_inserm_tells(random, _maybe_near(random, shared, likes), f"lone-record-{number}"))
        right.append(_as_jsps_tells(random, _maybe_near(random, shared, likes), f"lone-row-{number}"))
    random.shuffle(left)
    random.shuffle(right)
    return MatchingSet(left, right, truth)


def _maybe_near(random: Random, known: list[Truth], is_near: bool) -> Truth:
    return _near(random, random.choice(known)) if is_near else _truth(random)


def _truth(random: Random) -> Truth:
    start = date(2027, 4, 1) + timedelta(days=random.randrange(270))
    return Truth(
        _french(random), _japanese(random), _titles(random), start, start + timedelta(days=random.choice((1, 2, 2)))
    )


def _near(random: Random, other: Truth) -> Truth:
    """Return another seminar that is easily taken for ``other``."""
    made = _truth(random)
    kind = random.randrange(4)
    if kind == 0:  # same laboratories, similar title, other people
        titles = tuple(f"{title}{ending}" for title, ending in zip(other.titles, (" II", " II", "　II"), strict=True))
        french = replace(made.french, institution=other.french.institution, laboratory=other.french.laboratory)
        japanese = replace(
            made.japanese,
            institution=other.japanese.institution,
            institution_ja=other.japanese.institution_ja,
            laboratory=other.japanese.laboratory,
        )
        return replace(made, french=french, japanese=japanese, titles=titles)
    if kind == 1:  # siblings: the same family names, both
        japanese = replace(
            made.japanese,
            family=other.japanese.family,
            kanji=(other.japanese.kanji[0], made.japanese.kanji[1]),
            kana=(other.japanese.kana[0], made.japanese.kana[1]),
        )
        return replace(made, french=replace(made.french, family=other.french.family), japanese=japanese)
    if kind == 2:  # one French coordinator with two files
        return replace(made, french=other.french)
    return replace(made, japanese=other.japanese, start_on=other.start_on, end_on=other.end_on)


def _ascii(text: str) -> str:
    return "".join(m for m in unicodedata.normalize("NFKD", text) if m.isascii() and m.isalpha()).lower()


def _orcid(random: Random) -> str:
    return "-".join(f"{random.randrange(10**4):04d}" for _ in range(4))


def _french(random: Random) -> Somebody:
    family, given = random.choice(words.FRENCH_FAMILIES), random.choice(words.FRENCH_GIVEN)
    city = random.choice(words.FRENCH_CITIES)
    unit = random.randrange(1000, 1400)
    email = f"{_ascii(given)}.{_ascii(family)}{random.choice(('', '', random.randrange(99)))}@inserm.example"
    laboratory = f"{random.choice(words.LABORATORIES)} ({random.choice(('U', 'Inserm U', 'UMR_S '))}{unit})"
    return Somebody(family, given, email, _orcid(random), f"Université de {city}", laboratory)


def _japanese(random: Random) -> Somebody:
    family, given = random.choice(words.JAPANESE_FAMILIES), random.choice(words.JAPANESE_GIVEN)
    place, place_ja = random.choice(words.UNIVERSITIES)
    number = random.choice(("", "", random.randrange(99)))
    email = f"{_ascii(family[0])}.{_ascii(given[0])}{number}@{_ascii(place)}.example"
    return Somebody(
        family[0],
        given[0],
        email,
        _orcid(random),
        place,
        f"Department of {random.choice(words.LABORATORIES)}",
        place_ja,
        (family[1], given[1]),
        (family[2], given[2]),
    )


def _titles(random: Random) -> tuple[str, str, str]:
    what, where, how = (random.choice(group) for group in (words.WHAT, words.WHERE, words.HOW))
    return (
        f"{what[0]} {where[0]}: {how[0]}",
        f"{what[1]} {where[1]} : {how[1]}",
        f"{where[2]}{what[2]}―{how[2]}",
    )


def _as_inserm_tells(random: Random, seminar: Truth, key: str) -> Entry:
    """Return a record: its own coordinator exact, the Japanese one as a French colleague writes the name."""
    own, other = seminar.french, seminar.japanese
    family, given = _romanised(random, other.family), _romanised(random, other.given)
    if random.random() < 0.1:
        family, given = given, family
    partner = Person(
        family=_mistyped(random, family, 0.05),
        given=given,
        family_kanji=other.kanji[0] if (knows := random.random() < 0.25) else "",
        given_kanji=other.kanji[1] if knows else "",
        emails=_address(random, other, 0.75),
        orcid=other.orcid if random.random() < 0.15 else "",
        institution=other.institution,
    )
    me = Person(
        family=own.family,
        given=own.given,
        emails=frozenset({own.email}),
        orcid=own.orcid if random.random() < 0.5 else "",
        institution=own.institution,
        laboratory=own.laboratory,
    )
    english, french, japanese = seminar.titles
    titles = (english, french if random.random() < 0.8 else "", japanese if random.random() < 0.2 else "")
    return Entry(key, {"FR": me, "JP": partner}, titles, *_dates(random, seminar, 0.03))


def _as_jsps_tells(random: Random, seminar: Truth, key: str) -> Entry:
    """Return a row: the own coordinator in three scripts, the French one as a Japanese office types the name."""
    own, other = seminar.japanese, seminar.french
    kana = " ".join(own.kana)
    if random.random() < 0.3:
        kana = unicodedata.normalize("NFKC", kana).translate(words.HALF_WIDTH)
    elif random.random() < 0.2:
        kana = "".join(chr(ord(mark) - 0x60) if "ァ" <= mark <= "ヶ" else mark for mark in kana)
    latin = random.random() < 0.7
    kanji = [_variant(random, name) for name in own.kanji]
    in_one = random.random() < 0.3
    me = Person(
        family=own.family.upper() if latin else "",
        given=own.given if latin else "",
        family_kanji=" ".join(kanji) if in_one else kanji[0],
        given_kanji="" if in_one else kanji[1],
        kana=kana if random.random() < 0.85 else "",
        emails=_address(random, own, 0.8),
        institution=own.institution_ja if random.random() < 0.7 else own.institution,
        laboratory=own.laboratory if random.random() < 0.3 else "",
    )
    people = {"JP": me}
    if random.random() < 0.85:
        people["FR"] = _french_in_japan(random, other)
    english, _, japanese = seminar.titles
    english = _mistyped(random, english, 0.15) if random.random() < 0.85 else ""
    if random.random() < 0.1:
        english = english.upper()
    start, end = _dates(random, seminar, 0.06)
    if random.random() < 0.1:
        start = end = None
    return Entry(key, people, (english, japanese), start, end)


def _french_in_japan(random: Random, other: Somebody) -> Person:
    family, given = other.family, other.given
    if random.random() < 0.5:
        family, given = (
            "".join(m for m in unicodedata.normalize("NFKD", name) if not unicodedata.combining(m))
            for name in (family, given)
        )
    family = _mistyped(random, family, 0.06)
    kind = random.random()
    if kind < 0.3:
        family, given = f"{family.upper()} {given}", ""
    elif kind < 0.4:
        family, given = f"{given} {family}", ""
    elif kind < 0.5:
        family, given = given, family
    elif kind < 0.55:
        given = f"{given[0]}."
    return Person(
        family=family,
        given=given,
        emails=_address(random, other, 0.4),
        institution=other.institution if random.random() < 0.5 else "Inserm",
    )


def _address(random: Random, person: Somebody, chance: float) -> frozenset[str]:
    if random.random() > chance:
        return frozenset()
    if random.random() < 0.1:
        return frozenset({f"contact.{person.email}"})
    return frozenset({person.email})


def _dates(random: Random, seminar: Truth, swaps: float) -> tuple[date | None, date | None]:
    dates = [seminar.start_on, seminar.end_on]
    if random.random() < swaps:
        dates = [day.replace(month=day.day, day=day.month) if day.day <= 12 else day for day in dates]
    elif random.random() < 0.04:
        dates = [day + timedelta(days=7) for day in dates]
    return dates[0], dates[1]


def _romanised(random: Random, name: str) -> str:
    for hepburn, other in random.sample(words.ROMANISATIONS, 2):
        name = name.replace(hepburn, other) if random.random() < 0.5 else name
    return name.upper() if random.random() < 0.2 else name


def _variant(random: Random, name: str) -> str:
    return name.translate(words.KANJI_VARIANTS) if random.random() < 0.5 else name


def _mistyped(random: Random, text: str, chance: float) -> str:
    """Return ``text``, by chance with one letter left out, doubled, or exchanged with the next."""
    if len(text) < 4 or random.random() > chance:
        return text
    place, kind = random.randrange(1, len(text) - 2), random.randrange(3)
    head, letter, rest = text[:place], text[place], text[place + 1 :]
    return (f"{head}{rest}", f"{head}{letter}{letter}{rest}", f"{head}{rest[0]}{letter}{rest[1:]}")[kind]

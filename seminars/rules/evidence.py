"""What speaks for and against two entries being halves of one seminar, each piece with its points (R3).

The points of all pieces add up to the score, at most 100. Each coordinator counts once by address or iD and once by
name, whichever way of comparing tells most; so two people and a title, or two people and the dates, are needed to come
near the top.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from seminars.rules.entries import Ready, ReadyPerson
from seminars.rules.names import NameKeys

IDENTITY = {"orcid": 34, "email": 34}
NAME = {
    "name": 28,
    "name_kanji": 28,
    "name_sound": 24,
    "name_kana": 22,
    "name_kana_latin": 20,
    "name_close": 18,
    "name_initial": 14,
    "name_family": 5,
}
MOST_PERSON = 38
AGAINST = {"name_differs": -12, "given_differs": -6, "kanji_differs": -8, "orcid_differs": -12, "title_differs": -6}
TITLE = 30
DATES = {"dates": 12, "dates_swapped": 10, "dates_overlap": 6, "dates_differ": -4}
PLACE = 4

CLOSE_NAME, CLOSE_PLACE = 86.0, 88.0
SIMILAR_TITLE, OTHER_TITLE = 55.0, 40.0
STRONG_TITLE, NEARLY_EQUAL_TITLE = 80.0, 95.0
STRONG_NAMES = frozenset(list(NAME)[:6])


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: ``code`` is what is said, ``points`` what it adds to the score.

    ``side`` is the country code of the coordinator it is about, "" for none; ``percent`` how alike two titles are.
    """

    code: str
    points: int
    side: str = ""
    percent: int = 0


def compare(one: Ready, other: Ready) -> tuple[Reason, ...]:
    """Return all that speaks for and against two entries being one seminar; the same whichever comes first."""
    found: list[Reason] = []
    for side in sorted(one.people.keys() & other.people.keys()):
        found += _person(side, one.people[side], other.people[side])
    return (*found, *_title(one, other), *_dates(one, other))


def score(reasons: Iterable[Reason]) -> int:
    """Return the points of all reasons together, from 0 to 100."""
    return max(0, min(100, sum(reason.points for reason in reasons)))


def _person(side: str, one: ReadyPerson, other: ReadyPerson) -> list[Reason]:
    found: list[tuple[str, int]] = []
    if one.orcid and one.orcid == other.orcid:
        found.append(("orcid", IDENTITY["orcid"]))
    elif one.emails & other.emails:
        found.append(("email", IDENTITY["email"]))
    elif one.orcid and other.orcid:
        found.append(("orcid_differs", AGAINST["orcid_differs"]))
    code = name_evidence(one.name, other.name)
    if code in NAME:
        room = MOST_PERSON - sum(points for _, points in found if points > 0)
        found.append((code, min(NAME[code], room)))
    elif code:
        found.append((code, AGAINST[code]))
    if code == "name_family":
        found.append(("given_differs", AGAINST["given_differs"]))
    if code in NAME and one.name.kanji and other.name.kanji and not one.name.kanji & other.name.kanji:
        found.append(("kanji_differs", AGAINST["kanji_differs"]))
    if _same_place(one, other):
        found.append(("place", PLACE))
    return [Reason(code, points, side) for code, points in found]


def name_evidence(one: NameKeys, other: NameKeys) -> str:
    """Return the code of what two names have in common that tells most, or of their difference; "" for nothing known.

    ``name_family`` means that the family names are equal and the given names are not.
    """
    if one.spellings & other.spellings:
        return "name"
    if one.kanji & other.kanji:
        return "name_kanji"
    if one.spoken & other.spoken:
        return "name_sound"
    if one.kana and one.kana == other.kana:
        return "name_kana"
    if one.kana in other.spoken or other.kana in one.spoken:
        return "name_kana_latin"
    return _nearly(one, other)


def are_different(one: ReadyPerson, other: ReadyPerson) -> bool:
    """Say whether two coordinators are clearly two people: other names, and no address or iD in common."""
    if (one.orcid and one.orcid == other.orcid) or one.emails & other.emails:
        return False
    return name_evidence(one.name, other.name) in ("name_differs", "name_family")


def _nearly(one: NameKeys, other: NameKeys) -> str:
    if not one.whole or not other.whole:
        apart = one.kanji and other.kanji and not set("".join(one.kanji)) & set("".join(other.kanji))
        return "name_differs" if apart else ""
    if _initial_fits(one, other) or _initial_fits(other, one):
        return "name_initial"
    if _alike(one, other) >= CLOSE_NAME:
        return "name_close"
    if one.family and one.family == other.family:
        return "name_family"
    return "name_differs"


def _initial_fits(short: NameKeys, full: NameKeys) -> bool:
    rest = full.given[:1]
    return bool(short.initial and short.family and short.family == full.family and short.initial == rest)


def _alike(one: NameKeys, other: NameKeys) -> float:
    """Return how alike two names are, from 0 to 100; a family name that is equal does not hide another given name."""
    whole = fuzz.ratio(one.whole, other.whole)
    if one.given and other.given and one.family == other.family:
        return min(whole, fuzz.ratio(one.given, other.given) + 10.0)
    return whole


def _same_place(one: ReadyPerson, other: ReadyPerson) -> bool:
    if one.units & other.units:
        return True
    return any(_are_one_place(mine, theirs) for mine in one.places for theirs in other.places)


@lru_cache(maxsize=50_000)
def _are_one_place(mine: str, theirs: str) -> bool:
    return fuzz.token_set_ratio(mine, theirs) >= CLOSE_PLACE


def title_alikeness(one: Ready, other: Ready) -> float | None:
    """Return how alike the most alike titles in one script are, from 0 to 100; None where none can be compared."""
    best = None
    for ours, others in ((one.latin_titles, other.latin_titles), (one.japanese_titles, other.japanese_titles)):
        for mine in ours:
            for theirs in others:
                alike = max(fuzz.ratio(mine, theirs), 0.9 * fuzz.token_set_ratio(mine, theirs))
                best = alike if best is None else max(best, alike)
    return best


def _title(one: Ready, other: Ready) -> list[Reason]:
    alike = title_alikeness(one, other)
    if alike is None:
        return []
    if alike >= SIMILAR_TITLE:
        points = round(TITLE * (alike - SIMILAR_TITLE) / (100 - SIMILAR_TITLE))
        return [Reason("title_equal" if alike > 99.5 else "title", points, percent=int(alike))]
    return [Reason("title_differs", AGAINST["title_differs"], percent=int(alike))] if alike < OTHER_TITLE else []


def _dates(one: Ready, other: Ready) -> list[Reason]:
    if not (one.start_on and one.end_on and other.start_on and other.end_on):
        return []
    code = _dates_code((one.start_on, one.end_on), (other.start_on, other.end_on))
    return [Reason(code, DATES[code])]


def _dates_code(mine: tuple[date, date], theirs: tuple[date, date]) -> str:
    if mine == theirs:
        return "dates"
    if all(a in (b, swapped(b)) for a, b in zip(mine, theirs, strict=True)):
        return "dates_swapped"
    return "dates_overlap" if mine[0] <= theirs[1] and theirs[0] <= mine[1] else "dates_differ"


def swapped(day: date) -> date:
    """Return a date with day and month exchanged, as a spreadsheet may have read it; as it is where that is no date."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day

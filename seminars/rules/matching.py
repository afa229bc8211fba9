"""Which entries of two lists may be halves of one seminar: ranked candidates with reasons, a score and a band (R3).

Only pairs with something in common are looked at closely: an address, an iD, a name or family name in any script, a
name that is nearly equal, or a similar title. The rest could not reach the score of a candidate.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from seminars.rules.entries import Entry, Ready, ready
from seminars.rules.evidence import (
    AGAINST,
    CLOSE_NAME,
    NEARLY_EQUAL_TITLE,
    STRONG_NAMES,
    STRONG_TITLE,
    Reason,
    compare,
    score,
)

SURE, LIKELY, POSSIBLE = "sure", "likely", "possible"
BANDS = (SURE, LIKELY, POSSIBLE)
LEAST = {SURE: 75, LIKELY: 50, POSSIBLE: 20}
MARGIN = {SURE: 20, LIKELY: 8}
DOUBT, FEW, RIVAL = "doubt", "few", "rival"
MOST_UNSURE = 99
"""The highest score of what is not sure: only a sure pair has all points."""
TELLING_TITLE = 75.0
"""How alike two titles must be that a pair with nothing else in common is looked at."""
SUPPORTS = 3
"""How many independent pieces must speak for a pair to be sure: either coordinator, the title, the dates."""

Key = Hashable
Pair = tuple[Key, Key]
Reasons = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that may be the other half: ``left`` and ``right`` are keys, ``score`` is from 0 to 100.

    Only what is sure has 100. ``held_back`` says why a candidate with the points of a sure one is not sure.
    """

    left: Key
    right: Key
    score: int
    band: str
    reasons: tuple[Reason, ...]
    held_back: str = ""


def candidates(
    left: Sequence[Entry], right: Sequence[Entry], *, rejected: Collection[Pair] = ()
) -> Mapping[Key, tuple[Candidate, ...]]:
    """Return the candidates of every entry of either list, the best first, by its key; nothing where it has none.

    Keys are unlike across both lists. ``rejected`` pairs, as (key of the left entry, key of the right one), do not
    come back, and make no other pair less sure.
    """
    found = _scored([ready(entry) for entry in left], [ready(entry) for entry in right], set(rejected))
    best = _best_scores(found)
    ranked: dict[Key, list[Candidate]] = defaultdict(list)
    for (one, other), reasons in found.items():
        lead = min(score(reasons) - _next_best(best[key], score(reasons)) for key in (one, other))
        candidate = _candidate(one, other, reasons, lead)
        ranked[one].append(candidate)
        ranked[other].append(candidate)
    return {key: tuple(sorted(of_key, key=lambda one: -score(one.reasons))) for key, of_key in ranked.items()}


def _candidate(one: Key, other: Key, reasons: Reasons, lead: int) -> Candidate:
    found = band(reasons, lead)
    shown = score(reasons) if found == SURE else min(score(reasons), MOST_UNSURE)
    return Candidate(one, other, shown, found, reasons, held_back(reasons, lead))


def band(reasons: Sequence[Reason], lead: int) -> str:
    """Return how sure a pair is; ``lead`` is by how much it leads over the next best of either entry, in points.

    Sure is only what nothing speaks against, and at least three independent pieces of evidence speak for.
    """
    points = score(reasons)
    if points >= LEAST[SURE] and not held_back(reasons, lead):
        return SURE
    return LIKELY if points >= LEAST[LIKELY] and lead >= MARGIN[LIKELY] else POSSIBLE


def held_back(reasons: Sequence[Reason], lead: int) -> str:
    """Return why a pair with the points of a sure one is not sure, or nothing.

    ``doubt`` where something speaks against it, ``few`` where too little speaks for it, ``rival`` where the next best
    candidate of either entry is too near.
    """
    if score(reasons) < LEAST[SURE]:
        return ""
    if _is_doubtful(reasons):
        return DOUBT
    if _supports(reasons) < SUPPORTS:
        return FEW
    return RIVAL if lead < MARGIN[SURE] else ""


def _is_doubtful(reasons: Sequence[Reason]) -> bool:
    codes = {reason.code for reason in reasons}
    same_title = any(reason.percent >= NEARLY_EQUAL_TITLE for reason in reasons)
    return bool(codes & AGAINST.keys()) or ("dates_differ" in codes and not same_title)


def _supports(reasons: Sequence[Reason]) -> int:
    people = {reason.side for reason in reasons if reason.code in STRONG_NAMES or reason.code in ("email", "orcid")}
    title = any(reason.percent >= STRONG_TITLE for reason in reasons)
    dates = any(reason.code in ("dates", "dates_swapped") for reason in reasons)
    return len(people) + title + dates


def _best_scores(found: Mapping[Pair, Reasons]) -> Mapping[Key, list[int]]:
    """Return the two best scores of each entry, the better one first."""
    best: dict[Key, list[int]] = defaultdict(list)
    for pair, reasons in found.items():
        for key in pair:
            best[key] = sorted([*best[key], score(reasons)], reverse=True)[:2]
    return best


def _next_best(best: Sequence[int], own: int) -> int:
    others = [*best]
    others.remove(own) if own in others else None
    return max(others, default=0)


def _scored(left: Sequence[Ready], right: Sequence[Ready], rejected: Collection[Pair]) -> dict[Pair, Reasons]:
    found = {}
    for place, other in sorted(_worth_a_look(left, right)):
        one, theirs = left[place], right[other]
        if (one.key, theirs.key) in rejected:
            continue
        reasons = compare(one, theirs)
        if score(reasons) >= LEAST[POSSIBLE]:
            found[one.key, theirs.key] = reasons
    return found


def _worth_a_look(left: Sequence[Ready], right: Sequence[Ready]) -> set[tuple[int, int]]:
    """Return the places of the pairs that have something in common."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, entry in enumerate(left):
        for mark in _marks(entry):
            index[mark].append(place)
    looked = {
        (place, other) for other, entry in enumerate(right) for mark in _marks(entry) for place in index.get(mark, ())
    }
    looked |= _alike(_names(left), _names(right), CLOSE_NAME)
    return looked | _alike(_titles(left), _titles(right), TELLING_TITLE)


def _marks(entry: Ready) -> Iterator[Hashable]:
    for side, person in entry.people.items():
        name = person.name
        yield from ((side, email) for email in person.emails)
        yield from ((side, text) for text in (*name.spellings, *name.kanji))
        yield from ((side, "spoken", text) for text in (*name.spoken, name.kana) if text)
        if person.orcid:
            yield (side, person.orcid)
        if name.family:
            yield (side, "family", name.family)


Texts = Mapping[Hashable, Sequence[tuple[int, str]]]


def _grouped(texts: Iterable[tuple[Hashable, int, str]]) -> Texts:
    groups: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
    for group, place, text in texts:
        groups[group].append((place, text))
    return groups


def _names(entries: Sequence[Ready]) -> Texts:
    return _grouped(
        (side, place, person.name.whole)
        for place, entry in enumerate(entries)
        for side, person in entry.people.items()
        if person.name.whole
    )


def _titles(entries: Sequence[Ready]) -> Texts:
    return _grouped(
        (script, place, title)
        for place, entry in enumerate(entries)
        for script, titles in (("latin", entry.latin_titles), ("japanese", entry.japanese_titles))
        for title in titles
    )


def _alike(left: Texts, right: Texts, least: float) -> set[tuple[int, int]]:
    """Return the places of entries of which two texts of one group are at least this alike."""
    found = set()
    for group, texts in left.items():
        others = right.get(group, ())
        choices = [text for _, text in others]
        for place, text in texts:
            hits = process.extract_iter(text, choices, scorer=fuzz.ratio, processor=None, score_cutoff=least)
            found |= {(place, others[number][0]) for _, _, number in hits}
    return found

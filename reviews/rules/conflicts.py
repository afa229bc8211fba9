"""Conflicts of interest that can be seen in what is on file (R23): between one person and the teams of one pair."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from seminars.rules.headings import folded
from seminars.rules.names import NameKeys, letters, name_keys

COORDINATES = "coordinates"
SAME_PERSON = "same_person"
LABORATORY = "laboratory"
INSTITUTION = "institution"
COLLABORATOR = "collaborator"


@dataclass(frozen=True)
class Known:
    """Somebody as far as names and numbers tell: each may be missing."""

    family: str = ""
    given: str = ""
    family_kanji: str = ""
    given_kanji: str = ""
    kana: str = ""
    orcid: str = ""
    emails: frozenset[str] = frozenset()

    @property
    def keys(self) -> NameKeys:
        """The name, made ready to be compared in any script and order."""
        return name_keys(self.family, self.given, self.family_kanji, self.given_kanji, self.kana)

    @property
    def shown(self) -> str:
        """The name as a reason shows it."""
        latin = f"{self.given} {self.family}".strip()
        return latin or f"{self.family_kanji} {self.given_kanji}".strip()


def known_by_name(name: str, orcid: str = "") -> Known:
    """Return somebody of whom one line tells the whole name, in Latin letters or kanji."""
    return Known(family=name, orcid=orcid) if letters(name) else Known(family_kanji=name, orcid=orcid)


@dataclass(frozen=True)
class Judge:
    """A person who would judge: oneself, the own places, and whom one has worked with in the last five years."""

    user: int
    person: Known
    laboratories: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    collaborators: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody on a team, with the laboratory and institution; ``user`` where it is a coordinator's account."""

    person: Known
    laboratory: str = ""
    institution: str = ""
    user: int | None = None


@dataclass(frozen=True)
class Reason:
    """Why there may be a conflict: a code, and what it was seen by (a name or a place, as it is written on file)."""

    code: str
    seen: str = field(default="")


def is_same(one: Known, other: Known) -> bool:
    """Say whether two people may be the same: ORCID, address, or the name in any script and order."""
    if one.orcid and other.orcid:
        return one.orcid == other.orcid
    if one.emails & other.emails:
        return True
    mine, theirs = one.keys, other.keys
    in_full = " " in mine.whole and " " in theirs.whole
    if in_full and (mine.spellings & theirs.spellings or mine.spoken & theirs.spoken):
        return True
    if mine.kanji & theirs.kanji:
        return True
    return bool(mine.kana) and mine.kana == theirs.kana


def places(*names: str, without: Collection[str] = ()) -> frozenset[str]:
    """Return places as they are compared: case, accents, width and spaces aside; ``without`` what says nothing.

    An agency's own name is on the papers of every one of its laboratories, and is no conflict by itself.
    """
    silent = {folded(name) for name in without}
    return frozenset(key for name in names if (key := folded(name)) and key not in silent)


def reasons(judge: Judge, team: Iterable[Member], without: Collection[str] = ()) -> tuple[Reason, ...]:
    """Return every reason why ``judge`` may be in conflict with a pair whose two teams are ``team``; none, if none.

    Each reason comes once, in the order of its weight. ``without`` names the places that say nothing.
    """
    found = sorted(set(_seen(judge, team, without)), key=lambda reason: (ORDER.index(reason.code), reason.seen))
    return tuple(found)


ORDER = (COORDINATES, SAME_PERSON, LABORATORY, COLLABORATOR, INSTITUTION)


def _seen(judge: Judge, team: Iterable[Member], without: Collection[str]) -> Iterator[Reason]:
    for member in team:
        if member.user is not None and member.user == judge.user:
            yield Reason(COORDINATES)
        elif is_same(judge.person, member.person):
            yield Reason(SAME_PERSON, member.person.shown)
        if judge.laboratories & places(member.laboratory):
            yield Reason(LABORATORY, member.laboratory)
        if judge.institutions & places(member.institution, without=without):
            yield Reason(INSTITUTION, member.institution)
        if any(is_same(other, member.person) for other in judge.collaborators):
            yield Reason(COLLABORATOR, member.person.shown)

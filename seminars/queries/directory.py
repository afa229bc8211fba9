"""What the directory of laboratories still lacks: names that records use and no entry goes by."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from accounts.models import User
from seminars.models import DirectoryEntry, Laboratory, Proposal, Spelling
from seminars.models.laboratory import folded

LIKELY = 75
"""How alike two names must be, of 100, to be proposed as spellings of one laboratory."""
PROPOSED = 3


@dataclass(frozen=True)
class Unlisted:
    """A laboratory that records name and the directory does not: an example, how often, and what it may be."""

    laboratory: Laboratory
    number: int
    spellings: tuple[str, ...]
    may_be: tuple[DirectoryEntry, ...]


def unlisted(user: User) -> list[Unlisted]:
    """Return the laboratories in records of the officer's own agencies that no entry goes by, the most frequent first.

    A fixed number of queries.
    """
    own = Proposal.objects.overseen_by(user).filter(side__agency__in=user.officer_agencies)
    laboratories = Laboratory.objects.filter(proposal__in=own, country__in=_countries(user)).order_by("pk")
    entries = {entry.pk: entry for entry in DirectoryEntry.objects.curated_by(user)}
    spellings = list(Spelling.objects.filter(entry__in=entries).values_list("entry_id", "country", "key"))
    known, numbers = {(country, key) for _pk, country, key in spellings}, {e.rnsr for e in entries.values() if e.rnsr}
    groups: dict[tuple[str, str], list[Laboratory]] = defaultdict(list)
    for laboratory in laboratories:
        key = (laboratory.country, folded(laboratory.name))
        if key not in known and laboratory.rnsr not in numbers:
            groups[key].append(laboratory)
    return [
        Unlisted(
            group[0],
            len(group),
            tuple(text for text, _number in Counter(laboratory.name for laboratory in group).most_common()),
            tuple(entries[pk] for pk in _alike(key, country, spellings)),
        )
        for (country, key), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _countries(user: User) -> set[str]:
    return set(user.memberships.filter(agency__in=user.officer_agencies).values_list("agency__country", flat=True))


def _alike(key: str, country: str, spellings: list[tuple[int, str, str]]) -> list[int]:
    """Return the entries with a spelling in the same country that is like ``key``, the most alike first."""
    choices = [(pk, spelt) for pk, where, spelt in spellings if where == country]
    found = process.extract(key, [spelt for _pk, spelt in choices], scorer=fuzz.ratio, score_cutoff=LIKELY, limit=9)
    return list(dict.fromkeys(choices[place][0] for _spelt, _score, place in found))[:PROPOSED]

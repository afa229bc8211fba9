"""The applications of a call that have no pair, with their candidates, as one officer may see them (R3, R4, R20).

One pass over a few columns serves every number, list and page. What the officer may not read is never fetched: of the
other agency only the rows of lists that the own agency holds or was given, and records where the officer acts for both.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Prefetch, Q

from accounts.models import User
from seminars.choices import CONFIRMED, ParticipantRole, ProposalState
from seminars.models import Call, ListedApplication, Participant, Proposal, RejectedMatch
from seminars.queries.entries import RECORD, key_of, record_entry, row_entry
from seminars.rules.entries import Entry, ready_person
from seminars.rules.matching import BANDS, SURE, Candidate, candidates

Half = Any
Key = tuple[str, int]
COLUMNS = (
    *("side", "state", "admitted_until", "title_en", "title_fr", "title_ja", "start_on", "end_on"),
    *("venue_city", "venue_country", "track", "application_number", "seminar__state"),
    *(f"coordinator__{name}" for name in ("email", "orcid", "institution", "family_name", "given_name")),
    *(f"coordinator__{name}_{script}" for name in ("family_name", "given_name") for script in ("kanji", "kana")),
)
NONE = "none"


@dataclass(frozen=True)
class Offer:
    """One candidate of a line: the other half, its score and band, the reasons, and the pair's name in forms."""

    half: Half
    candidate: Candidate
    pair: str


@dataclass(frozen=True)
class Line:
    """An application without a pair, and what may be its other half, the best first."""

    half: Half
    entry: Entry
    offers: tuple[Offer, ...] = ()
    is_twice: bool = False
    has_wrong_track: bool = False

    @property
    def is_record(self) -> bool:
        """Whether it is a record, and not a row of a list."""
        return key_of(self.half)[0] == RECORD

    @property
    def kind(self) -> str:
        """``record`` or ``row``, as addresses name it."""
        return key_of(self.half)[0]

    @property
    def band(self) -> str:
        """The band of the best candidate, ``none`` without one."""
        return self.offers[0].candidate.band if self.offers else NONE


def pair_name(one: Half, other: Half) -> str:
    """Return the name of a pair in forms, a record first: ``record-3:row-5``; the same whichever half comes first."""
    return ":".join(f"{kind}-{pk}" for kind, pk in sorted((key_of(one), key_of(other))))


FILTERS: Mapping[str, Callable[[Line], bool]] = {
    "": lambda line: line.is_record,
    **{band: (lambda line, band=band: line.is_record and line.band == band) for band in (*BANDS, NONE)},  # type: ignore[misc]
    "rows": lambda line: not line.is_record,
    "alone": lambda line: not line.is_record and line.band == NONE,
    "track": lambda line: line.has_wrong_track,
    "twice": lambda line: line.is_twice,
}
"""What each list of the page holds, by the word in its address."""


@dataclass(eq=False)
class _Asked:
    """A question to the matching, equal to another one when all that it looks at is equal."""

    left: Sequence[Entry]
    right: Sequence[Entry]
    rejected: frozenset[tuple[Hashable, Hashable]]
    digest: bytes = field(init=False)

    def __post_init__(self) -> None:
        said = repr((self.left, self.right, sorted(map(repr, self.rejected))))
        self.digest = hashlib.sha256(said.encode()).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.digest == other.digest


@lru_cache(maxsize=8)
def _found(asked: _Asked) -> Mapping[Hashable, tuple[Candidate, ...]]:
    """Return the candidates; asked the same again, by this process, without looking again."""
    return candidates(asked.left, asked.right, rejected=asked.rejected)


class Reconciliation:
    """The applications of one call without a pair that an officer may see, at one instant.

    Fetch the call with its sides.
    """

    def __init__(self, user: User, call: Call, at: datetime) -> None:
        """Keep what is asked; everything is read when it is first needed, in a fixed number of queries."""
        self.user, self.call, self.at = user, call, at
        self.sides = {side.pk: side for side in call.sides.all()}

    @cached_property
    def records(self) -> list[Any]:
        """The records that are still to be paired: the officer's own agencies', not ended, in no confirmed pair."""
        named = Participant.objects.filter(role=ParticipantRole.COORDINATOR)
        own = Proposal.objects.overseen_by(self.user).filter(
            side__in=self.sides, side__agency__in=self.user.officer_agencies
        )
        unpaired = own.exclude(seminar__state__in=CONFIRMED).exclude(state=ProposalState.WITHDRAWN)
        lapsed = Q(state_now=ProposalState.LAPSED)
        found = (
            unpaired.with_state_at(self.at)
            .exclude(lapsed)
            .select_related("coordinator", "seminar")
            .only(*COLUMNS)
            .prefetch_related(Prefetch("participants", named, to_attr="named"))
            .order_by("pk")
        )
        return self._sided(found)

    @cached_property
    def all_rows(self) -> list[ListedApplication]:
        """The rows that the officer may read, each application once, whether in a pair or not."""
        rows = ListedApplication.objects.visible_to(self.user).filter(side__in=self.sides)
        once: dict[Hashable, ListedApplication] = {}
        for row in self._sided(rows.select_related("record__seminar").defer("received", "earlier").order_by("pk")):
            number = row.application_number
            once.setdefault((row.side_id, number) if number else row.pk, row)
        return list(once.values())

    @cached_property
    def rows(self) -> list[ListedApplication]:
        """The rows that are still to be paired; one whose record is to be paired itself is left to that record."""
        known = {record.pk for record in self.records}
        return [
            row
            for row in self.all_rows
            if row.seminar_id is None and row.record_id not in known and not _is_paired(row.record)
        ]

    def _sided(self, halves: Any) -> list[Any]:
        found = list(halves)
        for half in found:
            half.side = self.sides[half.side_id]
        return found

    def _opposite(self, side_id: int) -> str:
        return next((side.agency.country for side in self.sides.values() if side.pk != side_id), "")

    @cached_property
    def entries(self) -> Mapping[Key, Entry]:
        """Every application without a pair as an entry, by its key."""
        made = [record_entry(record) for record in self.records]
        made += [row_entry(row, self._opposite(row.side_id)) for row in self.rows]
        return {entry.key: entry for entry in made}  # type: ignore[misc]

    @cached_property
    def rejected(self) -> list[RejectedMatch]:
        """The candidates refused so far, the latest first, with both halves."""
        related = ("record__coordinator", "listed", "other__coordinator", "rejected_by")
        visible = RejectedMatch.objects.visible_to(self.user).filter(record__side__in=self.sides)
        found = list(visible.select_related(*related).defer("listed__received", "listed__earlier"))
        for refusal in found:
            self._sided([refusal.record, refusal.half])
        return found

    @cached_property
    def offers(self) -> Mapping[Hashable, tuple[Candidate, ...]]:
        """The candidates of every application, the best first, by its key."""
        first, *others = self.sides
        opposite = others[0] if others else None
        refused = frozenset(
            pair
            for refusal in self.rejected
            for one, other in [(key_of(refusal.record), key_of(refusal.half))]
            for pair in ((one, other), (other, one))
        )
        offered: dict[Hashable, list[Candidate]] = defaultdict(list)
        for left, right in (
            (self._of(self.records, first), self._of([*self.rows, *self.records], opposite)),
            (self._of(self.records, opposite), self._of(self.rows, first)),
        ):
            if left and right:
                for key, found in _found(_Asked(left, right, refused)).items():
                    offered[key] += found
        return {key: tuple(sorted(found, key=lambda one: -one.score)) for key, found in offered.items()}

    def _of(self, halves: Sequence[Half], side_id: int | None) -> list[Entry]:
        return [self.entries[key_of(half)] for half in halves if half.side_id == side_id]

    @cached_property
    def halves(self) -> Mapping[Hashable, Half]:
        """Every application without a pair by its key."""
        return {key_of(half): half for half in (*self.records, *self.rows)}

    @cached_property
    def lines(self) -> Mapping[Hashable, Line]:
        """Every application without a pair with its candidates, by its key: the surest first."""
        lines = [self._line(half) for half in self.halves.values()]
        order = (*BANDS, NONE)
        lines.sort(key=lambda line: (order.index(line.band), -(line.offers[0].candidate.score if line.offers else 0)))
        return {key_of(line.half): line for line in lines}

    def _line(self, half: Half) -> Line:
        key = key_of(half)
        offers = []
        for candidate in self.offers.get(key, ()):
            other = self.halves[candidate.right if candidate.left == key else candidate.left]
            offers.append(Offer(other, candidate, pair_name(half, other)))
        accepted = half.side.required_track
        return Line(
            half,
            self.entries[key],
            tuple(offers),
            is_twice=key in self.twice,
            has_wrong_track=bool(accepted and half.track and half.track != accepted),
        )

    @cached_property
    def twice(self) -> set[Hashable]:
        """The applications of one side that seem to be by one coordinator (R20), paired ones counted too."""
        groups: dict[Hashable, set[Hashable]] = defaultdict(set)
        same = {row.record_id: key_of(row) for row in self.all_rows if row.record_id}
        for half in (*self.records, *self.all_rows):
            key = key_of(half)
            if key[0] == RECORD:
                entry, key = self.entries[key], same.get(half.pk, key)
            else:
                entry = row_entry(half, self._opposite(half.side_id))
            person = ready_person(entry.people[half.side.agency.country])
            marks = (*person.emails, person.orcid, *person.name.kanji, *person.name.spellings)
            for mark in filter(None, marks):
                groups[half.side_id, mark].add(key)
        found = {key for group in groups.values() if len(group) > 1 for key in group}
        return found | {(RECORD, pk) for pk, key in same.items() if key in found}

    def listed(self, show: str) -> list[Line]:
        """Return the lines of one of the page's lists; an unknown word gives the first one."""
        holds = FILTERS.get(show, FILTERS[""])
        return [line for line in self.lines.values() if holds(line)]

    def count(self, show: str) -> int:
        """Return how long a list is; of the refused candidates too."""
        return len(self.rejected) if show == "rejected" else len(self.listed(show))

    def sure(self) -> list[Offer]:
        """Return the pairs that are sure, each once."""
        return [line.offers[0] for line in self.listed(SURE)]


def _is_paired(record: Proposal | None) -> bool:
    return record is not None and record.seminar is not None and record.seminar.is_confirmed

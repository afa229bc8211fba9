"""The cases of a call as lists show them: what the rules propose is remembered by what they looked at.

A list of hundreds of cases asks of each only how its halves were filed, decided and what is proposed. The last takes
a whole record with its people, programme and budget; so it is worked out once for each state of a record, and kept in
the process under all that could change it (docs/decisions/0108).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter

from django.db.models import Prefetch

from accounts.models import User
from seminars.models import Call, EligibilityDecision, ListedApplication, Proposal, Seminar
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries.dossiers import facts_of_row, terms_of
from seminars.queries.eligibility import Case, Half, cases, filing_of, grouped, halves_of, overseen, with_filing
from seminars.queries.repeated import repeated_by
from seminars.rules.eligibility import HalfFacts, Proposed, Result

VERSIONS = ("facts_version", "coordinators_version", "case_version", "declarations_version")
MARKS = (
    *("id", "changed_at", *VERSIONS, "pair_confirmed_at", "track", "theme_id", "start_on", "end_on", "venue_country"),
    *("title_en", "title_fr", "title_ja", "application_number", "institution_officer_email", "director_name"),
)
"""What tells one state of a record from another: saving it or one of its rows moves ``changed_at`` or a version."""
SHOWN = ("side_id", "state", "admitted_until", "correct_until", "told_outcome", "told_at", "seminar", "coordinator")
PERSON = ("email", "family_name", "given_name", "family_name_kanji", "given_name_kanji")
mark_of = attrgetter(*MARKS)
MOST = 10_000
"""How many judgements a process remembers."""


@dataclass
class BriefCase(Case):
    """A case without its records' contents: ``facts`` say how each half was filed, and no more."""

    remembered: Proposed

    @property
    def proposed(self) -> Proposed:
        """What the application proposes."""
        return self.remembered

    @property
    def results(self) -> tuple[Result, ...]:
        """Nobody: what each rule says needs the contents, which ``eligibility.cases`` fetches."""
        raise TypeError("A brief case does not know what each rule says.")


@lru_cache(maxsize=MOST)
def _place_of(seen: Hashable) -> list[Proposed]:
    """Return where the judgement on what was ``seen`` is kept; it is empty until somebody has judged."""
    return []


@dataclass(frozen=True)
class _Outline:
    """One case without its records' contents; two with equal ``seen`` are judged alike."""

    records: list[Proposal]
    seminar: Seminar | None
    halves: Mapping[int, Half]
    facts: tuple[HalfFacts, ...]
    seen: Hashable


def brief_cases(user: User, call: Call, at: datetime) -> list[BriefCase]:
    """Return the cases of ``call`` that ``user`` sees at ``at``; fetch the call ``with_terms``.

    A fixed number of queries, and as many again where a case is not what it was when this process last judged it.
    """
    outlines = _outlines(user, call, at)
    proposed = _judged(user, call, at, outlines)
    return [
        BriefCase(call, outline.seminar, tuple(outline.halves.values()), outline.facts, proposed[outline.seen])
        for outline in outlines
        if outline.seen in proposed
    ]


def _outlines(user: User, call: Call, at: datetime) -> list[_Outline]:
    sides = {side.pk: side for side in call.sides.all()}
    terms = {pk: terms_of(side) for pk, side in sides.items()}
    found = list(_brief(overseen(user, call)))
    for record in found:
        record.side = sides[record.side_id]
        if listed := getattr(record.seminar, "listed", None):
            listed.side = sides[listed.side_id]
    found.sort(key=lambda record: (record.side.agency.accent, record.pk))
    repeated = repeated_by(user, call) if found else {}
    words = [(theme.pk, theme.code, theme.is_admitted) for theme in call.themes.all()]
    asked = repr((tuple(terms.values()), words, [(area.pk, area.code) for area in call.areas.all()]))
    outlines = []
    for records in grouped(found):
        seminar, halves = halves_of(call, records, user, at)
        filed = {pk: filing_of(half, repeated) for pk, half in halves.items()}
        facts = tuple(HalfFacts(side.agency.country, terms[pk], filed.get(pk)) for pk, side in sides.items())
        seen = (asked, *((_said_by(half, records[0]), filed[pk]) for pk, half in halves.items()))
        outlines.append(_Outline(records, seminar, halves, facts, seen))
    return outlines


def _brief(records: ProposalQuerySet) -> ProposalQuerySet:
    """Fetch records with what a list shows of them, in a fixed number of queries."""
    listed = Prefetch("seminar__listed", ListedApplication.objects.defer("received", "earlier"))
    named = (f"coordinator__{name}" for name in PERSON)
    brief = records.select_related("coordinator", "seminar").only(*MARKS, *SHOWN, *named, "seminar__state")
    return with_filing(brief.prefetch_related(listed), EligibilityDecision.objects.in_force())


def _said_by(half: Half, other: Proposal) -> Hashable:
    """Return what tells whether a half still says what it said: its state, or what the line of a list says."""
    if half.record:
        return mark_of(half.record)
    listed = half.listed
    return repr((facts_of_row(listed, other.side.agency.country), listed.approved_on)) if listed else None


def _judged(user: User, call: Call, at: datetime, outlines: Iterable[_Outline]) -> Mapping[Hashable, Proposed]:
    """Return what is proposed for each case; those that this process does not remember are judged now.

    Their contents are read after their marks, so that what was changed in between is judged anew the next time. A
    case that is gone by then is left out.
    """
    places = {outline.seen: (outline, _place_of(outline.seen)) for outline in outlines}
    unknown = [outline for outline, place in places.values() if not place]
    if unknown:
        pks = [record.pk for outline in unknown for record in outline.records]
        judged = {
            case.first.pk: case.proposed for case in cases(user, call, at, overseen(user, call).filter(pk__in=pks))
        }
        for outline in unknown:
            if found := judged.get(outline.records[0].pk):
                places[outline.seen][1].append(found)
    return {seen: place[0] for seen, (_outline, place) in places.items() if place}

"""The cases of a call whose eligibility is decided: confirmed pairs, and submitted records without one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q

from accounts.models import User
from seminars.choices import CONFIRMED, Eligibility, ProposalState, SeminarState
from seminars.models import (
    Call,
    CallAgency,
    Correction,
    EligibilityDecision,
    ListedApplication,
    Proposal,
    Seminar,
    Submission,
)
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.models.recusal import recused
from seminars.queries.dossiers import dossier_of, facts_of_row, terms_of
from seminars.queries.repeated import Repeated, repeated_by
from seminars.rules import eligibility as rules
from seminars.rules import listed_half
from seminars.rules.dossier import Violation
from seminars.rules.eligibility import FilingFacts, HalfFacts

DECISIONS = EligibilityDecision.objects.in_force().select_related("decided_by", "side__agency")
FILED = (
    Submission.objects.filter(ended_at__isnull=True, counted_at__isnull=False)
    .select_related("approval", "correction")
    .defer("snapshot", "correction__kept")
)
CORRECTIONS = Correction.objects.filter(closed_at__isnull=True).defer("kept")


@dataclass(frozen=True)
class Half:
    """One side of a case: its record, or its line in the agency's own list; what is decided, and what is open."""

    side: CallAgency
    record: Proposal | None
    listed: ListedApplication | None
    state: str
    filing: Submission | None
    decision: EligibilityDecision | None
    correction: Correction | None
    is_own: bool

    @property
    def is_filed(self) -> bool:
        """Whether this half counts as submitted, so that its agency has something to decide."""
        return self.state == ProposalState.SUBMITTED


@dataclass
class Case:
    """What the rules say of one pair or record, as one officer may see it at one instant."""

    call: Call
    seminar: Seminar | None
    halves: tuple[Half, ...]
    facts: tuple[HalfFacts, ...]
    """Every side of the call in its order, the one without a half too."""

    @property
    def key(self) -> str:
        """What names the case in addresses and forms."""
        return f"s{self.seminar.pk}" if self.seminar else f"r{self.first.pk}"

    @property
    def first(self) -> Proposal:
        """The record that gives the case its title; there is always one."""
        return next(half.record for half in self.halves if half.record)

    @cached_property
    def results(self) -> tuple[rules.Result, ...]:
        """What every rule says."""
        return rules.gather(self.facts)

    @cached_property
    def proposed(self) -> rules.Proposed:
        """What the application proposes."""
        return rules.propose(self.results, self.facts)

    @property
    def is_void(self) -> bool:
        """Whether a half is missing or was not submitted, so that nobody can find it eligible (R3)."""
        return rules.is_void(self.facts)

    @property
    def own(self) -> tuple[Half, ...]:
        """The submitted halves that the officer decides on."""
        return tuple(half for half in self.halves if half.is_own and half.is_filed)

    @property
    def to_decide(self) -> tuple[Half, ...]:
        """The own halves on which nothing is decided."""
        return tuple(half for half in self.own if half.decision is None)

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks against finding the undecided own half eligible at once, without looking."""
        waiting = self.to_decide
        return bool(waiting) and all(half.side.agency.country in self.proposed.clear for half in waiting)

    @property
    def outcome(self) -> str:
        """Where the case stands: paired, eligible or ineligible; a record alone goes by its own agency's word."""
        return rules.joint([half.decision.outcome if half.decision else None for half in self.halves if half.is_filed])

    def half_of(self, side: CallAgency) -> Half | None:
        """Return the half of one side, or nothing."""
        return next((half for half in self.halves if half.side.pk == side.pk), None)


def with_filing(records: ProposalQuerySet, decisions: Any = DECISIONS) -> ProposalQuerySet:
    """Fetch records with what was filed, decided and asked for of each, in a fixed number of queries."""
    return records.prefetch_related(
        Prefetch("submissions", FILED, to_attr="in_force"),
        Prefetch("eligibility_decisions", decisions, to_attr="decisions"),
        Prefetch("corrections", CORRECTIONS, to_attr="open_corrections"),
        Prefetch("seminar__eligibility_decisions", decisions, to_attr="decided"),
    )


def with_case(records: ProposalQuerySet) -> ProposalQuerySet:
    """Fetch records with all that a case looks at, in a fixed number of queries."""
    return with_filing(records.with_dossier().select_related("seminar__listed", "admitted_by"))


def overseen(user: User, call: Call) -> ProposalQuerySet:
    """Return the records of ``call`` that belong to a case: submitted, or the other half of a pair with one that is."""
    records = Proposal.objects.overseen_by(user).filter(side__call=call)
    filed = Proposal.objects.filter(side__call=call, state=ProposalState.SUBMITTED, seminar__state__in=CONFIRMED)
    return records.filter(Q(state=ProposalState.SUBMITTED) | Q(seminar__in=filed.values("seminar")))


def cases(user: User, call: Call, at: datetime, records: ProposalQuerySet | None = None) -> list[Case]:
    """Return the cases of ``call`` that ``user`` sees at ``at``, or of some of its records; fetch it ``with_terms``.

    A fixed number of queries. A pair that is not confirmed by both is two records, each alone (R3).
    """
    found = list(with_case(overseen(user, call) if records is None else records).order_by("side__agency__accent", "pk"))
    repeated = repeated_by(user, call) if found else {}
    return [_case(call, own, user, at, repeated) for own in grouped(found)]


def grouped(records: Iterable[Proposal]) -> Iterable[list[Proposal]]:
    """Return the records of each case: both of a confirmed pair together, any other one alone."""
    groups: dict[tuple[str, int | None], list[Proposal]] = {}
    for record in records:
        paired = record.seminar is not None and record.seminar.is_confirmed
        groups.setdefault(("s", record.seminar_id) if paired else ("r", record.pk), []).append(record)
    return groups.values()


def waiting(user: User, calls: Sequence[Call]) -> Mapping[int, int]:
    """Return, by call, how many cases wait for a decision of the officer's agencies; two queries, nothing is judged.

    It is the number of cases in which ``Case.to_decide`` finds something.
    """
    own = user.officer_agencies
    undecided = EligibilityDecision.objects.in_force()
    records = (
        Proposal.objects.filter(side__call__in=calls, side__agency__in=own, state=ProposalState.SUBMITTED)
        .exclude(seminar__in=recused(user))
        .exclude(pk__in=undecided.filter(proposal__isnull=False).values("proposal"))
    )
    keys = {
        (call_id, seminar_id if state in CONFIRMED else None, None if state in CONFIRMED else pk)
        for call_id, seminar_id, state, pk in records.values_list("side__call_id", "seminar_id", "seminar__state", "pk")
    }
    listed = (
        ListedApplication.objects.filter(side__call__in=calls, side__agency__in=own, seminar__state__in=CONFIRMED)
        .exclude(seminar__in=recused(user))
        .exclude(seminar__in=undecided.filter(side__agency__in=own, seminar__isnull=False).values("seminar"))
    )
    keys |= {(call_id, seminar_id, None) for call_id, seminar_id in listed.values_list("side__call_id", "seminar_id")}
    return Counter(call_id for call_id, _seminar, _record in keys)


def _case(call: Call, records: Sequence[Any], user: User, at: datetime, repeated: Repeated) -> Case:
    seminar, halves = halves_of(call, records, user, at)
    facts = tuple(_facts(side, halves.get(side.pk), records[0], repeated) for side in call.sides.all())
    return Case(call, seminar, tuple(halves.values()), facts)


def halves_of(
    call: Call, records: Sequence[Any], user: User, at: datetime
) -> tuple[Seminar | None, Mapping[int, Half]]:
    """Return the confirmed pair of the records of one case, and its halves by side, in the order of the sides."""
    seminar = records[0].seminar if records[0].seminar and records[0].seminar.is_confirmed else None
    if seminar:
        seminar.call = call
    by_side = {record.side_id: record for record in records}
    listed = getattr(seminar, "listed", None) if seminar else None
    decided = {decision.side_id: decision for decision in (seminar.decided if seminar else records[0].decisions)}
    halves = {}
    for side in call.sides.all():
        record = by_side.get(side.pk)
        line = listed if listed is not None and listed.side_id == side.pk and record is None else None
        if half := _half(side, record, line, decided.get(side.pk), user, at):
            halves[side.pk] = half
    return seminar, halves


def _half(
    side: CallAgency,
    record: Any,
    listed: ListedApplication | None,
    decision: EligibilityDecision | None,
    user: User,
    at: datetime,
) -> Half | None:
    if record is None and listed is None:
        return None
    state = record.state_at(at) if record else ProposalState.SUBMITTED
    return Half(
        side=side,
        record=record,
        listed=listed,
        state=state,
        filing=next(iter(record.in_force), None) if record else None,
        decision=decision,
        correction=next(iter(record.open_corrections), None) if record else None,
        is_own=side.agency_id in user.officer_agencies,
    )


def _facts(side: CallAgency, half: Half | None, other: Proposal, repeated: Repeated) -> HalfFacts:
    country, terms = side.agency.country, terms_of(side)
    if half is None:
        return HalfFacts(country, terms)
    filed = filing_of(half, repeated)
    if half.record is None:
        against, known = _said_by_list(half.listed, other) if half.listed else ((), frozenset())
        track = half.listed.track if half.listed else ""
        return HalfFacts(country, terms, filed, listed=against, known=known, listed_track=track)
    return HalfFacts(country, terms, filed, dossier_of(half.record))


def filing_of(half: Half, repeated: Repeated) -> FilingFacts:
    """Return how a half was filed, which is known without its contents."""
    record, filing = half.record, half.filing
    if record is None:
        return FilingFacts(half.state)
    approval = getattr(filing, "approval", None)
    correction = getattr(filing, "correction", None)
    others, namesakes = repeated.get(record.pk, ((), ()))
    return FilingFacts(
        state=half.state,
        counted_at=(correction.timely_at if correction else filing.counted_at) if filing else None,
        admitted_until=record.admitted_until,
        is_approved=bool(approval and approval.approved_at),
        corrected_at=filing.counted_at if filing and correction else None,
        others=others,
        namesakes=namesakes,
    )


def _said_by_list(listed: ListedApplication, other: Proposal) -> tuple[tuple[Violation, ...], frozenset[str]]:
    """Return what a list says against its half (another track: R4; other facts: R3), and the rules that it settles."""
    row = facts_of_row(listed, other.side.agency.country)
    against = list(listed_half.contradictions(dossier_of(other), row))
    if row.has_wrong_track:
        against.append(Violation("track", "R4", "coordinators", "track"))
    known = {"R4"} if row.required_track and row.track else set()
    if listed.approved_on:
        known.add("R5")
    return tuple(against), frozenset(known)


def decision_state(outcomes: Sequence[str | None]) -> SeminarState:
    """Return the state that the decisions in force, by side that has to decide, give a pair."""
    return SeminarState(rules.joint(outcomes))


def is_final(decision: EligibilityDecision | None) -> bool:
    """Say whether a decision is a last word, not a correction asked for."""
    return decision is not None and decision.outcome != Eligibility.CORRECTION

"""The table of the joint selection: both agencies' ranks of every pair side by side, as one officer may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, Q

from accounts.models import User
from reviews.choices import Recommendation
from reviews.models import Decision, Ranking, Review, Signature
from reviews.queries.overalls import counting, overalls_of
from reviews.queries.pairs import titles_of
from reviews.queries.panel_board import JUDGED, hidden_from
from reviews.queries.reserve import decisions_of, reserve_ranks
from reviews.queries.selection import discussed_by, seen_by
from reviews.rules.merging import METHODS, Ranks, merged, order_of
from reviews.rules.ranking import as_seen
from reviews.rules.scoring import shown
from seminars.choices import SeminarState
from seminars.models import Call, CallAgency, Seminar
from seminars.models.seminar import SeminarQuerySet


@dataclass
class Judgement:
    """What one agency's panel made of a pair: its rank and proposal, and the mean of its reviews that count."""

    side: CallAgency
    rank: int | None = None
    proposal: str = ""
    mean: Decimal | None = None
    signature: Signature | None = None

    @property
    def proposal_name(self) -> str:
        """The proposal in words, nothing where there is none."""
        return str(Recommendation(self.proposal).label) if self.proposal else ""


@dataclass
class JointRow:
    """A pair with both agencies' judgements, first side first, and where it stands.

    Ranks are those that the officer may see; only ``decision`` has the stored one.
    """

    seminar: Seminar
    judgements: list[Judgement]
    title: str = ""
    merged: list[int] = field(default_factory=list)
    decision: Decision | None = None
    reserve_rank: int | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether both agencies propose to fund the pair."""
        return all(judgement.proposal == Recommendation.FUND for judgement in self.judgements)

    @property
    def is_refused(self) -> bool:
        """Whether one agency has refused the outcome."""
        return any(judgement.signature and judgement.signature.refuses for judgement in self.judgements)

    @property
    def is_settled(self) -> bool:
        """Whether its outcome is announced, and nothing about it is discussed any more."""
        return self.seminar.state not in (SeminarState.IN_REVIEW, SeminarState.RESERVE)

    @property
    def is_holding(self) -> bool:
        """Whether both agencies have signed the outcome."""
        return not self.is_refused and all(judgement.signature for judgement in self.judgements)


def ranks_of(rows: Iterable[JointRow], place: int) -> Ranks:
    """Return the ranks by the first (0) or the second (1) side."""
    return {row.seminar.pk: row.judgements[place].rank for row in rows}


def judged_pairs(call: Call, user: User) -> SeminarQuerySet:
    """Return the pairs that have come to review and that the officer may see, their outcome announced or not."""
    return seen_by(call, user).filter(state__in=JUDGED)


def joint_rows(call: Call, user: User, *, settled: bool = False) -> list[JointRow]:
    """Return the pairs that the officer may discuss: the agreed ones first, then by how far the ranks are apart.

    ``settled``: those too whose outcome is announced, so that what was decided, and on what ground, can be shown.

    Everything goes through the panels' gate. The number of queries does not depend on how many pairs there are.
    Fetch the call ``with_sides``; titles and means are for the rows that are shown: ``describe``.
    """
    pairs = (judged_pairs if settled else discussed_by)(call, user).only("call", "state").order_by("pk")
    return _ordered(_rows(call, user, list(pairs)))


def joint_row(call: Call, user: User, seminar: Seminar) -> JointRow:
    """Return one pair, described, without its place among the others; ``seminar`` is one that the officer may see."""
    rows = _rows(call, user, [seminar], only=seminar)
    describe(rows, call, user)
    return rows[0]


def describe(rows: Sequence[JointRow], call: Call, user: User) -> None:
    """Add titles, and the means of the reviews that count, to the rows of a page."""
    pairs = [row.seminar.pk for row in rows]
    titles = titles_of(pairs)
    given: dict[tuple[int, int], list[Fraction | None]] = {}
    sides = [side.pk for side in call.sides.all()]
    reviews = Review.objects.visible_to(user).filter(
        assignment__reviewer__side__in=sides, assignment__seminar__in=pairs
    )
    for said in overalls_of(counting(reviews)):
        given.setdefault((said.side, said.pair), []).append(said.score)
    for row in rows:
        row.title = titles.get(row.seminar.pk, "")
        for judgement in row.judgements:
            judgement.mean = shown(given.get((judgement.side.pk, row.seminar.pk), []))


def _rows(call: Call, user: User, pairs: Sequence[Seminar], only: Seminar | None = None) -> list[JointRow]:
    sides, ids = list(call.sides.all()), {pair.pk for pair in pairs}
    ranks, proposals = _ranked(call, user, only)
    decided = list(_or_partly(decisions_of(call, user), only).defer("proposed_at"))
    reserves = reserve_ranks(decided)
    decisions = {decision.seminar_id: decision for decision in decided if decision.seminar_id in ids}
    standing = Signature.objects.standing().filter(decision__in=[decision.pk for decision in decisions.values()])
    signatures = {
        (signature.side_id, signature.decision_id): signature
        for signature in standing.only("decision", "side", "refuses")
    }
    rows = []
    for pair in pairs:
        pair.call = call
        decision = decisions.get(pair.pk)
        judgements = [
            Judgement(
                side,
                ranks.get(side.pk, {}).get(pair.pk),
                proposals.get((side.pk, pair.pk), ""),
                signature=signatures.get((side.pk, decision.pk)) if decision else None,
            )
            for side in sides
        ]
        rows.append(JointRow(pair, judgements, decision=decision, reserve_rank=reserves.get(pair.pk)))
    return rows


def _or_partly(rows: Any, only: Seminar | None) -> Any:
    """Narrow rows that know whether there are hidden ones to one pair, where nothing is counted among the others."""
    return rows if only is None else rows.filter(Q(seminar=only) | Q(partly=True))


def _ranked(
    call: Call, user: User, only: Seminar | None
) -> tuple[dict[int, dict[int, int | None]], dict[tuple[int, int], str]]:
    """Return ranks as the officer may see them, and proposals (R23). One query."""
    judged = Ranking.objects.visible_to(user).filter(panel__side__call=call, seminar__state__in=JUDGED)
    judged = judged.annotate(partly=Exists(hidden_from(user, call)))
    stored: dict[int, dict[int, int | None]] = {}
    found = list(
        _or_partly(judged, only).order_by().values_list("panel__side", "seminar", "rank", "proposal", "partly")
    )
    for side, pair, rank, _proposal, _partly in found:
        stored.setdefault(side, {})[pair] = rank
    partly = any(partly for *_named, partly in found)
    proposals = {(side, pair): proposal for side, pair, _rank, proposal, _partly in found}
    return {side: as_seen(ranks, partly=partly) for side, ranks in stored.items()}, proposals


def _ordered(rows: list[JointRow]) -> list[JointRow]:
    one, other = order_of(ranks_of(rows, 0)), order_of(ranks_of(rows, 1))
    merged_orders = [merged(method, one, other) for method in METHODS]
    for row in rows:
        row.merged = [order[row.seminar.pk] for order in merged_orders]

    def key(row: JointRow) -> tuple[bool, int, int]:
        pk = row.seminar.pk
        gap = abs(one.doubled[pk] - other.doubled[pk])
        return (False, row.merged[0], pk) if row.is_agreed else (True, -gap, pk)

    return sorted(rows, key=key)

"""The table of the joint selection: both agencies' ranks of every pair side by side, as one officer may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import F, Q, Sum

from accounts.models import User
from reviews.actions.selection import discussed_by
from reviews.choices import Recommendation
from reviews.models import Decision, Ranking, Score, Signature
from reviews.models.review import Review
from reviews.pairs import titles_of
from reviews.rules.merging import METHODS, Ranks, merged, places
from seminars.models import Call, CallAgency, Seminar

HUNDREDTH = Decimal("0.01")


@dataclass
class Judgement:
    """What one agency's panel made of a pair: its rank and proposal, and the mean of its sealed reviews."""

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
    """A pair with both agencies' judgements, first side first, and where it stands."""

    seminar: Seminar
    title: str
    judgements: list[Judgement]
    gap: Fraction = Fraction(0)
    merged: list[int] = field(default_factory=list)
    decision: Decision | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether both agencies propose to fund the pair."""
        return all(judgement.proposal == Recommendation.FUND for judgement in self.judgements)

    @property
    def is_refused(self) -> bool:
        """Whether one agency has refused the outcome."""
        return any(judgement.signature and judgement.signature.refuses for judgement in self.judgements)

    @property
    def is_holding(self) -> bool:
        """Whether both agencies have signed the outcome."""
        return not self.is_refused and all(judgement.signature for judgement in self.judgements)


def ranks_of(rows: Iterable[JointRow], place: int) -> Ranks:
    """Return the ranks by the first (0) or the second (1) side."""
    return {row.seminar.pk: row.judgements[place].rank for row in rows}


def joint_rows(call: Call, user: User) -> list[JointRow]:
    """Return the pairs that the officer may see: the agreed ones first, then by how far the ranks are apart.

    Everything goes through the panels' gate. The number of queries does not depend on how many pairs there are.
    Fetch the call ``with_sides``.
    """
    pairs = list(discussed_by(call, user).select_related("call").order_by("pk"))
    ids, sides = [pair.pk for pair in pairs], list(call.sides.all())
    titles, means = titles_of(ids), _means(call, user)
    ranked = {
        (side, pair): (rank, proposal)
        for side, pair, rank, proposal in Ranking.objects.visible_to(user)
        .filter(panel__side__call=call)
        .values_list("panel__side", "seminar", "rank", "proposal")
    }
    decisions = {
        decision.seminar_id: decision for decision in Decision.objects.visible_to(user).filter(seminar__in=ids)
    }
    signatures = {
        (signature.side_id, signature.decision_id): signature
        for signature in Signature.objects.standing().filter(decision__in=[item.pk for item in decisions.values()])
    }
    rows = []
    for pair in pairs:
        decision = decisions.get(pair.pk)
        judgements = [
            Judgement(
                side,
                *ranked.get((side.pk, pair.pk), (None, "")),
                mean=means.get((side.pk, pair.pk)),
                signature=signatures.get((side.pk, decision.pk)) if decision else None,
            )
            for side in sides
        ]
        rows.append(JointRow(pair, titles.get(pair.pk, ""), judgements, decision=decision))
    return _ordered(rows)


def _ordered(rows: list[JointRow]) -> list[JointRow]:
    one, other = ranks_of(rows, 0), ranks_of(rows, 1)
    first, second = places(one), places(other)
    orders = [merged(method, one, other) for method in METHODS]
    for row in rows:
        pk = row.seminar.pk
        row.gap = abs(first[pk] - second[pk])
        row.merged = [order[pk] for order in orders]
    return sorted(
        rows, key=lambda row: (not row.is_agreed, row.merged[0] if row.is_agreed else -row.gap, row.seminar.pk)
    )


def _means(call: Call, user: User) -> Mapping[tuple[int, int], Decimal]:
    """Return the mean of the sealed reviews by side and pair, to a hundredth, half up.

    A review's own mean weighs its criteria as the call does; “cannot judge” does not count (I23).
    """
    counted = Q(value__isnull=False)
    reviews = Review.objects.visible_to(user).sealed().filter(assignment__reviewer__side__call=call)
    scores = Score.objects.filter(counted, review__in=reviews.values("pk")).order_by()
    grouped = scores.values_list("review__assignment__reviewer__side", "review__assignment__seminar", "review")
    weighed = grouped.annotate(total=Sum(F("value") * F("criterion__weight")), weight=Sum("criterion__weight"))
    found: dict[tuple[int, int], list[Decimal]] = {}
    for side, pair, _review, total, weight in weighed:
        found.setdefault((side, pair), []).append(total / weight)
    return {key: (sum(said, Decimal(0)) / len(said)).quantize(HUNDREDTH, ROUND_HALF_UP) for key, said in found.items()}

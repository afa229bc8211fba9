"""What officers count, filter and are warned about: one set of annotations behind the numbers, the list and the
export, so that a number is always the length of the list behind it.

An officer knows the other agency's records only as far as they are paired with one of the own agency's. So nothing
here looks at the partner of a pair that is still forming: not the flags, not the counts, not the order.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from seminars import mismatches
from seminars.choices import PairingStep, ParticipantRole, ProposalState, SeminarState, Situation
from seminars.models import BudgetLine, Call, Invitation, Participant, Proposal, Submission
from seminars.models.proposal import ProposalQuerySet
from seminars.rules.case import PARTS

NEAR = timedelta(days=7)
"""How long before the other side's deadline a record submitted alone is worth a call to its partner."""

FLAGS = tuple(situation.value for situation in Situation)
REASONS = (
    Situation.PARTNER_ALONE,
    Situation.MISMATCHING,
    Situation.ONE_SIDED,
    Situation.WRONG_TRACK,
    Situation.AWAITING,
    Situation.ADMITTED,
)
"""Why a record needs attention, the most urgent first."""

LIVE = (ProposalState.DRAFT, ProposalState.AWAITING_INSTITUTION, ProposalState.SUBMITTED)
Tally = Mapping[str, Any]


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _partners() -> ProposalQuerySet:
    """Return the other record of the outer record's pair, once both coordinators have confirmed it."""
    return Proposal.objects.filter(seminar=OuterRef("seminar"), seminar__state=SeminarState.PAIRED).exclude(
        pk=OuterRef("pk")
    )


def with_situation(
    records: ProposalQuerySet, at: datetime, *, near_sides: Iterable[int], mismatching_pairs: Iterable[int]
) -> ProposalQuerySet:
    """Annotate records with ``state_now``, ``step`` and one boolean for each ``Situation`` at ``at``.

    ``near_sides`` are the ids of the sides whose counterpart's deadline is near or past (``sides_to_chase``),
    ``mismatching_pairs`` those of the pairs with blocking differences.
    """
    live = Q(state_now__in=LIVE)
    urgent = {
        Situation.MISMATCHING: live,
        Situation.ONE_SIDED: Q(side__in=list(near_sides)),
        Situation.WRONG_TRACK: live,
    }
    ranks = [
        When(Q(**{reason.value: True}) & urgent.get(reason, Q()), then=Value(rank))
        for rank, reason in enumerate(REASONS, start=1)
    ]
    return (
        records.with_state_at(at)
        .alias(
            partner_submitted=Exists(_partners().filter(state=ProposalState.SUBMITTED)),
        )
        .annotate(paired=_flag(Q(seminar__state=SeminarState.PAIRED)))
        .annotate(
            one_sided=_flag(Q(state=ProposalState.SUBMITTED, partner_submitted=False)),
            mismatching=_flag(Q(seminar__in=list(mismatching_pairs))),
            partner_alone=_flag(Q(state_now=ProposalState.LAPSED, partner_submitted=True)),
            wrong_track=_flag(~Q(side__required_track="") & ~Q(track="") & ~Q(track=F("side__required_track"))),
            awaiting=_flag(Q(state_now=ProposalState.AWAITING_INSTITUTION)),
            admitted=_flag(Q(state_now__in=LIVE[:2], side__deadline_at__lt=at)),
            step=_step(at),
        )
        .annotate(attention_rank=Case(*ranks, default=Value(0), output_field=IntegerField()))
        .annotate(attention=_flag(Q(attention_rank__gt=0)))
    )


def _step(at: datetime) -> Case:
    """Return how far a record and its partner's have come; a partner whom nobody confirmed is not looked at."""
    pending = Invitation.objects.filter(
        proposal=OuterRef("pk"),
        accepted_at__isnull=True,
        declined_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    submitted = Q(state=ProposalState.SUBMITTED)
    return Case(
        When(submitted & Q(partner_submitted=True), then=Value(PairingStep.COMPLETE.value)),
        When(submitted | Q(partner_submitted=True), then=Value(PairingStep.ONE_SIDE_SUBMITTED.value)),
        When(paired=True, then=Value(PairingStep.CONFIRMED.value)),
        When(seminar__isnull=False, then=Value(PairingStep.ACCEPTED.value)),
        When(Exists(pending.filter(opened_at__isnull=False)), then=Value(PairingStep.OPENED.value)),
        When(Exists(pending), then=Value(PairingStep.INVITED.value)),
        default=Value(PairingStep.NOT_INVITED.value),
    )


def sides_to_chase(calls: Iterable[Call], at: datetime) -> list[int]:
    """Return the ids of the sides whose counterpart's deadline is at most ``NEAR`` away from ``at``, or past."""
    return [
        side.pk
        for call in calls
        for side in call.sides.all()
        if any(at >= other.deadline_at - NEAR for other in call.sides.all() if other != side)
    ]


def overseen(user: User, calls: Iterable[Call], at: datetime) -> ProposalQuerySet:
    """Return the records of ``calls`` that ``user`` oversees, with their situation at ``at``.

    Fetch the calls with their sides.
    """
    calls = list(calls)
    records = Proposal.objects.visible_to(user).overseen_by(user).filter(side__call__in=calls)
    return with_situation(
        records, at, near_sides=sides_to_chase(calls, at), mismatching_pairs=mismatches.mismatching_pairs(calls)
    )


def with_row(records: ProposalQuerySet, at: datetime) -> ProposalQuerySet:
    """Fetch what a line of the list shows, without the long texts, in a fixed number of queries.

    Adds ``institution``, ``receipt`` (its number), ``submitted_at`` and ``amount`` in the side's currency, and
    the partner's record where the pair is confirmed, as ``seminar.confirmed``.
    """
    own = Participant.objects.filter(
        proposal=OuterRef("pk"), role=ParticipantRole.COORDINATOR, side=OuterRef("side__agency__country")
    )
    filed = Submission.objects.filter(proposal=OuterRef("pk"), ended_at__isnull=True)
    asked = (
        BudgetLine.objects.filter(proposal=OuterRef("pk"))
        .order_by()
        .values("proposal")
        .values(total=Sum(F("quantity") * F("unit_cost"), output_field=DecimalField(max_digits=20, decimal_places=2)))
    )
    partners = (
        Proposal.objects.filter(seminar__state=SeminarState.PAIRED)
        .with_state_at(at)
        .select_related("coordinator", "side__agency")
        .defer(*PARTS, "abstract_en")
    )
    return (
        records.select_related("side__agency", "side__call", "coordinator", "seminar__call")
        .defer(*PARTS, "abstract_en")
        .annotate(
            institution=Coalesce(
                NullIf(Subquery(own.values("laboratory__institution")[:1]), Value("")), F("coordinator__institution")
            ),
            receipt=Subquery(filed.values("number")[:1]),
            submitted_at=Subquery(filed.values("counted_at")[:1]),
            amount=Coalesce(Subquery(asked), Value(0), output_field=DecimalField(max_digits=20, decimal_places=2)),
        )
        .prefetch_related(Prefetch("seminar__proposals", partners, to_attr="confirmed"))
    )


def partner_in_row(record: Any) -> Any:
    """Return the other record of a confirmed pair, from a record fetched by ``with_row``; or nothing."""
    confirmed = record.seminar.confirmed if record.seminar else ()
    return next((other for other in confirmed if other.pk != record.pk), None)


def reasons(record: Any) -> list[Situation]:
    """Return why an annotated record needs attention, the most urgent first."""
    return [reason for reason in REASONS if getattr(record, reason.value)] if record.attention else []


def tally(records: ProposalQuerySet) -> list[Tally]:
    """Count annotated records, in one query: rows of call, side, state, step, each flag, and ``number``."""
    groups = records.order_by().values("side__call_id", "side_id", "state_now", "step", *FLAGS)
    return list(groups.annotate(number=Count("pk")))


def count(rows: Iterable[Tally], **what: Any) -> int:
    """Add up the rows of a tally that are so: ``count(rows, side_id=3, state_now="draft")``."""
    return sum(row["number"] for row in rows if all(row[name] == value for name, value in what.items()))

"""A call in evaluation to measure on: 500 pairs, in each agency 60 reviewers, five reviews of every pair."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.choices import Role
from accounts.models import Agency, Membership, User
from reviews.choices import AssignmentState, Recommendation, ReviewerState
from reviews.models import Assignment, Panel, Review, Reviewer, Score
from seminars.choices import ProposalState, SeminarState
from seminars.models import Call, CallAgency, Criterion, PriorityArea, Proposal, ScaleStep, Seminar, Submission
from seminars.queries.snapshots import canonical, snapshot_of
from tests import cast
from tests.bench.world import copies, twin

CODE = "evaluation"
PAIRS, REVIEWERS, REVIEWS = 500, 60, 5


def build(at: datetime, code: str = CODE) -> None:
    """Copy the call, which ``world`` has made, and judge every pair; the last review of each pair is not sealed.

    The first pair has whole records, filed; the others have a title, keywords and areas.
    """
    call = cast.call_2026()
    # Not published, so that the other pages measured show what they would without it.
    other: Any = twin(call, code=code, is_published=False)
    other.save()
    areas = PriorityArea.objects.bulk_create(twin(area, call=other) for area in call.areas.all())
    criteria = Criterion.objects.bulk_create(twin(criterion, call=other) for criterion in call.criteria.all())
    ScaleStep.objects.bulk_create(twin(step, call=other) for step in call.scale.all())
    seminars = Seminar.objects.bulk_create(
        Seminar(call=other, state=SeminarState.IN_REVIEW, formed_at=at, paired_at=at) for _ in range(PAIRS)
    )
    officers = {"FR": cast.inserm_officer(), "JP": cast.jsps_officer()}
    for person, side in zip((cast.marie(), cast.kenji()), CallAgency.objects.filter(call=call), strict=True):
        own = twin(side, call=other)
        own.save()
        _file(person, own, seminars, areas, at)
        by = officers[own.agency.country]
        Panel.objects.create(side=own, opened_at=at, opened_by=by, reviews_due_at=at + timedelta(days=30))
        _judge(_reviewers(own, areas, by, at), seminars, criteria, by, at)


def _file(person: User, side: CallAgency, seminars: list[Seminar], areas: list[PriorityArea], at: datetime) -> None:
    """File one half of every pair."""
    original = Proposal.objects.get(coordinator=person, side__call=cast.call_2026())
    filed = {"side": side, "state": ProposalState.SUBMITTED, "pair_confirmed_at": at}
    whole = copies(original, 2, f"{side.call.code}-{side.agency.code}-", **filed, seminar=seminars[0])[-1]
    Submission.objects.create(
        proposal=whole,
        form_uuid=uuid4(),
        number=f"{side.call.code}-{side.agency.code}-1",
        arrived_at=at,
        counted_at=at,
        by=whole.coordinator,
        snapshot=canonical(snapshot_of(Proposal.objects.with_dossier().get(pk=whole.pk))),
        sha256="0" * 64,
    )
    people = User.objects.bulk_create(
        User(
            email=f"{side.call.code}-{side.agency.code}-{place}@bench.example",
            family_name="Nom",
            given_name="P",
            password="!",
        )
        for place in range(2, PAIRS + 1)
    )
    records = Proposal.objects.bulk_create(
        twin(original, **filed, seminar=seminar, coordinator=coordinator, title_en=f"Judged seminar {place}")
        for place, (seminar, coordinator) in enumerate(zip(seminars[1:], people, strict=True), start=2)
    )
    through = Proposal.areas.through
    through.objects.bulk_create(
        through(proposal_id=record.pk, priorityarea_id=areas[place % len(areas)].pk)
        for place, record in enumerate(records)
    )


def _reviewers(side: CallAgency, areas: list[PriorityArea], by: User, at: datetime) -> list[Reviewer]:
    people = User.objects.bulk_create(
        User(
            email=f"judge-{side.call.code}-{side.agency.code}-{place}@bench.example",
            family_name="Juge",
            given_name="J",
            password="!",
        )
        for place in range(REVIEWERS)
    )
    agency = Agency.objects.get(pk=side.agency_id)
    Membership.objects.bulk_create(
        Membership(user=person, agency=agency, role=Role.REVIEWER, given_at=at) for person in people
    )
    accepted = {"state": ReviewerState.ACCEPTED, "invited_at": at, "invited_by": by, "answered_at": at}
    made = Reviewer.objects.bulk_create(
        Reviewer(side=side, user=person, email=person.email, maximum_load=60, keywords=["ageing"], **accepted)
        for person in people
    )
    through = Reviewer.areas.through
    through.objects.bulk_create(
        through(reviewer_id=reviewer.pk, priorityarea_id=areas[place % len(areas)].pk)
        for place, reviewer in enumerate(made)
    )
    return made


def _judge(
    reviewers: list[Reviewer], seminars: list[Seminar], criteria: list[Criterion], by: User, at: datetime
) -> None:
    assignments = Assignment.objects.bulk_create(
        Assignment(
            reviewer=reviewers[(place * REVIEWS + turn) % REVIEWERS],
            seminar=seminar,
            state=AssignmentState.ACKNOWLEDGED,
            assigned_at=at,
            assigned_by=by,
            answered_at=at,
        )
        for place, seminar in enumerate(seminars)
        for turn in range(REVIEWS)
    )
    reviews = Review.objects.bulk_create(
        Review(
            assignment=assignment,
            comment_coordinators="What the coordinators read.",
            comment_panel="What the panel reads.",
            recommendation=Recommendation.values[place % 3],
            saved_at=at,
            sealed_at=at if place % REVIEWS < REVIEWS - 1 else None,
        )
        for place, assignment in enumerate(assignments)
    )
    Score.objects.bulk_create(
        Score(review=review, criterion=criterion, value=1 + (place + turn) % 5)
        for place, review in enumerate(reviews)
        for turn, criterion in enumerate(criteria)
    )


def reviewer() -> User:
    """Return a reviewer of Inserm with a pair whose records are whole, and whose review is not sealed."""
    pair = Seminar.objects.filter(call=Call.objects.get(code=CODE)).order_by("pk")[0]
    return User.objects.get(
        reviewing__assignments__seminar=pair,
        reviewing__side__agency__country="FR",
        reviewing__assignments__review__sealed_at__isnull=True,
    )


def review_page() -> str:
    """Return the address of the review that ``reviewer`` has not sealed."""
    pair = Seminar.objects.filter(call=Call.objects.get(code=CODE)).order_by("pk")[0]
    return f"/reviews/{Assignment.objects.get(reviewer__user=reviewer(), seminar=pair).pk}/"

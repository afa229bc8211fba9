"""An evaluation in a few lines: pairs in review, both panels, reviewers of each agency, and what they have judged."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from accounts.choices import Role
from accounts.models import Membership, User
from reviews.actions.evaluation import begin_evaluation
from reviews.choices import AssignmentState, Recommendation, ReviewerState
from reviews.models import Assignment, Panel, Review, Reviewer, Score
from seminars.choices import SeminarState
from seminars.models import Call, Proposal, Seminar, Submission
from seminars.queries.snapshots import canonical, snapshot_of
from tests import cast
from tests.seminars.filed import bare_pair, officer, side

BEGUN = cast.DEADLINE + timedelta(days=20)
DUE = cast.DEADLINE + timedelta(days=60)
REVIEWED = DUE - timedelta(days=5)
AFTER_DUE = DUE + timedelta(hours=1)
COUNTRIES = ("FR", "JP")
numbers = itertools.count(1)


def pairs_in_review(number: int = 1) -> list[Seminar]:
    """Return that many pairs of the call of 2026 in review, filed almost without contents; both panels are open."""
    made = [bare_pair(f"Seminar {place:03d}") for place in range(1, number + 1)]
    for country in COUNTRIES:
        one = Proposal.objects.with_dossier().filter(seminar=made[0], side__agency__country=country)[0]
        filed = Submission.objects.filter(proposal__seminar__in=made, proposal__side__agency__country=country)
        filed.update(snapshot=canonical(snapshot_of(one)))
    Seminar.objects.filter(pk__in=[pair.pk for pair in made]).update(state=SeminarState.ELIGIBLE)
    begin()
    return list(Seminar.objects.filter(pk__in=[pair.pk for pair in made]).order_by("pk"))


def begin(at: datetime = BEGUN, due_at: datetime = DUE) -> Call:
    """Begin the evaluation of the call of 2026, as Inserm's officer does."""
    call = cast.call_2026()
    begin_evaluation(call, reviews_due_at=due_at, by=officer("FR"), at=at)
    return call


def panel(country: str) -> Panel:
    """Return the panel of the agency of one country."""
    return Panel.objects.select_related("side__agency", "side__call").get(side=side(country))


def reviewer(country: str, user: User | None = None, **values: Any) -> Reviewer:
    """Return somebody who has agreed to review for the agency of one country, with the role that goes with it."""
    number = next(numbers)
    names = {"family_name": f"Reviewer{number}", "given_name": "Jo"}
    person = user or User.objects.create_user(f"reviewer{number}@example.org", cast.PASSWORD, **names)
    agency = side(country).agency
    Membership.objects.get_or_create(user=person, agency=agency, role=Role.REVIEWER, defaults={"given_at": BEGUN})
    return Reviewer.objects.create(
        side=side(country),
        user=person,
        email=person.email,
        state=ReviewerState.ACCEPTED,
        invited_at=BEGUN,
        invited_by=officer(country),
        answered_at=BEGUN,
        described_at=BEGUN,
        **values,
    )


def assigned(of: Reviewer, pair: Seminar, state: str = AssignmentState.ACKNOWLEDGED) -> Assignment:
    """Give a pair to a reviewer."""
    return Assignment.objects.create(
        reviewer=of, seminar=pair, state=state, assigned_at=BEGUN, assigned_by=officer(of.side.agency.country)
    )


def judged(
    assignment: Assignment,
    scores: Sequence[int | None] = (4, 4, 4, 4, 4, 4),
    *,
    recommendation: str = Recommendation.FUND,
    sealed: bool = True,
    **values: Any,
) -> Review:
    """Write a review; a score of nothing is “cannot judge”."""
    review = Review.objects.create(
        assignment=assignment,
        recommendation=recommendation,
        saved_at=REVIEWED,
        sealed_at=REVIEWED if sealed else None,
        **{"comment_coordinators": "For the coordinators.", "comment_panel": "For the panel.", **values},
    )
    criteria = assignment.seminar.call.criteria.order_by("position")
    for criterion, value in zip(criteria, scores, strict=True):
        Score.objects.create(review=review, criterion=criterion, value=value, cannot_judge=value is None)
    return review


def evaluated(pairs: Sequence[Seminar], reviewers: int = 3) -> dict[str, list[Reviewer]]:
    """Let that many reviewers of each agency judge every pair, each a little differently; return them by country."""
    people = {country: [reviewer(country) for _ in range(reviewers)] for country in COUNTRIES}
    for country, of_side in people.items():
        for place, somebody in enumerate(of_side):
            for turn, pair in enumerate(pairs):
                value = 1 + (place + turn + (country == "JP")) % 5
                judged(assigned(somebody, pair), (value,) * 6)
    return people

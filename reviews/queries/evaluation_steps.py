"""How far each step of one agency's evaluation has come, for its officers, in a fixed number of queries (R22–R24)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from reviews.choices import ACTIVE, AssignmentState, ConflictState, ReviewerState
from reviews.models import Assignment, Conflict, Panel, Reviewer
from reviews.queries.panel_board import pairs_of_panel
from reviews.queries.panel_gaps import Gaps, gaps_of
from seminars.choices import SeminarState


@dataclass(frozen=True)
class Steps:
    """What is done and what is missing, counted over the pairs that the reader may see (R23).

    ``missing`` reviews in ``lacking`` pairs are still to be assigned; ``open`` reviews are assigned and not sealed,
    which is late once they were due (``overdue``).
    """

    accepted: int
    invited: int
    undecided: int
    missing: int
    lacking: int
    silent: int
    assigned: int
    open: int
    overdue: bool
    pairs: int
    gaps: Gaps

    @property
    def sealed(self) -> int:
        """How many of the assigned reviews are sealed."""
        return self.assigned - self.open

    @property
    def ranked(self) -> int:
        """How many pairs have a rank."""
        return self.pairs - len(self.gaps.unranked)


def steps_of(panel: Panel, user: User, at: datetime) -> Steps:
    """Return how far the evaluation of one's own agency has come at ``at``. Fetch the panel with its side and call."""
    side = panel.side
    judged = pairs_of_panel(side.call, user)
    seen = [pair.pk for pair in judged]
    people = Reviewer.objects.visible_to(user).filter(side=side).values_list("state", flat=True)
    states = Counter(people.order_by())
    conflicts = Conflict.objects.visible_to(user).filter(side=side, state=ConflictState.DETECTED).exclude(user=user)
    given = Assignment.objects.filter(reviewer__side=side, seminar__in=seen, state__in=ACTIVE)
    seats = list(given.order_by().values_list("seminar", "state", "review__sealed_at"))
    have = Counter(pair for pair, _state, _sealed_at in seats)
    reviewed = [pair.pk for pair in judged if pair.state == SeminarState.IN_REVIEW]
    short = [side.minimum_reviews - have[pair] for pair in reviewed if have[pair] < side.minimum_reviews]
    return Steps(
        accepted=states[ReviewerState.ACCEPTED],
        invited=states[ReviewerState.INVITED],
        undecided=conflicts.count(),
        missing=sum(short),
        lacking=len(short),
        silent=sum(state == AssignmentState.GIVEN for _pair, state, _sealed_at in seats),
        assigned=len(seats),
        open=sum(sealed_at is None for _pair, _state, sealed_at in seats),
        overdue=at > panel.reviews_due_at,
        pairs=len(seen),
        gaps=gaps_of(panel).among(seen),
    )

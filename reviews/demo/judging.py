"""How the demonstration's reviewers work: given a pair, they take it on, write, and seal."""

from datetime import datetime, timedelta

from accounts.models import User
from reviews.actions import assignment as assigning
from reviews.actions.review import save_review, seal_review
from reviews.demo.judges import Judge, Words, judgement
from reviews.models import Assignment, Reviewer
from seminars.models import Call, CallAgency, Criterion, Recusal, Seminar

AN_HOUR = timedelta(hours=1)


def turns(reviewers: list[Reviewer], pairs: list[Seminar], each: int) -> list[tuple[Reviewer, Seminar]]:
    """Share pairs out so that each gets ``each`` reviewers, in turn, none of them in conflict with it (R23)."""
    shut_out = set(Recusal.objects.filter(seminar__in=pairs).values_list("user", "seminar"))
    shared = []
    for start, pair in enumerate(pairs):
        in_turn = [reviewers[(start + step) % len(reviewers)] for step in range(len(reviewers))]
        free = [reviewer for reviewer in in_turn if (reviewer.user_id, pair.pk) not in shut_out]
        shared += [(reviewer, pair) for reviewer in free[:each]]
    return shared


def give(side: CallAgency, wanted: list[tuple[Reviewer, Seminar]], *, by: User, at: datetime) -> list[Assignment]:
    """Give pairs to reviewers of a side, and return the assignments with what they hang on."""
    made = assigning.assign(side, [(reviewer.pk, pair.pk) for reviewer, pair in wanted], by=by, at=at)
    related = ("reviewer__side__agency", "reviewer__user", "seminar__call")
    return list(Assignment.objects.filter(pk__in=[one.pk for one in made]).select_related(*related).order_by("pk"))


class Bench:
    """The reviewers of one side at work; ``merits`` is what each pair is worth to them, by the key of its story."""

    def __init__(self, call: Call, people: dict[int, Judge], merits: dict[str, float], keys: dict[int, str]) -> None:
        """Take the judges by the id of their reviewer, and the keys of the pairs by their id."""
        self.people, self.merits, self.keys = people, merits, keys
        self.criteria: list[Criterion] = list(call.criteria.order_by("position"))
        self.words = Words()

    def acknowledge(self, assignment: Assignment, *, at: datetime) -> None:
        """Take a pair on."""
        user = assignment.reviewer.user
        assert user is not None  # noqa: S101 - a constraint of the reviewer
        assigning.acknowledge(assignment, by=user, at=at)

    def write(self, assignment: Assignment, *, seals: bool, at: datetime) -> None:
        """Write a review, all of it, or the first half of its scores and nothing else; seal it an hour later."""
        user = assignment.reviewer.user
        assert user is not None  # noqa: S101 - a constraint of the reviewer
        judge, key = self.people[assignment.reviewer_id], self.keys[assignment.seminar_id]
        place = list(self.people).index(assignment.reviewer_id)
        criteria = self.criteria if seals else self.criteria[: len(self.criteria) // 2]
        entered = judgement(judge, key, self.merits[key], criteria, words=self.words, place=place)
        if not seals:
            entered = type(entered)(entered.scores, entered.comment_coordinators)
        review = save_review(assignment, entered, version=0, by=user, at=at)
        if seals:
            seal_review(assignment, version=review.version, by=user, at=at + AN_HOUR)

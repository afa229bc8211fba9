"""Two at once on one review, or on its panel: one outcome, and never a mixture (R24, SAFETY 8)."""

import pytest

from accounts.models import HistoryEntry
from reviews.actions.review import Judgement, reopen_review, save_review, seal_review
from reviews.models import Assignment, Review
from seminars.models import Criterion
from tests.racing import done_at_once
from tests.reviews import world
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assignment() -> Assignment:
    return world.assigned(world.reviewer("FR"), world.pairs_in_review()[0])


def save(assignment: Assignment, score: int, version: int) -> Review:
    scores = dict.fromkeys(Criterion.objects.values_list("pk", flat=True), score)
    said = Judgement(scores=scores, comment_coordinators=f"All {score}.", recommendation="fund")
    return save_review(assignment, said, version=version, by=assignment.reviewer.user, at=world.REVIEWED)


def seal(assignment: Assignment, version: int) -> Review:
    return seal_review(assignment, version=version, by=assignment.reviewer.user, at=world.REVIEWED)


def told() -> tuple[str, set[int | None]]:
    """Return the comment and the scores that are kept."""
    review = Review.objects.get()
    return review.comment_coordinators, set(review.scores.values_list("value", flat=True))


def test_the_first_saving_of_two_tabs_keeps_one_whole_text(assignment: Assignment) -> None:
    done = done_at_once(lambda: save(assignment, 2, 0), lambda: save(assignment, 5, 0))
    assert sorted(done) == [False, True]
    assert told() == (("All 2.", {2}) if done[0] else ("All 5.", {5}))
    assert Review.objects.get().version == 1


def test_sealing_and_saving_leave_what_was_read_sealed_or_what_was_saved_open(assignment: Assignment) -> None:
    save(assignment, 2, 0)
    saved, sealed = done_at_once(lambda: save(assignment, 5, 1), lambda: seal(assignment, 1))
    assert saved is not sealed
    assert (Review.objects.get().sealed_at is not None) is sealed
    assert told() == (("All 2.", {2}) if sealed else ("All 5.", {5}))


def test_two_clicks_seal_once(assignment: Assignment) -> None:
    save(assignment, 4, 0)
    assert sorted(done_at_once(lambda: seal(assignment, 1), lambda: seal(assignment, 1))) == [False, True]
    assert HistoryEntry.objects.filter(verb="sealed").count() == 1


def test_two_officers_open_it_again_once(assignment: Assignment) -> None:
    save(assignment, 4, 0)
    review, by = seal(assignment, 1), officer("FR")

    def reopen() -> None:
        reopen_review(review, reason="A word is missing.", by=by, at=world.AFTER_DUE)

    assert sorted(done_at_once(reopen, reopen)) == [False, True]
    assert HistoryEntry.objects.filter(verb="reopened").count() == 1

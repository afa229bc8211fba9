"""Writing a review, sealing it, opening it again, and who may not."""

import pytest

from accounts.models import HistoryEntry, Message
from reviews.actions.review import CANNOT_JUDGE, Judgement, reopen_review, save_review, seal_review
from reviews.choices import AssignmentState
from reviews.models import Assignment, Panel, Review, Score
from seminars.actions.proposals import EditConflict
from seminars.models import Criterion, Recusal
from seminars.permissions import Refused
from tests.reviews import world
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment() -> Assignment:
    return world.assigned(world.reviewer("FR"), world.pairs_in_review()[0])


def judgement(**changes: object) -> Judgement:
    scores = dict.fromkeys(Criterion.objects.values_list("pk", flat=True), 4)
    said = {"scores": scores, "comment_coordinators": "Clear.", "recommendation": "fund"}
    return Judgement(**{**said, **changes})


def save(assignment: Assignment, version: int = 0, **changes: object) -> Review:
    by = assignment.reviewer.user
    return save_review(assignment, judgement(**changes), version=version, by=by, at=world.REVIEWED)


def seal(assignment: Assignment, version: int) -> Review:
    return seal_review(assignment, version=version, by=assignment.reviewer.user, at=world.REVIEWED)


def test_it_is_saved_as_far_as_it_has_come(assignment: Assignment) -> None:
    first, second = Criterion.objects.values_list("pk", flat=True)[:2]
    save(assignment, scores={first: 5, second: CANNOT_JUDGE})
    assert dict(Score.objects.values_list("criterion", "value")) == {first: 5, second: None}
    save(assignment, 1, scores={second: 2})
    assert list(Score.objects.values_list("criterion", "value", "cannot_judge")) == [(second, 2, False)]


def test_a_second_editor_overwrites_nothing(assignment: Assignment) -> None:
    save(assignment)
    with pytest.raises(EditConflict):
        save(assignment, 0, comment_panel="From the other tab")
    assert Review.objects.get().comment_panel == ""


def test_it_is_sealed_when_whole_and_then_no_longer_changes(assignment: Assignment) -> None:
    save(assignment, scores={})
    with pytest.raises(Refused):
        seal(assignment, 1)
    save(assignment, 1)
    with pytest.raises(EditConflict):
        seal(assignment, 1)
    seal(assignment, 2)
    with pytest.raises(Refused):
        save(assignment, 2)


def test_the_history_tells_no_score(assignment: Assignment) -> None:
    save(assignment)
    review = seal(assignment, 1)
    entries = HistoryEntry.objects.about(review)
    assert [(entry.verb, entry.before, entry.after) for entry in entries] == [("sealed", {}, {})]


@pytest.mark.parametrize("state", [AssignmentState.GIVEN, AssignmentState.DECLINED, AssignmentState.WITHDRAWN])
def test_nothing_is_written_without_acknowledging(assignment: Assignment, state: str) -> None:
    Assignment.objects.update(state=state, reason="No time")
    with pytest.raises(Refused):
        save(assignment)


def test_others_and_people_in_conflict_write_nothing(assignment: Assignment) -> None:
    with pytest.raises(Refused):
        save_review(assignment, judgement(), version=0, by=officer("FR"), at=world.REVIEWED)
    Recusal.objects.create(user=assignment.reviewer.user, seminar=assignment.seminar, since=world.BEGUN)
    with pytest.raises(Refused):
        save(assignment)


def test_a_sealed_panel_takes_no_more(assignment: Assignment) -> None:
    save(assignment)
    Panel.objects.update(sealed_at=world.AFTER_DUE, sealed_by=officer("FR"))
    with pytest.raises(Refused):
        save(assignment, 1)
    with pytest.raises(Refused):
        seal(assignment, 1)


def test_an_officer_of_the_agency_opens_it_again_with_a_reason(assignment: Assignment) -> None:
    save(assignment)
    review = seal(assignment, 1)
    for by, reason in ((officer("JP"), "Why"), (officer("FR"), " ")):
        with pytest.raises(Refused):
            reopen_review(review, reason=reason, by=by, at=world.AFTER_DUE)
    reopen_review(review, reason="A score is missing a word.", by=officer("FR"), at=world.AFTER_DUE)
    save(assignment, 1, comment_panel="Now with it")
    told = Message.objects.get(kind="review_reopened")
    assert told.recipient == assignment.reviewer.user
    assert "A score is missing a word." in told.text


def test_nobody_opens_their_own_again_nor_one_of_a_pair_they_are_shut_out_of(assignment: Assignment) -> None:
    own = world.assigned(world.reviewer("FR", officer("FR")), assignment.seminar)
    with pytest.raises(Refused):
        reopen_review(world.judged(own), reason="Mine", by=officer("FR"), at=world.REVIEWED)
    other = world.judged(assignment)
    Recusal.objects.create(user=officer("FR"), seminar=assignment.seminar, since=world.BEGUN)
    with pytest.raises(Refused):
        reopen_review(other, reason="Theirs", by=officer("FR"), at=world.REVIEWED)
    assert Review.objects.sealed().count() == 2

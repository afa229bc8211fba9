"""Sealing a panel against what else goes on in it at the same moment, on PostgreSQL."""

from typing import Any

import pytest

from reviews.actions import panel as actions
from reviews.actions.review import Judgement, save_review, seal_review
from reviews.actions.selection import open_selection
from reviews.models import Assignment, Panel, Ranking, Review, Selection
from seminars.models import CallAgency, Criterion
from tests import cast
from tests.racing import at_once
from tests.reviews import selecting, world
from tests.seminars.filed import officer


@pytest.mark.django_db(transaction=True)
def test_a_rank_saved_while_the_panel_is_sealed_is_in_or_refused() -> None:
    pair = world.pairs_in_review()[0]
    world.evaluated([pair])
    by, panel = officer("FR"), world.panel("FR")
    at = world.REVIEWED
    sitting: dict[str, Any] = {"chair": by, "members": [], "present": [by.pk], "minutes": "", "version": 0}
    actions.save_sitting(panel, **sitting, by=by, at=at)
    actions.save_ranking(panel, {pair.pk: actions.Place(1, "fund")}, version=0, by=by, at=at)
    places = {pair.pk: actions.Place(2, "reserve")}
    sealed, other, saved = at_once(
        lambda: actions.seal_panel(panel, by=by, at=world.AFTER_DUE),
        lambda: actions.seal_panel(panel, by=by, at=world.AFTER_DUE),
        lambda: actions.save_ranking(panel, places, version=1, by=by, at=world.AFTER_DUE),
    )
    assert [sealed, other].count(None) == 1
    assert world.panel("FR").sealed_by == by
    assert Ranking.objects.get().rank == (2 if saved == 2 else 1)
    assert saved == 2 or "sealed" in str(saved)


def ready_to_seal(reviews: int) -> Assignment:
    """Let Inserm's panel sit and rank its one pair, and return the assignment of a last review, complete and open.

    ``reviews`` are sealed already, and one more is required.
    """
    pair, by, panel = world.pairs_in_review()[0], officer("FR"), world.panel("FR")
    CallAgency.objects.filter(pk=panel.side_id).update(minimum_reviews=reviews + 1)
    for _ in range(reviews):
        world.judged(world.assigned(world.reviewer("FR"), pair))
    last = world.assigned(world.reviewer("FR"), pair)
    world.judged(last, sealed=False)
    sitting: dict[str, Any] = {"chair": by, "members": [], "present": [by.pk], "minutes": "", "version": 0}
    actions.save_sitting(panel, **sitting, by=by, at=world.REVIEWED)
    actions.save_ranking(panel, {pair.pk: actions.Place(1, "fund")}, version=0, by=by, at=world.REVIEWED)
    return last


@pytest.mark.django_db(transaction=True)
def test_a_panel_sealed_while_its_last_review_is_counts_that_review_or_is_refused() -> None:
    last, by, panel = ready_to_seal(1), officer("FR"), world.panel("FR")
    found, _sealed = at_once(
        lambda: actions.seal_panel(panel, by=by, at=world.AFTER_DUE),
        lambda: seal_review(last, version=0, by=last.reviewer.user, at=world.AFTER_DUE),
    )
    assert Review.objects.get(assignment=last).sealed_at == world.AFTER_DUE
    assert found is None or "too few reviews" in str(found)
    assert (world.panel("FR").sealed_at is not None) is (found is None)


@pytest.mark.django_db(transaction=True)
def test_a_score_saved_while_the_panel_is_sealed_is_in_or_refused_and_the_seal_comes_once() -> None:
    last, by, panel = ready_to_seal(0), officer("FR"), world.panel("FR")
    said = Judgement(dict.fromkeys(Criterion.objects.values_list("pk", flat=True), 1), "Low.", "", "reject")
    found, saved, sealed = at_once(
        lambda: actions.seal_panel(panel, exception="Too few.", by=by, at=world.AFTER_DUE),
        lambda: save_review(last, said, version=0, by=last.reviewer.user, at=world.AFTER_DUE),
        lambda: seal_review(last, version=0, by=last.reviewer.user, at=world.AFTER_DUE),
    )
    held = Review.objects.get(assignment=last)
    assert found is None
    assert (held.recommendation, set(held.scores.values_list("value", flat=True))) == (
        ("reject", {1}) if isinstance(saved, Review) else ("fund", {4})
    )
    assert (held.sealed_at is not None) is isinstance(sealed, Review)
    assert not (isinstance(saved, Review) and isinstance(sealed, Review))


@pytest.mark.django_db(transaction=True)
def test_a_panel_opened_again_while_the_selection_is_opened_leaves_one_of_both() -> None:
    world.pairs_in_review()
    selecting.seal("FR", "JP")
    call, panel, people = cast.call_2026(), world.panel("FR"), (officer("FR"), officer("JP"))
    unsealed, opened = at_once(
        lambda: actions.unseal_panel(panel, reason="A mistake.", by=people[0], at=selecting.OPENED),
        lambda: open_selection(call, by=people[1], at=selecting.OPENED),
    )
    is_open = Selection.objects.exists()
    assert isinstance(opened, Selection) is is_open
    assert (unsealed is None) is not is_open
    assert Panel.objects.filter(sealed_at__isnull=False).count() == (2 if is_open else 1)

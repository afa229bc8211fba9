"""Sealing a panel against what else goes on in it at the same moment, on PostgreSQL."""

from typing import Any

import pytest

from reviews.actions import panel as actions
from reviews.models import Ranking
from tests.reviews import world
from tests.seminars.actions.test_pairing import at_once
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

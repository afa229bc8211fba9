"""Until both have sealed, and until both release, nobody can tell what was judged (R24, R26, SAFETY 2, 4, I4, I5, I15).

Worlds that differ only in what one agency judges, or in what both decide, look the same to all others: decision 133.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings

from tests.reviews.others_work import AT, BUSY, works
from tests.reviews.sealed import DECISIVE, BeforeRelease, Scene, Turn, UnderReview, decisions


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Let nothing be logged: half of the addresses are refused, each with a line."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def look_the_same(scene: Scene, full: Any, worlds: Any, number: int) -> None:
    """Compare every answer in the world in which all is done, then a draw of answers in each of ``number`` worlds."""
    found = scene.differences(full, scene.steps)
    assert not found, "\n".join(found)
    turns = scene.turns()
    taken: dict[str, list[Turn]] = {}

    @settings(max_examples=number, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(worlds)
    def holds(work: Any) -> None:
        world = repr(work)
        taken[world] = taken.get(world) or next(turns)
        found = scene.differences(work, taken[world])
        assert not found, "\n".join(found)

    holds()


@pytest.mark.parametrize("other", ["FR", "JP"])
def test_what_one_agency_judges_shows_to_nobody_else(other: str, db: None, files_root: Path) -> None:
    with time_machine.travel(AT, tick=False):
        look_the_same(UnderReview(other), BUSY, works, 70)


def test_what_both_agencies_decide_shows_to_nobody_but_their_officers(db: None, files_root: Path) -> None:
    with time_machine.travel(AT, tick=False):
        look_the_same(BeforeRelease(), DECISIVE, decisions, 60)

"""Comparing worlds: as many as asked for, and in each of them every page of everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import time_machine
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.reviews.others_work import AT, BUSY, works
from tests.reviews.replaying import Watch
from tests.reviews.sealed import DECISIVE, BeforeRelease, Scene, UnderReview, decisions

KINDS: dict[str, tuple[Callable[[], Scene], Any, Any]] = {
    "what FR judges": (lambda: UnderReview("FR"), BUSY, works),
    "what JP judges": (lambda: UnderReview("JP"), BUSY, works),
    "what both decide": (BeforeRelease, DECISIVE, decisions),
}
"""What differs from one world to the other: who looks, the world in which all is done, and random ones."""
WATCH = Watch()


@dataclass
class Found:
    """How much was compared: different worlds; pages of all people in one; and in all, of which so many were made."""

    worlds: int
    pages: int
    compared: int
    made: int
    mails: int


def look_the_same(kind: str, number: int, *, drawn: int, whole: int = 0, draw: int = 0) -> Found:
    """Compare the world in which all is done, and ``number`` random ones, with that in which nothing is.

    Every page of everybody is compared in each, by what the database answers. ``drawn`` pages more are made in any
    case, and in every ``whole``-th world all of them; ``draw`` names the random draw. Raises AssertionError where
    something tells a world from the idle one.
    """
    build, busy, worlds = KINDS[kind]
    seen, turn = set(), count()
    with time_machine.travel(AT, tick=False):
        with WATCH.watching():
            scene = build()
        assert WATCH.seen == set(), "A page reads something that is not in the database: it cannot be replayed."
        pages, draws = list(scene.replay.traces), scene.drawn(drawn)

        def compare(work: Any) -> None:
            seen.add(repr(work))
            is_whole = whole and next(turn) % whole == 0
            found = scene.differences(work, pages if is_whole else next(draws))
            assert not found, "\n".join(found)

        compare(busy)
        health = list(HealthCheck)
        asked = settings(max_examples=number, suppress_health_check=health, phases=[Phase.generate], derandomize=False)
        asked(seed(draw)(given(worlds)(compare)))()
    return Found(len(seen), len(pages), scene.compared, scene.made, scene.letters)

"""How long a coordinator's pages take before the announcement, whatever the outcome: a part of ``make worlds``.

The same person asks for the same pages of the same pair in worlds that differ in its outcome only, in turns.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import time_machine
from scipy import stats

from tests.reviews.others_work import AT
from tests.reviews.sealed import DECISIVE, BeforeRelease, Turn

ROUNDS = 15
OUTCOMES = ("selected", "reserve", "not_selected")
FILES = (".pdf", ".xlsx", ".docx", ".zip")
"""Files are left out: they take so long that nothing else would be measured."""


def test_an_outcome_does_not_show_in_the_time(
    db: None, files_root: Path, record_property: Callable[[str, object], None]
) -> None:
    logging.disable(logging.CRITICAL)
    chance = Random(0)
    with time_machine.travel(AT, tick=False):
        scene = BeforeRelease()
        worlds = {outcome: replace(DECISIVE, outcomes=[outcome, *DECISIVE.outcomes[1:]]) for outcome in OUTCOMES}
        taken: dict[str, list[float]] = {outcome: [] for outcome in OUTCOMES}
        turns = [turn for turn in scene.replay.traces if _is_page(turn)]
        for number in range(ROUNDS + 1):
            order = chance.sample(OUTCOMES, len(OUTCOMES))
            chance.shuffle(turns)
            for outcome in order:
                with scene.in_world(worlds[outcome]):
                    times = [_seconds(turn) for turn in turns]
                taken[outcome] += times if number else []
    logging.disable(logging.NOTSET)
    for outcome in OUTCOMES[:-1]:
        record_property(f"{outcome} – not selected", json.dumps(_compared(taken[outcome], taken["not_selected"])))


def _is_page(turn: Turn) -> bool:
    reader, step = turn
    is_page = step.method == "GET" and reader.answers[step].status == 200 and not step.path.endswith(FILES)
    return reader.name == "coordinator in FR" and is_page


def _seconds(turn: Turn) -> float:
    begun = time.perf_counter_ns()
    turn[0].client.get(turn[1].path)
    return (time.perf_counter_ns() - begun) / 1e9


def _compared(one: list[float], other: list[float]) -> dict[str, float]:
    """Return medians and the median difference within pairs of requests, in ms, with its 95 % interval and p."""
    first, second = np.array(one) * 1000, np.array(other) * 1000
    difference = first - second
    draws = np.random.default_rng(0).choice(difference, (2000, difference.size))
    low, high = np.percentile(np.median(draws, axis=1), (2.5, 97.5))
    p = stats.wilcoxon(difference).pvalue
    numbers = {"median": np.median(first), "other median": np.median(second), "difference": np.median(difference)}
    numbers |= {"from": low, "to": high, "p (Wilcoxon)": p}
    return {"requests": len(one)} | {name: round(float(number), 4) for name, number in numbers.items()}

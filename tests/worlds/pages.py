"""Two hundred random worlds, every page of everybody in each: a part of ``make worlds``."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.reviews.comparing import KINDS, look_the_same

RUNS, WORLDS = 2, 34
"""Runs of each kind, with a random draw of their own, and worlds in each: as many as the cores share out well."""
DRAWN, WHOLE = 20, 25
"""How many pages are made in each world though the database answers the same; in each 25th all are."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("draw", range(1, RUNS + 1))
@pytest.mark.parametrize("kind", KINDS)
def test_worlds(
    kind: str, draw: int, db: None, files_root: Path, record_property: Callable[[str, object], None]
) -> None:
    found = look_the_same(kind, WORLDS, drawn=DRAWN, whole=WHOLE, draw=draw)
    assert found.compared == found.pages * found.worlds
    record_property(kind, json.dumps(asdict(found)))

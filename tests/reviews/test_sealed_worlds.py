"""Until both have sealed, and until both release, nobody can tell what was judged (R24, R26, SAFETY 2, 4, I4, I5, I15).

Worlds that differ only in what one agency judges, or in what both decide, look the same to all others: decision 133.
Here a few worlds of each kind; ``make worlds`` has two hundred more.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reviews.comparing import KINDS, look_the_same

WORLDS, DRAWN = 6, 4


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Let nothing be logged: half of the addresses are refused, each with a line."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("kind", KINDS)
def test_worlds_look_the_same_to_everybody_else(kind: str, db: None, files_root: Path) -> None:
    found = look_the_same(kind, WORLDS, drawn=DRAWN)
    assert found.compared == found.pages * found.worlds

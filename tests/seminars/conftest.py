"""What the tests of the programme may ask for."""

from collections.abc import Iterator

import pytest

from tests.clamd import Listening, Serve


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server for one connection and return its address."""
    listening = Listening()
    yield listening.serve
    listening.close()

"""What the tests of the programme may ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clamd import Listening, Serve


@pytest.fixture
def files_root(tmp_path: Path, settings: Any) -> Path:
    """Keep attached files in a folder of this test's own, and return it."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return tmp_path


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server for one connection and return its address."""
    listening = Listening()
    yield listening.serve
    listening.close()

"""A small run of ``make endurance`` (I19): killed workers lose nothing and send nothing under a second Message-ID."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endurance import killing
from tests.endurance.staff import Staff
from tests.processes import environment, forget_messages


@pytest.fixture
def staff(files_root: Path, tmp_path: Path, transactional_db: None) -> Iterator[Staff]:
    """Processes on the servers of the tests, gone at the end."""
    forget_messages()
    hired = Staff(tmp_path, environment(files_root))
    try:
        yield hired
    finally:
        hired.dismiss()
        forget_messages()


def test_killed_workers_lose_nothing_with_two_beats(staff: Staff) -> None:
    found = killing.run(staff, staff.sink(), workers=2, beats=2, messages=150, kills=2)
    assert found["lost"] == found["under another Message-ID"] == 0
    assert found["repeated under the same Message-ID"] <= 2
    assert found["marked sent"] == 150

"""A note may be changed for 15 minutes, the last moment included."""

from datetime import timedelta

from seminars.rules.notes import is_editable
from tests.cast import BEFORE


def test_a_note_is_editable_for_15_minutes() -> None:
    last = BEFORE + timedelta(minutes=15)
    assert (is_editable(BEFORE, last), is_editable(BEFORE, last + timedelta(microseconds=1))) == (True, False)

"""What two signatures make of a decision, and the marks and means that rest on it (R25, R26)."""

from datetime import UTC, date, datetime

import pytest

from reviews.rules import outcome as rules

ZONES = ("Europe/Paris", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, None),
        ({1: False}, None),
        ({1: False, 2: False}, ("reserve", 3)),
        ({1: True}, ("not_selected", None)),
        ({1: False, 2: True}, ("not_selected", None)),
        ({1: True, 2: True}, ("not_selected", None)),
    ],
)
def test_both_sign_and_either_refuses(words: dict[int, bool], expected: rules.Outcome | None) -> None:
    assert rules.settled("reserve", 3, words) == expected


def test_the_mark_changes_with_an_outcome_and_not_with_the_order() -> None:
    one: dict[int, rules.Outcome] = {1: ("selected", None), 2: ("reserve", 1)}
    assert rules.digest(one) == rules.digest(dict(reversed(one.items())))
    assert rules.digest(one) != rules.digest({**one, 2: ("reserve", 2)})


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        (datetime(2026, 12, 31, 22, tzinfo=UTC), True),  # New Year's Eve in Paris still
        (datetime(2026, 12, 31, 23, tzinfo=UTC), False),
        (datetime(2027, 1, 31, 14, 59, tzinfo=UTC), False),
        (datetime(2027, 1, 31, 15, tzinfo=UTC), True),  # February in Tokyo already
    ],
)
def test_the_window_is_asked_of_both_clocks(due_at: datetime, expected: bool) -> None:
    assert rules.is_outside(due_at, ZONES, date(2027, 1, 1), date(2027, 1, 31)) is expected

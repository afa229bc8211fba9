"""Where a record stands as officers see it: one pure judgement, instant by instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from seminars.rules.situation import NEAR, REASONS, RecordFacts, RecordSituation, situation

DEADLINE = datetime(2026, 9, 3, 8, tzinfo=UTC)
LONG_BEFORE = DEADLINE - timedelta(days=60)
AFTER = DEADLINE + timedelta(microseconds=1)
RECORD = RecordFacts(
    id=1,
    call_id=1,
    side_id=1,
    state="draft",
    seminar_id=None,
    is_paired=False,
    deadline_at=DEADLINE,
    counterpart_deadline_at=DEADLINE,
    admitted_until=None,
    required_track="",
    track="",
)
PAIRED = replace(RECORD, seminar_id=7, is_paired=True)


def judged(
    record: RecordFacts,
    at: datetime,
    partner: RecordFacts | None = None,
    opened: bool | None = None,
    mismatching: bool = False,
) -> RecordSituation:
    return situation(record, partner, opened=opened, mismatching=mismatching, at=at)


@pytest.mark.parametrize(
    ("state", "admitted_until", "at", "expected"),
    [
        ("draft", None, DEADLINE, "draft"),
        ("draft", None, AFTER, "lapsed"),
        ("awaiting", None, DEADLINE, "awaiting"),
        ("awaiting", None, AFTER, "lapsed"),
        ("submitted", None, AFTER, "submitted"),
        ("withdrawn", None, AFTER, "withdrawn"),
        ("lapsed", None, LONG_BEFORE, "lapsed"),
        ("draft", AFTER, AFTER, "draft"),
        ("draft", AFTER, AFTER + timedelta(microseconds=1), "lapsed"),
    ],
)
def test_the_state_is_the_one_by_rule(state: str, admitted_until: datetime | None, at: datetime, expected: str) -> None:
    """R1, R21."""
    assert judged(replace(RECORD, state=state, admitted_until=admitted_until), at).state == expected


@pytest.mark.parametrize(
    ("record", "partner_state", "opened", "expected"),
    [
        (RECORD, None, None, "not_invited"),
        (RECORD, None, False, "invited"),
        (RECORD, None, True, "opened"),
        (replace(RECORD, seminar_id=7), None, None, "accepted"),
        (PAIRED, "draft", None, "confirmed"),
        (PAIRED, "submitted", None, "one_side"),
        (replace(PAIRED, state="submitted"), "draft", None, "one_side"),
        (replace(PAIRED, state="submitted"), "submitted", None, "complete"),
        (replace(RECORD, state="submitted"), None, True, "one_side"),
    ],
)
def test_the_step_follows_the_pair(
    record: RecordFacts, partner_state: str | None, opened: bool | None, expected: str
) -> None:
    partner = replace(PAIRED, id=2, state=partner_state) if partner_state else None
    assert judged(record, LONG_BEFORE, partner, opened).step == expected


@pytest.mark.parametrize(
    ("at", "urgent"),
    [
        (DEADLINE - NEAR - timedelta(microseconds=1), False),
        (DEADLINE - NEAR, True),
        (AFTER, True),
    ],
)
def test_a_record_submitted_alone_is_urgent_near_the_other_sides_deadline(at: datetime, urgent: bool) -> None:
    found = judged(replace(RECORD, state="submitted"), at)
    assert found.flags == ({"one_sided", "attention"} if urgent else {"one_sided"})
    assert found.reasons == (("one_sided",) if urgent else ())


def test_a_call_of_one_side_waits_for_nobody() -> None:
    found = judged(replace(RECORD, state="submitted", counterpart_deadline_at=None), AFTER)
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("state", "mismatching", "track", "expected"),
    [
        ("draft", True, "other", ("mismatching", "wrong_track")),
        ("submitted", True, "counterpart", ("mismatching",)),
        ("draft", False, "", ()),
        ("withdrawn", True, "other", ()),
        ("lapsed", True, "other", ()),
    ],
)
def test_what_is_wrong_matters_while_the_record_lives(
    state: str, mismatching: bool, track: str, expected: tuple[str, ...]
) -> None:
    record = replace(PAIRED, state=state, required_track="counterpart", track=track)
    partner = replace(PAIRED, id=2, state=state)
    found = judged(record, LONG_BEFORE, partner, mismatching=mismatching)
    assert found.reasons == expected
    assert ("mismatching" in found.flags) is mismatching
    assert ("wrong_track" in found.flags) is (track == "other")


def test_the_most_urgent_reason_comes_first() -> None:
    record = replace(PAIRED, state="draft", required_track="counterpart", track="other")
    found = judged(record, AFTER, replace(PAIRED, id=2, state="submitted"), mismatching=True)
    assert found.reasons == ("partner_alone", "mismatching", "wrong_track")
    assert found.urgency == 0
    assert judged(RECORD, LONG_BEFORE).urgency == len(REASONS)


def test_waiting_for_the_institution_and_a_late_admission_ask_for_attention() -> None:
    assert judged(replace(RECORD, state="awaiting"), LONG_BEFORE).reasons == ("awaiting",)
    admitted = replace(RECORD, admitted_until=AFTER + timedelta(days=1))
    assert judged(admitted, AFTER).reasons == ("admitted",)
    assert judged(admitted, LONG_BEFORE).reasons == ()

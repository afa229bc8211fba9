"""What officers look for in a call: where each record stands at an instant, and why it needs attention.

A partner's record counts here only once both coordinators have confirmed the pair: an officer may not learn
anything of the other half before that, not even by a number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from seminars.rules import deadline

NEAR = timedelta(days=7)
"""How long before the other side's deadline a record that was submitted alone is worth a call to its partner."""

REASONS = ("partner_alone", "mismatching", "one_sided", "wrong_track", "awaiting", "admitted")
"""Why a record needs attention, the most urgent first."""

UNFINISHED = ("draft", "awaiting")
LIVE = (*UNFINISHED, "submitted")


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What decides where a record stands; ``counterpart_deadline_at`` is the other side's, if there is one."""

    id: int
    call_id: int
    side_id: int
    state: str
    seminar_id: int | None
    is_paired: bool
    deadline_at: datetime
    counterpart_deadline_at: datetime | None
    admitted_until: datetime | None
    required_track: str
    track: str
    is_listed: bool = False
    """Whether the other half is a row of the other agency's list, which counts as filed (R3, R5)."""
    listed_track_is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class RecordSituation:
    """Where a record stands: the state that counts, the step of its pair, and all that is so about it.

    ``reasons`` are those that ask for attention, the most urgent first; ``urgency`` is lower the more urgent.
    """

    call_id: int
    side_id: int
    state: str
    step: str
    flags: frozenset[str]
    reasons: tuple[str, ...]

    @property
    def urgency(self) -> int:
        """The place of the first reason among all, after them when there is none."""
        return REASONS.index(self.reasons[0]) if self.reasons else len(REASONS)


def state_at(record: RecordFacts, at: datetime) -> str:
    """Return the state that counts: an unfinished record lapses at its last moment, task or no task (R21)."""
    on_time = deadline.is_on_time(at, record.deadline_at, record.admitted_until)
    return record.state if on_time or record.state not in UNFINISHED else "lapsed"


def _is_filed(record: RecordFacts, partner: RecordFacts | None) -> bool:
    """Say whether the other half is filed: a submitted record, or a row of the other agency's list."""
    return record.is_listed or (partner is not None and partner.state == "submitted")


def step_of(record: RecordFacts, partner: RecordFacts | None, opened: bool | None) -> str:
    """Return how far a pair has come; ``opened`` says whether a pending invitation was opened, None without one."""
    filed = (record.state == "submitted", _is_filed(record, partner))
    if any(filed):
        return "complete" if all(filed) else "one_side"
    if record.is_paired:
        return "confirmed"
    if record.seminar_id is not None:
        return "accepted"
    return "not_invited" if opened is None else "opened" if opened else "invited"


def situation(
    record: RecordFacts, partner: RecordFacts | None, *, opened: bool | None, mismatching: bool, at: datetime
) -> RecordSituation:
    """Return where ``record`` stands at ``at``; ``partner`` is the other half of a confirmed pair, if any."""
    state = state_at(record, at)
    partner_submitted = _is_filed(record, partner)
    late = not deadline.is_on_time(at, record.deadline_at)
    so = {
        "paired": record.is_paired,
        "one_sided": state == "submitted" and not partner_submitted,
        "mismatching": mismatching,
        "partner_alone": state == "lapsed" and partner_submitted,
        "wrong_track": record.listed_track_is_wrong
        or bool(record.required_track and record.track and record.track != record.required_track),
        "awaiting": state == "awaiting",
        "admitted": state in UNFINISHED and late,
    }
    flags = {name for name, is_so in so.items() if is_so}
    reasons = tuple(reason for reason in REASONS if so[reason]) if _needs_attention(record, state, so, at) else ()
    return RecordSituation(
        call_id=record.call_id,
        side_id=record.side_id,
        state=state,
        step=step_of(record, partner, opened),
        flags=frozenset({*flags, "attention"} if reasons else flags),
        reasons=reasons,
    )


def _needs_attention(record: RecordFacts, state: str, so: dict[str, bool], at: datetime) -> bool:
    other = record.counterpart_deadline_at
    return (
        so["partner_alone"]
        or so["awaiting"]
        or so["admitted"]
        or (so["one_sided"] and other is not None and at >= other - NEAR)
        or (state in LIVE and (so["mismatching"] or so["wrong_track"]))
    )

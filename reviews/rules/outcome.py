"""What two signatures make of a decision, and what an announcement would tell (R25, R26)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

SIDES = 2
NOT_SELECTED = "not_selected"
Outcome = tuple[str, int | None]
"""An outcome, and the rank on the reserve list where it has one."""


def settled(outcome: str, reserve_rank: int | None, words: Mapping[int, bool]) -> Outcome | None:
    """Return what holds for a pair (R25), or nothing while it is open.

    ``words`` says by side whether its officer refuses. One refusal is enough for “not selected”; anything else
    takes the word of both sides.
    """
    if any(words.values()):
        return NOT_SELECTED, None
    return (outcome, reserve_rank) if len(words) == SIDES else None


def digest(outcomes: Mapping[int, Outcome], letters: Mapping[str, int] | None = None) -> str:
    """Return a short mark of what would be told of each pair (by id), in which versions of the letters (by part).

    The same mark means the same outcomes in the same words.
    """
    lines = sorted(f"{pair}:{outcome}:{rank or ''}" for pair, (outcome, rank) in outcomes.items())
    lines += sorted(f"{part}:{version}" for part, version in (letters or {}).items())
    return sha256("\n".join(lines).encode()).hexdigest()


def is_outside(due_at: datetime, zones: Iterable[str], first: date, last: date) -> bool:
    """Say whether an instant falls, by any of the clocks, outside the days on which results are expected (R26)."""
    return any(not first <= due_at.astimezone(ZoneInfo(zone)).date() <= last for zone in zones)

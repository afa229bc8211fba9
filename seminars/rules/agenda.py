"""The picture of a day: where each session stands between the first hour and the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from seminars.rules.dossier import SessionFacts

FEWEST_HOURS = 6


@dataclass(frozen=True)
class Bar:
    """A session as a bar; ``left`` and ``width`` in percent of the day, ``lane`` from 0 for what runs in parallel."""

    session: SessionFacts
    left: float
    width: float
    lane: int


@dataclass(frozen=True)
class Picture:
    """A day; ``hours`` are the marks (hour, left in percent) below it."""

    bars: tuple[Bar, ...]
    lanes: int
    hours: tuple[tuple[int, float], ...]


def span(sessions: Iterable[SessionFacts]) -> tuple[int, int]:
    """Return the first and last full hour (0 to 24) between which all sessions lie, at least six hours apart."""
    sessions = list(sessions)
    first = min((session.starts.hour for session in sessions), default=9)
    last = max((-(-_minutes(session.ends) // 60) for session in sessions), default=first)
    last = min(max(last, first + FEWEST_HOURS), 24)
    return min(first, last - FEWEST_HOURS), last


def picture(sessions: Sequence[SessionFacts], hours: tuple[int, int]) -> Picture:
    """Draw one day's sessions between two hours; what overlaps gets a lane of its own."""
    first, last = hours
    length = (last - first) * 60
    lanes: list[time] = []
    bars = []
    for session in sorted(sessions, key=lambda session: (session.starts, session.ends)):
        lane = next((number for number, busy in enumerate(lanes) if busy <= session.starts), len(lanes))
        lanes[lane : lane + 1] = [session.ends]
        left = (_minutes(session.starts) - first * 60) / length * 100
        width = (_minutes(session.ends) - _minutes(session.starts)) / length * 100
        bars.append(Bar(session, left, width, lane))
    step = 1 if last - first <= FEWEST_HOURS else 2
    marks = tuple((hour, (hour - first) / (last - first) * 100) for hour in range(first, last + 1, step))
    return Picture(tuple(bars), len(lanes), marks)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute

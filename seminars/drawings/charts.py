"""The curves of a call over time: from counts by day to the geometry of a small drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 16, 28
MOST_LINES = 5


@dataclass(frozen=True)
class Day:
    """A day on which something happened: the numbers of that day, and so far."""

    on: date
    started: int
    submitted: int
    started_so_far: int
    submitted_so_far: int


@dataclass(frozen=True)
class Line:
    """A grid line: its place and the value it stands for."""

    at: float
    value: int | date


@dataclass(frozen=True)
class Chart:
    """Paths and places in a drawing of ``WIDTH`` by ``HEIGHT``; ``today_at`` is None outside its days."""

    started: str
    submitted: str
    submitted_area: str
    levels: tuple[Line, ...]
    months: tuple[Line, ...]
    deadline_at: float
    today_at: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    base: int = HEIGHT - BOTTOM


def days(started: Mapping[date, int], submitted: Mapping[date, int]) -> tuple[Day, ...]:
    """Return the days of either count in order, with the sums so far."""
    found: list[Day] = []
    starts = files = 0
    for on in sorted({*started, *submitted}):
        starts += started.get(on, 0)
        files += submitted.get(on, 0)
        found.append(Day(on, started.get(on, 0), submitted.get(on, 0), starts, files))
    return tuple(found)


def levels(most: int) -> tuple[int, ...]:
    """Return round numbers from 0 to at least ``most``, at most five of them, for the lines of a grid."""
    steps = (digit * 10**power for power in range(10) for digit in (1, 2, 5))
    step = next(step for step in steps if -(-max(most, 1) // step) < MOST_LINES)
    return tuple(range(0, step * -(-max(most, 1) // step) + 1, step))


def first_of_months(first_on: date, last_on: date) -> tuple[date, ...]:
    """Return the first days of months within two days, both included."""
    days_between = (first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1))
    return tuple(on for on in days_between if on.day == 1)


def chart(counted: Sequence[Day], *, first_on: date, last_on: date, deadline_on: date, today: date, most: int) -> Chart:
    """Return the curves of records started and submitted so far, from ``first_on`` to ``last_on``, a later day.

    Every event lies between. Charts that are compared have the same days, and the same ``most``, the highest
    number to fit in. The curves end at ``today``.
    """
    grid = levels(most)

    def across(on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - first_on).days / (last_on - first_on).days, 1)

    def up(number: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / grid[-1], 1)

    def path(numbers: Sequence[tuple[date, int]]) -> str:
        steps = [f"H{across(on)}V{up(number)}" for on, number in numbers]
        return f"M{across(first_on)} {up(0)}{''.join(steps)}H{across(min(today, last_on))}"

    submitted = path([(day.on, day.submitted_so_far) for day in counted])
    return Chart(
        started=path([(day.on, day.started_so_far) for day in counted]),
        submitted=submitted,
        submitted_area=f"{submitted}V{up(0)}Z",
        levels=tuple(Line(up(number), number) for number in grid),
        months=tuple(Line(across(on), on) for on in first_of_months(first_on, last_on)),
        deadline_at=across(deadline_on),
        today_at=across(today) if first_on <= today < last_on else None,
    )

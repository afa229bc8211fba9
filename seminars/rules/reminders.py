"""When a reminder goes out: its step from a date, and the quiet hours of whoever gets it (R21, R26, R29, I20)."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WAKING, SLEEPING = time(8), time(20)
"""Between these two moments of a working day, both included, a reminder disturbs nobody."""
TOGETHER = timedelta(hours=1)
"""What one person is to get within this time is one message."""
PUNCTUAL = timedelta(hours=1)
"""What is sent this long after it was due is overdue, as after an outage: quiet hours then count anew."""
DAY = timedelta(days=1)
LONGEST = 400
"""The most days before or after its date that a reminder may be."""
MOST_STEPS = 8
STEP = re.compile(r"([+-]?)(\d{1,4})(d|j|日|h|時間)")
APART_UNIT = re.compile(r"(?<=\d)\s+(?=[dhj日時])")


class NotASchedule(ValueError):
    """A text is no list of steps: ``args[0]`` is the part that cannot be read, or "" where there are too many."""


@dataclass(frozen=True)
class Calendar:
    """The working life of one person: the clock they live by, and which days of theirs are public holidays."""

    zone: ZoneInfo
    is_holiday: Callable[[date], bool]

    def is_working_day(self, on: date) -> bool:
        """Say whether ``on`` is neither a weekend nor a holiday."""
        return on.weekday() < 5 and not self.is_holiday(on)

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether ``moment`` is night, weekend or holiday there."""
        local = moment.astimezone(self.zone)
        return not (self.is_working_day(local.date()) and WAKING <= local.time() <= SLEEPING)

    def before(self, moment: datetime) -> datetime:
        """Return ``moment``, or the last one before it that is not quiet, at the same time of day where that is."""
        if not self.is_quiet(moment):
            return moment
        local = moment.astimezone(self.zone)
        on, clock = local.date(), min(local.time(), SLEEPING)
        if clock < WAKING:
            on, clock = on - DAY, SLEEPING
        while not self.is_working_day(on):
            on -= DAY
        return self._at(on, clock)

    def after(self, moment: datetime) -> datetime:
        """Return ``moment``, or the first one after it that is not quiet."""
        if not self.is_quiet(moment):
            return moment
        local = moment.astimezone(self.zone)
        on = local.date() if local.time() < WAKING else local.date() + DAY
        while not self.is_working_day(on):
            on += DAY
        return self._at(on, WAKING)

    def _at(self, on: date, clock: time) -> datetime:
        return datetime.combine(on, clock, self.zone).astimezone(UTC)


def step_at(anchor_at: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """Return the instant ``hours`` after ``anchor_at``, before it where negative.

    Whole days keep the time of day by the clocks of ``zone``, summer time or not.
    """
    if hours % 24:
        return anchor_at + timedelta(hours=hours)
    local = anchor_at.astimezone(zone)
    return (local.replace(tzinfo=None) + timedelta(hours=hours)).replace(tzinfo=zone).astimezone(UTC)


def due_at(anchor_at: datetime, hours: int, calendar: Calendar, *, since: datetime | None = None) -> datetime:
    """Return when the step ``hours`` from ``anchor_at`` is to be sent to somebody who lives by ``calendar``.

    Out of quiet time it is moved earlier, as long as that at most doubles the notice; nearer to the date it keeps its
    own moment. Where its reason began later than that (``since``), it goes as soon as it may from then on, if that
    leaves half of the notice. After the date it is moved later: nothing is missed then.
    """
    planned_at = step_at(anchor_at, hours, calendar.zone)
    if hours >= 0:
        return calendar.after(planned_at)
    earlier = calendar.before(planned_at)
    if since is not None and earlier < since:
        later = calendar.after(since)
        return later if anchor_at - later >= (anchor_at - planned_at) / 2 else planned_at
    return earlier if planned_at - earlier <= anchor_at - planned_at else planned_at


def digest_at(due: datetime, calendar: Calendar) -> datetime:
    """Return the morning whose digest holds what is due at ``due``: the last one that has begun by then."""
    local = due.astimezone(calendar.zone)
    on = local.date() if local.time() >= WAKING else local.date() - DAY
    while not calendar.is_working_day(on):
        on -= DAY
    return datetime.combine(on, WAKING, calendar.zone).astimezone(UTC)


def may_go(due: datetime, anchor_at: datetime, hours: int, calendar: Calendar, at: datetime) -> bool:
    """Say whether what was due at ``due`` may go out at ``at``.

    On time it always may. Overdue, it waits for the end of quiet time, unless its date comes before that.
    """
    if at - due < PUNCTUAL or not calendar.is_quiet(at):
        return True
    return hours < 0 and at < anchor_at <= calendar.after(at)


def read_steps(text: str) -> tuple[int, ...]:
    """Return the steps that a text such as ``-30d -7d -3h +1d`` lists, as hours in their order.

    Days are d, j or 日, hours h or 時間. Raises NotASchedule.
    """
    found = set()
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").casefold()
    for part in re.split(r"[\s,、;]+", APART_UNIT.sub("", plain).strip()):
        if not part:
            continue
        read = STEP.fullmatch(part)
        if read is None:
            raise NotASchedule(part)
        hours = int(read[2]) * (1 if read[3] in ("h", "時間") else 24) * (-1 if read[1] == "-" else 1)
        if abs(hours) > LONGEST * 24:
            raise NotASchedule(part)
        found.add(hours)
    if len(found) > MOST_STEPS:
        raise NotASchedule("")
    return tuple(sorted(found))


def written(steps: Iterable[int]) -> str:
    """Return steps as ``read_steps`` reads them."""
    return " ".join(f"{hours // 24:+d}d" if hours % 24 == 0 else f"{hours:+d}h" for hours in sorted(steps))

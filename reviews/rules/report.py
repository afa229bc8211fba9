"""R29: when the final report of a seminar is due, and what it needs before it can be handed in."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

NARRATIVE = (200, 6000)
FOLLOW_UP = (1, 4000)
PUBLIC = (200, 3000)
MOST_PEOPLE = 500
PUBLICATIONS = 40
CITATION = 600
DOI_LENGTH = 200
RECEIPTS = 60
"""How many receipts each side may keep with a report."""
PHOTOS = 12
PDFS = 3
SECTIONS = ("facts", "narrative", "attendance", "publications", "spending")
"""The sections that are signed for, in their order."""

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"{}|\\^`]+")
DOI_PREFIX = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
DOI_TAIL = ".,;:"


def due_on(last_day: date, days: int) -> date:
    """Return the last day for the report: ``days`` after the seminar's last one (R29)."""
    return last_day + timedelta(days=days)


def due_at(on: date, zones: Iterable[str]) -> datetime:
    """Return the instant (UTC) at which the day ``on`` is over in the last of ``zones``, or in UTC."""
    ends = [datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone)) for zone in zones]
    return max(ends, default=datetime.combine(on + timedelta(days=1), time(), UTC)).astimezone(UTC)


def today_in(zones: Iterable[str], at: datetime) -> date:
    """Return the day it is at ``at`` where it is earliest in ``zones``: a day is over once it is over everywhere."""
    return min((at.astimezone(ZoneInfo(zone)).date() for zone in zones), default=at.astimezone(UTC).date())


def is_over(last_day: date, zones: Iterable[str], at: datetime) -> bool:
    """Say whether the seminar's last day has passed at ``at``, in every one of ``zones``."""
    return today_in(zones, at) > last_day


def is_late(last_day: date, days: int, zones: Iterable[str], at: datetime) -> bool:
    """Say whether a report handed in at ``at`` is late: that is flagged, and accepted all the same (R29)."""
    return at >= due_at(due_on(last_day, days), zones)


def tidy_doi(text: str) -> str:
    """Return a DOI without its address or prefix, in lower case; "" for nothing. Raises ValueError for what is none.

    Only its form is checked: 10, a registrant of four to nine digits, a slash, and a name without spaces.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = DOI_PREFIX.sub("", plain).rstrip(DOI_TAIL)
    if not plain:
        return ""
    if len(plain) > DOI_LENGTH or not DOI.fullmatch(plain):
        raise ValueError(text)
    return plain.lower()


@dataclass(frozen=True)
class SideFacts:
    """What a report says of one side.

    ``writes`` is whether a coordinator of the side has a record here: a half known from a list has none, and its money
    is not reported here. ``open_lines`` counts the planned lines without an amount. ``approved`` is None where the
    side's agency grants nothing through this application.
    """

    key: str
    writes: bool
    attended: int | None = None
    young: int | None = None
    statutory: int | None = None
    open_lines: int = 0
    spent: Decimal = Decimal(0)
    approved: Decimal | None = None
    spending_note: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """What the rules need to know of a report."""

    start_on: date | None
    end_on: date | None
    venue: Sequence[str]
    """Name, city and country."""
    narrative: str
    follow_up: str
    sides: Sequence[SideFacts]


@dataclass(frozen=True)
class Lack:
    """What stands in the way of handing in: its code, the section to mend it in, and the side it is about, or ""."""

    code: str
    section: str
    side: str = ""


def _dates(facts: ReportFacts, today: date) -> Iterable[Lack]:
    if facts.start_on is None or facts.end_on is None:
        yield Lack("dates", "facts")
    elif facts.end_on < facts.start_on:
        yield Lack("dates_order", "facts")
    elif facts.end_on >= today:
        yield Lack("not_over", "facts")
    if not all(facts.venue):
        yield Lack("venue", "facts")


def _length(text: str, bounds: tuple[int, int]) -> str:
    if not text:
        return "missing"
    return "short" if len(text) < bounds[0] else "long" if len(text) > bounds[1] else ""


def _people(side: SideFacts) -> Iterable[Lack]:
    counts = (side.attended, side.young, side.statutory)
    if None in counts:
        yield Lack("attendance", "attendance", side.key)
    elif max(side.young or 0, side.statutory or 0) > (side.attended or 0):
        yield Lack("more_than_all", "attendance", side.key)


def _money(side: SideFacts) -> Iterable[Lack]:
    if not side.writes:
        return
    if side.open_lines:
        yield Lack("spending", "spending", side.key)
    elif side.approved is not None and side.spent > side.approved and not side.spending_note:
        yield Lack("above_approved", "spending", side.key)


def check(facts: ReportFacts, today: date) -> tuple[Lack, ...]:
    """Return everything that a report still lacks on ``today``, by section (R29, R16)."""
    found = list(_dates(facts, today))
    if code := _length(facts.narrative, NARRATIVE):
        found.append(Lack(f"narrative_{code}", "narrative"))
    if code := _length(facts.follow_up, FOLLOW_UP):
        found.append(Lack(f"follow_up_{code}", "narrative"))
    for side in facts.sides:
        found += [*_people(side), *_money(side)]
    return tuple(sorted(found, key=lambda lack: SECTIONS.index(lack.section)))


def is_publishable(text: str) -> bool:
    """Say whether a public summary is neither too short nor too long to be agreed to."""
    return PUBLIC[0] <= len(text) <= PUBLIC[1]

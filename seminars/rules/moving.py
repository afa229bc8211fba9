"""Moving a call's dates and words to another year: what is proposed for a copy, for an officer to correct."""

import re
from datetime import date, timedelta

LONGEST_CODE = 40


def same_day(on: date, years: int) -> date:
    """Return the same day of the same month ``years`` later; the last of February stays the last."""
    if (on + timedelta(days=1)).month == 3 and on.month == 2:
        return date(on.year + years, 3, 1) - timedelta(days=1)
    return on.replace(year=on.year + years)


def same_weekday(on: date, years: int) -> date:
    """Return the nearest day to the same date ``years`` later that falls on the same day of the week.

    A deadline on a Thursday stays on a Thursday, at most three days off.
    """
    moved = same_day(on, years)
    off = (on.weekday() - moved.weekday()) % 7
    return moved + timedelta(days=off if off <= 3 else off - 7)


def same_words(text: str, known: frozenset[int], years: int) -> str:
    """Return ``text`` with each of the ``known`` years ``years`` later, all at once: 2026 and 2027 both move."""
    return re.sub(r"(?<!\d)\d{4}(?!\d)", lambda found: _moved(found[0], known, years), text)


def _moved(digits: str, known: frozenset[int], years: int) -> str:
    return str(int(digits) + years) if int(digits) in known else digits


def next_code(code: str, year: int, years: int) -> str:
    """Return the code of a copy: the year in it moved, or the new year put behind it."""
    moved = same_words(code, frozenset({year}), years)
    end = f"-{year + years}"
    return moved if moved != code else f"{code[: LONGEST_CODE - len(end)]}{end}"

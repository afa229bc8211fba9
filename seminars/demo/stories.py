"""Reading the cast and its stories."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Story:
    """One project: who, what, and what happened, in the order in which it did."""

    call: str
    pair: tuple[str, str]
    title: tuple[str, str, str]
    keywords: tuple[str, ...]
    areas: tuple[str, ...]
    dates: tuple[Any, Any]
    venue: tuple[str, str]
    question: str
    approach: str
    prospect: str
    plot: tuple[str, ...]
    decided: dict[str, str] = field(default_factory=dict)
    """What each agency's officer decides on eligibility once the deadline has passed, by country."""

    def days(self, window_start_on: date) -> tuple[date, date]:
        """Return the first and the last day; stories of the open call count from the start of its window."""
        first, last = (
            window_start_on + timedelta(days=day) if isinstance(day, int) else date.fromisoformat(day)
            for day in self.dates
        )
        return first, last


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def stories() -> tuple[Story, ...]:
    """Return all stories, in the order of the file."""
    entries = tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))["stories"]
    return tuple(Story(**_tuples(entry)) for entry in entries)


def people() -> dict[str, Any]:
    """Return the file of people: ``people``, ``officers`` and ``guests``."""
    return tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))

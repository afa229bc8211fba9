"""Reading the past call of the demonstration: the call of 2026 two years earlier, and what became of its pairs."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from seminars.actions.call_files import load_call
from seminars.demo.stories import Story, stories
from seminars.imports.calls import DATA, read_call
from seminars.models import Call

FILE = Path(__file__).parent / "past.toml"


@dataclass(frozen=True)
class Ending:
    """A pair of the past call: its story up to filing, what it is worth to each side, and what was decided."""

    story: Story
    merit: dict[str, float]
    outcome: str

    @property
    def key(self) -> str:
        """The key of the pair: its French coordinator's, and the year's."""
        return f"{self.story.pair[0]}-2024"


def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def load_past(at: datetime) -> Call:
    """Load the call and return it."""
    own = _file()
    data = read_call(DATA / own.pop("based_on")) | own
    days = data.pop("deadlines")
    del data["stories"]
    for side in data["sides"]:
        side |= {"deadline_on": days[side["agency"]], "deadline_confirmed": True}
    return load_call(data, by=None, at=at).call


def endings() -> tuple[Ending, ...]:
    """Return the pairs of the past call, best told with the words of the stories of the same two people."""
    own = _file()
    known = {story.pair: story for story in reversed(stories())}
    return tuple(
        Ending(
            story=Story(
                **{
                    **vars(known[tuple(entry["pair"])]),
                    "call": own["code"],
                    "title": tuple(entry["title"]),
                    "dates": tuple(entry["dates"]),
                    "plot": PLOT,
                    "decided": {},
                }
            ),
            merit={country: float(value) for country, value in entry["merit"].items()},
            outcome=entry["outcome"],
        )
        for entry in own["stories"]
    )


PLOT = ("fr", "invite", "open", "accept", "confirm", "jp", "fr-submits", "jp-sends", "approves")

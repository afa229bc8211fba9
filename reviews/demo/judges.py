"""Who judges in the demonstration, how they score and what they write: always the same from one run to the next."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from reviews.actions.review import CANNOT_JUDGE, Judgement
from reviews.choices import Recommendation
from reviews.models.review import HIGHEST, LOWEST
from seminars.models import Criterion

HERE = Path(__file__).parent
LIKED, FAIR = 3.7, 2.9
"""From which mean score on a proposal is liked, or at least found fair."""
MOODS = (-0.9, -0.4, 0.0, 0.0, 0.3, 0.8)
SELDOM = 23


@dataclass(frozen=True)
class Judge:
    """Somebody who reviews or chairs for an agency. ``person`` is the entry of the file, ``bias`` the strictness."""

    key: str
    agency: str
    person: dict[str, Any]
    chairs: bool
    areas: tuple[str, ...]
    keywords: tuple[str, ...]
    load: int
    bias: float

    @property
    def language(self) -> str:
        """The language this person writes in."""
        return "ja" if "kanji" in self.person else "fr"


def _file() -> dict[str, Any]:
    return tomllib.loads((HERE / "judges.toml").read_text(encoding="utf-8"))


def judges() -> tuple[Judge, ...]:
    """Return everybody who judges, in the order of the file."""
    return tuple(
        Judge(
            key=person["key"],
            agency=person["agency"],
            person=person,
            chairs=person.get("role") == "chair",
            areas=tuple(person.get("areas", ())),
            keywords=tuple(person.get("keywords", ())),
            load=person.get("load", 0),
            bias=person.get("bias", 0.0),
        )
        for person in _file()["people"]
    )


class Words:
    """What the judges write: one block of each list, in turn, so that no two reviews of a pair read alike."""

    def __init__(self) -> None:
        """Read the file."""
        self._lists: dict[str, dict[str, list[str]]] = _file()["words"]

    def of(self, judge: Judge, pair: str, mean: float, place: int) -> tuple[str, str]:
        """Return the comment for the coordinators and the one for the panel; ``place`` is the reviewer's number."""
        lists = self._lists[judge.language]
        liking = "high" if mean >= LIKED else "middle" if mean >= FAIR else "low"
        turn = crc32(pair.encode()) + place
        parts = {name: lists[name][turn % len(lists[name])] for name in (liking, "advice", "panel")}
        return f"{parts[liking]}\n\n{parts['advice']}", parts["panel"]


def judgement(
    judge: Judge, pair: str, merit: float, criteria: Sequence[Criterion], *, words: Words, place: int
) -> Judgement:
    """Return what ``judge`` enters about a pair (by the key of its story) that is worth ``merit`` of 1 to 5."""
    scores = {}
    for criterion in criteria:
        luck = crc32(f"{judge.key} {pair} {criterion.code}".encode())
        value = round(merit + judge.bias + MOODS[luck % len(MOODS)])
        scores[criterion.pk] = CANNOT_JUDGE if luck % SELDOM == 0 else max(LOWEST, min(HIGHEST, value))
    given = [value for value in scores.values() if value != CANNOT_JUDGE]
    mean = sum(given) / len(given)
    recommendation = (
        Recommendation.FUND if mean >= LIKED else Recommendation.RESERVE if mean >= FAIR else Recommendation.REJECT
    )
    coordinators, panel = words.of(judge, pair, mean, place)
    return Judgement(scores, coordinators, panel, recommendation.value)

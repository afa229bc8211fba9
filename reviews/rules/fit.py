"""How well a reviewer's topics fit a pair: shared areas, and keywords that overlap once they are written alike."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

AREA, KEYWORD, WORD = 4, 3, 1
"""Points of an area of the call in common, of a whole keyword in common, and of a word in common otherwise."""
SHORTEST = 3
"""A Latin word of fewer letters says nothing by itself."""


@dataclass(frozen=True)
class Topics:
    """What somebody knows or something is about: ids of the call's areas, and keywords as ``topics_of`` writes them."""

    areas: frozenset[int] = frozenset()
    keywords: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def normal(keyword: str) -> str:
    """Return a keyword as it is compared: width, capitals, accents, hyphens and spaces aside; kana keep their marks."""
    text = unicodedata.normalize("NFKD", keyword).casefold()
    kept = "".join(sign for sign in text if not "\u0300" <= sign <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", kept).replace("-", " ").replace("‐", " ").split())


def topics_of(areas: Collection[int], keywords: Iterable[str]) -> Topics:
    """Return topics ready to be compared. A word of a keyword in Latin letters counts alone, its plural s aside."""
    whole = frozenset(filter(None, map(normal, keywords)))
    words = (word.removesuffix("s") for keyword in whole for word in keyword.split())
    return Topics(frozenset(areas), whole, frozenset(word for word in words if len(word) >= SHORTEST))


def fit(reviewer: Topics, pair: Topics) -> int:
    """Return the points of a reviewer for a pair: 0 where nothing is in common, more where more is."""
    keywords = reviewer.keywords & pair.keywords
    told = {word.removesuffix("s") for keyword in keywords for word in keyword.split()}
    words = (reviewer.words & pair.words) - told
    return AREA * len(reviewer.areas & pair.areas) + KEYWORD * len(keywords) + WORD * len(words)

"""How the officers' pages write candidates."""

from typing import Any

from django import template

from seminars import matching_words
from seminars.rules.evidence import Reason

register = template.Library()


@register.filter
def reason_words(reason: Reason) -> str:
    """Write one piece of evidence: ``{{ reason|reason_words }}``."""
    return matching_words.reason(reason)


@register.filter
def points(reason: Reason) -> str:
    """Write the points of a piece of evidence with their sign: ``+28``, ``−12``."""
    return f"+{reason.points}" if reason.points >= 0 else f"−{-reason.points}"


@register.inclusion_tag("seminars/desk/_band.html")
def band(name: str, score: int | None = None) -> dict[str, Any]:
    """Write a band with its mark, and the score: ``{% band candidate.band candidate.score %}``."""
    return {"label": matching_words.BANDS[name], "mark": matching_words.MARKS[name], "score": score}

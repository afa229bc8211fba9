"""How the officers' pages write candidates."""

from typing import Any

from django import template

from seminars.queries.reconciliation import NONE
from seminars.rules.evidence import Reason
from seminars.rules.matching import Candidate
from seminars.words import matching

register = template.Library()


@register.filter
def reason_words(reason: Reason) -> str:
    """Write one piece of evidence: ``{{ reason|reason_words }}``."""
    return matching.reason(reason)


@register.filter
def points(reason: Reason) -> str:
    """Write the points of a piece of evidence with their sign: ``+28``, ``−12``."""
    return matching.points(reason)


@register.inclusion_tag("seminars/desk/_band.html")
def band(candidate: Candidate | None) -> dict[str, Any]:
    """Write the band of a candidate with its mark, its score, and why it is not sure: ``{% band offer.candidate %}``.

    Without a candidate it says that there is none.
    """
    name = candidate.band if candidate else NONE
    return {
        "label": matching.BANDS[name],
        "mark": matching.MARKS[name],
        "score": candidate.score if candidate else None,
        "held_back": matching.HELD_BACK.get(candidate.held_back, "") if candidate else "",
    }

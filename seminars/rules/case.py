"""The narrative for the criteria: each part present and within its bounds."""

from seminars.rules import bounds
from seminars.rules.dossier import Dossier, Violation
from seminars.rules.facts import check_length

PARTS = ("objectives", "cooperation", "novelty", "added_value", "feasibility")


def check(dossier: Dossier) -> tuple[Violation, ...]:
    """Return the parts of the scientific case that are missing, too short or too long."""
    return tuple(
        violation
        for part in PARTS
        for violation in check_length(dossier.narrative.get(part, ""), bounds.NARRATIVE, "case", part)
    )

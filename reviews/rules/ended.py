"""A report as it was handed in, once its period has ended: its people are out, what was decided stays."""

from collections.abc import Callable, Mapping
from typing import Any

Nameless = Callable[[str], str]
SIGNED = "–"
"""What stands where a signature named somebody."""


def without_people(snapshot: Mapping[str, Any], nameless: Nameless) -> dict[str, Any]:
    """Return a frozen report without its people; ``nameless`` takes names out of a text.

    Dates, venue, numbers of participants, amounts, and the fingerprints of files stay; publications keep their DOI.
    """
    return {
        **snapshot,
        "narrative": nameless(snapshot["narrative"]),
        "follow_up": nameless(snapshot["follow_up"]),
        "publications": [{**one, "citation": citation_after(one["doi"])} for one in snapshot["publications"]],
        "sides": [_side(side, nameless) for side in snapshot["sides"]],
        "files": [{**file, "name": "", "alt": "", "credit": ""} for file in snapshot["files"]],
    }


def citation_after(doi: str) -> str:
    """Return what stands in place of a citation, which names its authors: nothing beside a DOI, else a dash."""
    return "" if doi else "–"


def _side(side: Mapping[str, Any], nameless: Nameless) -> dict[str, Any]:
    money = side["money"]
    if money:
        lines = [{**line, "whom": ""} for line in money["lines"]]
        money = {**money, "lines": lines, "note": nameless(money["note"])}
    return {**side, "money": money, "signed_by": SIGNED if side["signed_by"] else None}

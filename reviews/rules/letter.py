"""What may stand in braces in the letters that tell an outcome (R26)."""

from collections.abc import Collection

from seminars.rules.placeholders import unknown

SUBJECT, RESERVE = "subject", "reserve"
IN_SUBJECT = ("name", "title", "number", "agency")
IN_BODY = (*IN_SUBJECT, "criteria", "comments")
TELLING = ("rank", "criteria", "comments")
"""What tells an outcome, or hints at one: a subject is read over shoulders and on lock screens."""


def names_of(part: str) -> tuple[str, ...]:
    """Return the placeholders of a part of the letters; only the reserve list has ranks."""
    if part == SUBJECT:
        return IN_SUBJECT
    return (*IN_BODY, "rank") if part == RESERVE else IN_BODY


def telling(part: str, text: str) -> Collection[str]:
    """Return what stands in braces in a subject and would tell the outcome."""
    return [name for name in unknown(text, IN_SUBJECT) if part == SUBJECT and name in TELLING]


def strange(part: str, text: str) -> Collection[str]:
    """Return what stands in braces in a part of the letters and means nothing there."""
    told = telling(part, text)
    return [name for name in unknown(text, names_of(part)) if name not in told]

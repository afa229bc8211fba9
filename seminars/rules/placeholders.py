"""Words in braces that officers may use in a message to coordinators, and nothing else in braces."""

import re
from collections.abc import Collection, Mapping

NAMES = ("name", "title", "number", "agency", "deadline", "link")
IN_SUBJECT = ("name", "title", "number", "agency", "deadline")
PLACEHOLDER = re.compile(r"\{([^{}\n]{1,40})\}")


def unknown(text: str, known: Collection[str] = NAMES) -> tuple[str, ...]:
    """Return what stands in braces in ``text`` and is not a placeholder, each once, in order."""
    return tuple(dict.fromkeys(name for name in PLACEHOLDER.findall(text) if name not in known))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with each placeholder replaced once; what a value says is never read as a placeholder."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)

"""What an attached file may be called."""

import re

from accounts.rules.text import FORBIDDEN, normalise, one_line

SUFFIX = ".pdf"
LONGEST = 200


def has_suffix(name: str, suffix: str = SUFFIX) -> bool:
    """Say whether a file's name ends as a PDF's does, or in another suffix, whatever the capitals."""
    return name.casefold().endswith(suffix)


def tidy(name: str, suffix: str = SUFFIX) -> str:
    """Return a file's name as it is kept and offered again: one line, nothing hidden in it, no folder, at most 200.

    Control and bidirectional characters go silently, for nobody typed them as a text. The ending, ``.pdf`` or
    ``suffix``, stays.
    """
    name = FORBIDDEN.sub("", normalise(re.split(r"[/\\]", name)[-1]))
    stem = one_line(name[: -len(suffix)] if has_suffix(name, suffix) else name).strip(". ")
    return f"{stem[: LONGEST - len(suffix)] or 'document'}{suffix}"


def dossier_name(number: str, version: str, language: str) -> str:
    """Return what a dossier is called on any system: letters, digits and hyphens, nothing of what people typed."""
    words = [number, *([version] if version != "full" else []), language]
    return "-".join(re.sub(r"[^A-Za-z0-9]+", "-", word).strip("-") for word in words) + SUFFIX

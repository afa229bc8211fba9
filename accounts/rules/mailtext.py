"""Reading the plain text of a mail, so that its HTML says exactly the same."""

import re
from dataclasses import dataclass

LINK = re.compile(r"https?://[^\s<>\"'、。）)]+[^\s<>\"'、。）).,;:!?]")


LONGEST_NAME = 45


@dataclass(frozen=True)
class Piece:
    """A run of text, or a link when ``url`` says so."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph: its lines, each of pieces. ``kind`` is text, button (one named link) or list."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


def is_ours(url: str, site: str) -> bool:
    """Say whether ``url`` leads to ``site``, an address without a final slash."""
    return url == site or url.startswith(f"{site}/")


def pieces(line: str, site: str) -> tuple[Piece, ...]:
    """Split ``line`` into text and links to ``site``; other addresses, which somebody typed, stay text (I9)."""
    found = []
    start = 0
    for match in LINK.finditer(line):
        if not is_ours(match.group(), site):
            continue
        if match.start() > start:
            found.append(Piece(line[start : match.start()]))
        found.append(Piece(match.group(), match.group()))
        start = match.end()
    if start < len(line):
        found.append(Piece(line[start:]))
    return tuple(found)


def blocks(text: str, site: str) -> tuple[Block, ...]:
    """Split ``text`` at its empty lines into paragraphs; links are those to ``site``.

    A link on a line of its own, under at most one short line that names it, is a button; lines that all begin with a
    hyphen are a list.
    """
    found = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = paragraph.strip().split("\n")
        *names, url = (line.strip() for line in lines)
        if LINK.fullmatch(url) and is_ours(url, site) and len(names) <= 1 and len("".join(names)) <= LONGEST_NAME:
            name = "".join(names).rstrip(" :：")
            found.append(Block("button", ((Piece(name or url, url),),)))
        elif all(line.startswith(("- ", "・")) for line in lines):
            found.append(
                Block("list", tuple(pieces(line.removeprefix("- ").removeprefix("・"), site) for line in lines))
            )
        else:
            found.append(Block("text", tuple(pieces(line, site) for line in lines)))
    return tuple(found)


def tidy(text: str) -> str:
    """Return ``text`` without trailing spaces or more than one empty line in a row, as templates leave them."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)

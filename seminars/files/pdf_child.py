"""Reads one PDF from standard input, in a process of its own with little memory and little time.

Answers one JSON object: ``{"pages": 3}``, or ``{"refused": "javascript"}`` with a code of ``pdf_check.REFUSALS``.
It is run as a script and imports nothing of the project.
"""

import io
import json
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

MEMORY = 768 * 1024 * 1024
SECONDS = 8
UNPACKED = 600 * 1024 * 1024
PIECE = 4 * 1024 * 1024
PAGES = 1000

KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/XFA": "javascript",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
}
NAMED = {
    ("/S", "/JavaScript"): "javascript",
    ("/S", "/Launch"): "launch",
    ("/S", "/ImportData"): "launch",
    ("/S", "/SubmitForm"): "launch",
    ("/S", "/GoToE"): "embedded",
    ("/S", "/Rendition"): "media",
    ("/S", "/RichMediaExecute"): "media",
    ("/Type", "/EmbeddedFile"): "embedded",
    ("/Subtype", "/FileAttachment"): "embedded",
    ("/Subtype", "/RichMedia"): "media",
    ("/Subtype", "/Screen"): "media",
    ("/Subtype", "/Movie"): "media",
    ("/Subtype", "/3D"): "media",
}
# Most objects name none of these: reading them as text first is some ten times faster.
SUSPECT = re.compile("|".join(sorted({*KEYS, *(value for _, value in NAMED)})).encode())


class Refused(Exception):
    """The file is not accepted; ``args[0]`` is the code."""


def containers(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield ``top`` and every array and dictionary written inside it, but not what it only refers to."""
    waiting = [top]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, pikepdf.Array | pikepdf.Dictionary):
            continue
        yield found
        inner = list(found) if isinstance(found, pikepdf.Array) else list(dict(found.items()).values())
        waiting += [item for item in inner if isinstance(item, pikepdf.Object) and not item.is_indirect]


def refuse_active(found: pikepdf.Object) -> None:
    """Raise Refused when a dictionary is, or holds, something that acts: scripts, programs, other files, media."""
    if isinstance(found, pikepdf.Array):
        return
    names = found.keys()
    for key, code in KEYS.items():
        if key in names:
            raise Refused(code)
    for (key, value), code in NAMED.items():
        if key in names and str(found[key]) == value:
            raise Refused(code)


def filters(stream: pikepdf.Stream) -> list[str]:
    """Return the names of a stream's filters, the outermost first."""
    named: Any = stream.get("/Filter", [])
    return [str(name) for name in named] if isinstance(named, pikepdf.Array | list) else [str(named)]


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what deflated ``data`` holds, piece by piece; broken data simply ends."""
    unpacker = zlib.decompressobj()
    try:
        while data and not unpacker.eof:
            yield unpacker.decompress(data, PIECE)
            data = unpacker.unconsumed_tail
    except zlib.error:
        return


def unpacked_size(stream: pikepdf.Stream, room: int) -> int:
    """Return how many bytes a deflated stream holds, deflated twice included; stop soon after ``room`` is used."""
    depth = 0
    for name in filters(stream):
        if name not in ("/FlateDecode", "/Fl"):
            break
        depth += 1
    if depth == 0:
        return 0
    data, size = stream.read_raw_bytes(), 0
    for level in range(depth):
        kept = bytearray()
        for piece in unpacked(data):
            size += len(piece)
            if size > room:
                return size
            if level + 1 < depth:
                kept += piece
        data = bytes(kept)
    return size


def pages_of(data: bytes) -> int:
    """Return the number of pages of a PDF that is whole, open, harmless and of reasonable size; else raise Refused."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            size = 0
            for top in (pdf.trailer, *pdf.objects):
                is_stream = isinstance(top, pikepdf.Stream)
                written = top.stream_dict if is_stream else top
                if SUSPECT.search(written.unparse(resolved=True)):
                    for found in containers(written):
                        refuse_active(found)
                if is_stream:
                    size += unpacked_size(top, UNPACKED - size)
                    if size > UNPACKED:
                        raise Refused("heavy")
            pages = len(pdf.pages)
    except pikepdf.PasswordError as locked:
        raise Refused("encrypted") from locked
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as broken:
        raise Refused("damaged") from broken
    if pages == 0:
        raise Refused("empty")
    if pages > PAGES:
        raise Refused("many_pages")
    return pages


def main() -> None:
    """Check standard input and write the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: dict[str, object]
    try:
        answer = {"pages": pages_of(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except (MemoryError, RecursionError):
        answer = {"refused": "heavy"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

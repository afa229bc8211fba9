"""Asking whether a file is a PDF that can be kept, without opening it in this process (SAFETY 11)."""

import json
from pathlib import Path

import filetype

from seminars.files.child import answer_of

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS = 20
REFUSALS = frozenset(
    {"damaged", "embedded", "empty", "encrypted", "heavy", "javascript", "launch", "many_pages", "media"}
)


class NotAccepted(Exception):
    """The file cannot be kept: ``code`` says why, ``kind`` what it looks like instead of a PDF ("png"), or "".

    Codes: those of REFUSALS, ``not_pdf``, and ``unchecked`` when the check itself failed.
    """

    def __init__(self, code: str, kind: str = "") -> None:
        super().__init__(code)
        self.code, self.kind = code, kind


def pages_of(data: bytes) -> int:
    """Return the number of pages of a PDF without password, scripts, programs, media or other files in it.

    The file is read by a process of its own, with little memory and little time. Raises NotAccepted.
    """
    if not data.startswith(b"%PDF-"):
        kind = filetype.guess(data[:8192])
        raise NotAccepted("not_pdf", kind.extension if kind and kind.extension != "pdf" else "")
    answered = answer_of(CHILD, data, seconds=SECONDS, called="The PDF check", refuse=NotAccepted)
    answer = json.loads(answered)
    if "refused" in answer:
        raise NotAccepted(answer["refused"])
    pages: int = answer["pages"]
    return pages

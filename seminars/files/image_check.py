"""Making an uploaded JPEG or PNG anew from its pixels, without opening it in this process (SAFETY 11)."""

import json
from dataclasses import dataclass
from pathlib import Path

import filetype

from seminars.files.child import answer_of
from seminars.files.pdf_check import NotAccepted

CHILD = Path(__file__).with_name("image_child.py")
SECONDS = 25
REFUSALS = frozenset({"damaged", "heavy", "moving", "not_image"})
KINDS = {"jpeg": ("image/jpeg", ".jpg"), "png": ("image/png", ".png")}
"""The type and the ending under which each kind is kept."""


@dataclass(frozen=True)
class CheckedImage:
    """An image made anew: upright, at most 2,400 pixels long, without anything that was written beside its pixels."""

    data: bytes
    kind: str
    width: int
    height: int


def image_of(data: bytes) -> CheckedImage:
    """Return a JPEG or PNG made anew by a process of its own, with little memory and little time.

    Raises NotAccepted, with a code of REFUSALS, or ``unchecked`` when the check itself failed; where it is no image,
    ``kind`` says what it looks like instead.
    """
    answered = answer_of(CHILD, data, seconds=SECONDS, called="The image check", refuse=NotAccepted)
    head, _newline, image = answered.partition(b"\n")
    answer = json.loads(head)
    if code := answer.get("refused"):
        found = filetype.guess(data[:8192]) if code == "not_image" else None
        raise NotAccepted(code, found.extension if found else "")
    return CheckedImage(image, answer["kind"], answer["width"], answer["height"])

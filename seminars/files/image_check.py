"""Making an uploaded JPEG or PNG anew from its pixels, without opening it in this process (SAFETY 11)."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import filetype

from seminars.files.pdf_check import NotAccepted

CHILD = Path(__file__).with_name("image_child.py")
SECONDS = 25
REFUSALS = frozenset({"damaged", "heavy", "moving", "not_image"})
KINDS = {"jpeg": ("image/jpeg", ".jpg"), "png": ("image/png", ".png")}
"""The type and the ending under which each kind is kept."""
log = logging.getLogger(__name__)


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
    try:
        child = subprocess.run(  # noqa: S603 - our own script, nothing of the file or its name on the command line
            [sys.executable, "-I", str(CHILD)], input=data, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NotAccepted("heavy") from late
    if child.returncode < 0:
        raise NotAccepted("heavy")
    if child.returncode > 0:
        log.error("The image check failed: %s", child.stderr.decode(errors="replace")[-2000:])
        raise NotAccepted("unchecked")
    head, _newline, image = child.stdout.partition(b"\n")
    answer = json.loads(head)
    if code := answer.get("refused"):
        found = filetype.guess(data[:8192]) if code == "not_image" else None
        raise NotAccepted(code, found.extension if found else "")
    return CheckedImage(image, answer["kind"], answer["width"], answer["height"])

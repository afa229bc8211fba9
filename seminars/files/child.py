"""Letting a process of its own read a file, with little memory and little time (SAFETY 11, 16; 0061)."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)


def answer_of(
    script: Path, data: bytes, *args: str, seconds: float, called: str, refuse: Callable[[str], Exception]
) -> bytes:
    """Return what ``script``, one of our own, answers to ``data``; it has no environment and sets its own limits.

    Raises ``refuse("heavy")`` when it takes over ``seconds`` or is ended by its limits, ``refuse("unchecked")`` when it
    fails: what it says then is logged under what it is ``called``.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own script; nothing of the file's bytes on the command line
            [sys.executable, "-I", str(script), *args],
            input=data,
            capture_output=True,
            timeout=seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise refuse("heavy") from late
    if child.returncode < 0:
        raise refuse("heavy")
    if child.returncode > 0:
        log.error("%s failed: %s", called, child.stderr.decode(errors="replace")[-2000:])
        raise refuse("unchecked")
    return child.stdout

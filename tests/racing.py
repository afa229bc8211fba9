"""Deeds at the same moment, each on a connection of its own, as from two browsers or two workers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from seminars.actions.proposals import EditConflict
from seminars.permissions import Refused

REFUSALS = (Refused, EditConflict)
SECONDS = 20
"""How long a deed waits for the others to be ready, on a busy machine."""


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all deeds at the same moment; return what each returned, or the refusal or conflict of edits it ended in.

    Whatever else a deed raises is raised here.
    """
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        start.wait(SECONDS)
        return alone(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def done_at_once(*deeds: Callable[[], Any]) -> list[bool]:
    """Do all deeds at the same moment and say of each whether it was done, and not refused."""
    return [not isinstance(answer, REFUSALS) for answer in at_once(*deeds)]


def alone(deed: Callable[[], Any]) -> Any:
    """Do one deed in this thread, close its connection, and return its answer as ``at_once`` does."""
    try:
        return deed()
    except REFUSALS as refusal:
        return refusal
    finally:
        connections.close_all()

"""Asking a database again what the pages asked it, without making the pages.

A page is made from the request, the clock, the settings and the answers of the database, and from nothing else (what a
process remembers was read from the database too, and is keyed by what it was read for). So its first question is the
same in two worlds; if the answer is the same, so is the second question; and if all answers are, so is the page. Whose
answers differ in a row or a value has to be made to be compared. ``Watch`` holds the assumption: nothing else is read.
"""

import mimetypes
import os
import sys
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar

import django
from django.conf import settings
from django.db import connection, transaction

Turn = TypeVar("Turn")
TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
CHANGES = ("UPDATE", "DELETE")
"""Statements that can be done again; what an INSERT gives is a new number each time."""
REACHING = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.posix_spawn", "os.fork", "os.exec")
"""What is heard of when a process asks another one."""


@dataclass(frozen=True)
class Asked:
    """A statement with its parameters."""

    sql: str
    values: Any

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same as another one."""
        return self.sql, repr(self.values)

    def ask(self, cursor: Any) -> bytes:
        """Ask again, and return a digest of the rows that come back, or of how many changed."""
        cursor.execute(self.sql, self.values)
        found = cursor.fetchall() if cursor.description else cursor.rowcount
        return blake2b(repr(found).encode(), digest_size=16).digest()


@contextmanager
def noting(asked: list[Asked]) -> Iterator[None]:
    """Note all that is asked of the database."""

    def note(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        if not sql.startswith(TRANSACTIONS):
            asked.append(Asked(sql, values))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(note):
        yield


@dataclass
class Replay(Generic[Turn]):
    """What each turn asked; ``known`` are answers of the database with which a turn was found to make the same page."""

    traces: Mapping[Turn, Sequence[Asked]]
    before: dict[Turn, bytes | None] = field(default_factory=dict)
    known: set[tuple[Turn, bytes]] = field(default_factory=set)

    def __post_init__(self) -> None:
        reading = [trace for trace in self.traces.values() if _only_reads(trace)]
        self.reads = {asked.key: asked for trace in reading for asked in trace}
        self.before = dict(self.answers())

    def answers(self) -> Iterator[tuple[Turn, bytes | None]]:
        """Yield what the database answers each turn in the world as it is now; nothing for one that cannot be replayed.

        What is only read is read once for all; who also changes rows asks all in order, and nothing stays.
        """
        with connection.cursor() as cursor:
            read = {key: asked.ask(cursor) for key, asked in self.reads.items()}
            for turn, trace in self.traces.items():
                if _only_reads(trace):
                    yield turn, b"".join(read[asked.key] for asked in trace)
                elif all(asked.sql.startswith(("SELECT", *CHANGES)) for asked in trace):
                    with transaction.atomic():
                        yield turn, b"".join([asked.ask(cursor) for asked in trace])
                        transaction.set_rollback(True)
                else:
                    yield turn, None

    def differing(self) -> dict[Turn, bytes | None]:
        """Return the turns whose page has to be made in the world as it is now, with what was answered."""
        return {
            turn: now
            for turn, now in self.answers()
            if now is None or (now != self.before[turn] and (turn, now) not in self.known)
        }

    def settle(self, turn: Turn, answered: bytes | None) -> None:
        """Take note that these answers make the same page."""
        if answered is not None:
            self.known.add((turn, answered))


def _only_reads(trace: Sequence[Asked]) -> bool:
    return all(asked.sql.startswith("SELECT") for asked in trace)


@dataclass
class Watch:
    """What is read or run while pages are made, but for code, and what the system and its libraries bring."""

    seen: set[str] = field(default_factory=set)
    is_on: bool = False

    def __post_init__(self) -> None:
        code = (
            settings.BASE_DIR,
            sys.prefix,
            sys.base_prefix,
            Path(sys.prefix).resolve(),
            Path(django.__file__).parent,
        )
        system = ("/proc/", *zoneinfo.TZPATH, *mimetypes.knownfiles)
        written = Path(tempfile.gettempdir()) / "openpyxl."
        self.expected = tuple(map(str, (*code, *system, written)))
        sys.addaudithook(self._hear)

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if event == "open":
            path, _mode, flags = values
            if not flags & (os.O_WRONLY | os.O_RDWR) and not str(path).startswith(self.expected):
                self.seen.add(f"open {path}")
        elif event in REACHING:
            self.seen.add(f"{event} {values}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen within the block."""
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False

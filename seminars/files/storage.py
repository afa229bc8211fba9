"""Keeping files: whole or not at all, under names nobody can guess, outside the static files (SAFETY 11)."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db import connection, transaction

FOLDER = "attachments"
PACKS = "packs"
REPORTS = "reports"
COPIES = "copies"
PASSING = (PACKS, COPIES)
"""Folders of files that go by themselves after some hours and can be made again: no backup holds them."""

STAYING = 2_104_007
"""The number of the database's lock under which a backup copies files; any number, and nobody else's."""


def keep(data: bytes, kind: str = "pdf", *, folder: str = FOLDER) -> str:
    """Write ``data`` to a new file whose name ends in ``kind``, and return its name; see ``keeping``."""
    with keeping(folder, f".{kind}") as (name, file):
        file.write(data)
    return name


@contextmanager
def keeping(folder: str, suffix: str) -> Iterator[tuple[str, BinaryIO]]:
    """Give the name of a new file in the default storage and the open file; it is there once the block has ended.

    It is written under another name, forced to the disk and only then renamed: a crash at any moment leaves a
    whole file or none. A file that no record names is swept later. Raises OSError when the disk is full.
    """
    secret = secrets.token_hex(20)
    name = f"{folder}/{secret[:2]}/{secret}{suffix}"
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        with part.open("xb") as file:
            yield name, file
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        _sync_folder(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(name: str) -> None:
    """Remove a file; one that is gone already is no error.

    While a backup runs the file stays, for the backup's database may still name it; the sweep finds it later.
    """
    if connection.vendor != "postgresql":
        default_storage.delete(name)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [STAYING])
        if cursor.fetchone()[0]:
            default_storage.delete(name)


@contextmanager
def staying() -> Iterator[None]:
    """Let no file be removed as long as the block runs; on PostgreSQL only. Waits for removals that have begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [STAYING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [STAYING])


def to_back_up() -> Iterator[str]:
    """Yield the names of all whole files that a backup holds, in order."""
    root = Path(default_storage.path(""))
    for folder in sorted(path for path in root.glob("*") if path.is_dir() and path.name not in PASSING):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield path.relative_to(root).as_posix()


def older_than(instant: datetime, *folders: str) -> Iterator[str]:
    """Yield the names of all files, unfinished ones too, last written before ``instant`` (aware).

    They are those of ``folders``: of attachments, packs and copies where none is named, for other rows name the others.
    """
    root = Path(default_storage.path(""))
    for path in (found for folder in folders or (FOLDER, *PASSING) for found in (root / folder).glob("*/*")):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant:
            yield path.relative_to(root).as_posix()

"""Keeping files: whole or not at all, under names nobody can guess, outside the static files (SAFETY 11)."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

FOLDER = "attachments"
PACKS = "packs"


def keep(data: bytes, kind: str = "pdf") -> str:
    """Write ``data`` to a new file whose name ends in ``kind``, and return its name; see ``keeping``."""
    with keeping(FOLDER, f".{kind}") as (name, file):
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
    """Remove a file; one that is gone already is no error."""
    default_storage.delete(name)


def older_than(instant: datetime) -> Iterator[str]:
    """Yield the names of all files, unfinished ones too, last written before ``instant`` (aware)."""
    root = Path(default_storage.path(""))
    for path in (found for folder in (FOLDER, PACKS) for found in (root / folder).glob("*/*")):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant:
            yield path.relative_to(root).as_posix()

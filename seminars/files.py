"""Keeping files: whole or not at all, under names nobody can guess, outside the static files (SAFETY 11)."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import default_storage

FOLDER = "attachments"


def keep(data: bytes, kind: str = "pdf") -> str:
    """Write ``data`` to a new file whose name ends in ``kind``, and return its name in the default storage.

    It is written under another name, forced to the disk and only then renamed: a crash at any moment leaves a
    whole file or none. A file that no record names is swept later. Raises OSError when the disk is full.
    """
    secret = secrets.token_hex(20)
    name = f"{FOLDER}/{secret[:2]}/{secret}.{kind}"
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        _sync_folder(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return name


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
    for path in (root / FOLDER).glob("*/*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant:
            yield path.relative_to(root).as_posix()

"""Restoring a backup: every hash is checked before anything is touched, and every row counted afterwards."""

import shutil
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection

from seminars.backups import (
    DUMP,
    BackupFailed,
    copied,
    count_rows,
    kept_files,
    read_manifest,
    require_postgres,
    run_postgres,
    sha256_of,
)
from seminars.files import storage


def verify(folder: Path) -> dict[str, Any]:
    """Return the manifest of a backup of which every file has its SHA-256; raises BackupFailed, naming what has not."""
    manifest = read_manifest(folder)
    wanted = {folder / DUMP: manifest["database"]["sha256"]}
    wanted |= {folder / "files" / file.name: file.sha256 for file in kept_files(manifest)}
    wrong = [str(path) for path, sha256 in wanted.items() if not path.is_file() or sha256_of(path) != sha256]
    if wrong:
        raise BackupFailed("Missing, or not what was backed up:\n" + "\n".join(wrong))
    return manifest


def restore(folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup into this installation's database and folder of files; return its manifest.

    Raises BackupFailed before anything is touched when a file of the backup is not what was backed up, or when the
    database has a table or the folder a file already, unless ``replace``: then both are emptied first. The database
    is restored in one transaction; it is the last that can fail for want of anything but disk space.
    """
    require_postgres()
    manifest = verify(folder)
    root = Path(default_storage.path(""))
    filled = [f"the database {connection.settings_dict['NAME']}"] if count_rows() else []
    filled += [f"the folder {root}"] if next(storage.to_back_up(), None) else []
    if filled and not replace:
        raise BackupFailed(f"Not empty: {' and '.join(filled)}. Add --replace to lose what is there.")
    _empty(root)
    run_postgres(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(folder / DUMP)
    )
    for file in kept_files(manifest):
        if copied(folder / "files" / file.name, root, file.name) != file:
            raise BackupFailed(f"{root / file.name} is not what was backed up: is the disk sound?")
    counted = count_rows()
    expected = manifest["database"]["rows"]
    if counted != expected:
        differing = sorted(table for table in {*counted, *expected} if counted.get(table) != expected.get(table))
        raise BackupFailed(f"These tables have not the rows that were backed up: {', '.join(differing)}.")
    return manifest


def _empty(root: Path) -> None:
    """Remove every table of the application's schema and every file; an empty place stays as it is."""
    if count_rows():
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for path in root.glob("*"):
        if path.is_dir():
            shutil.rmtree(path)

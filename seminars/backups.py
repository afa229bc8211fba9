"""Backups: the database as at one instant and every file it names, with a manifest of what was written.

A backup is a folder: ``database.dump`` (pg_dump's custom format), ``files/…`` and ``manifest.json``, which holds the
SHA-256 of each and the number of rows of each table. It has its name only when it is whole.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField, Value

from seminars.files import storage

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
PREFIX = "joint-seminars-"
UNFINISHED = ".part"
CHUNK = 1024 * 1024


class BackupFailed(Exception):
    """A backup or its restoration cannot be done; ``args[0]`` says why, in English, for the operator."""


@dataclass(frozen=True)
class KeptFile:
    """A file of a backup: its name in the storage, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


def take_backup(into: Path, *, at: datetime) -> tuple[Path, list[str]]:
    """Back up the database and the files into a new folder of ``into``; return it, and the files that are amiss.

    The application may be in use meanwhile: all tables are read as at one instant, and no file is removed before the
    copies are made. ``at`` (aware) names the folder. A file is amiss when the database names it and it is not there,
    or not with the SHA-256 it was uploaded with; the backup is made all the same. Raises BackupFailed.
    """
    require_postgres()
    if into.resolve().is_relative_to(Path(default_storage.path("")).resolve()):
        raise BackupFailed(f"{into} is inside the folder of files: a backup would hold the ones before it.")
    place = into / f"{PREFIX}{at:%Y%m%dT%H%M%SZ}"
    part = place.with_name(place.name + UNFINISHED)
    try:
        part.mkdir(mode=0o700, parents=True)
    except FileExistsError as exists:
        raise BackupFailed(f"{part} is there already: another backup runs, or one was cut off.") from exists
    try:
        with storage.staying():
            facts, expected = _dump(part / DUMP)
            kept = [copied(Path(default_storage.path(name)), part / "files", name) for name in storage.to_back_up()]
        manifest = {"format": FORMAT, "made_at": at.isoformat(), **facts, "files": [asdict(file) for file in kept]}
        _write(part / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True))
        part.rename(place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    found = {file.name: file.sha256 for file in kept}
    return place, sorted(
        name for name, sha256 in expected.items() if name not in found or sha256 not in {"", found[name]}
    )


def prune(into: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest ``keep`` whole backups in a folder; return those that went."""
    old = sorted(path.parent for path in into.glob(f"{PREFIX}*Z/{MANIFEST}"))[:-keep]
    for path in old:
        shutil.rmtree(path)
    return old


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a backup says it holds; raises BackupFailed where there is none, or of another format."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupFailed(f"{folder} is no whole backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise BackupFailed(f"{folder} is a backup of format {manifest.get('format')}, and this version reads {FORMAT}.")
    return manifest


def copied(source: Path, root: Path, name: str) -> KeptFile:
    """Copy a file to ``root``/``name``, whole or not at all, with its times; return what was written."""
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(UNFINISHED)
    digest = hashlib.sha256()
    with source.open("rb") as reading, part.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    shutil.copystat(source, part)
    part.rename(target)
    return KeptFile(name, target.stat().st_size, digest.hexdigest())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows() -> dict[str, int]:
    """Return the number of rows of every table of the database, as the current transaction sees them."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - quoted
            counts[table] = cursor.fetchone()[0]
    return counts


def run_postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the application's database; raises BackupFailed with its own words.

    Programs are looked for in ``POSTGRES_PROGRAMS``, else on the path. The password goes by the environment.
    """
    base = connection.settings_dict
    login = {"PGHOST": base["HOST"], "PGPORT": base["PORT"], "PGUSER": base["USER"], "PGPASSWORD": base["PASSWORD"]}
    surroundings = os.environ | {name: str(value) for name, value in login.items() if value}
    command = [str(Path(settings.POSTGRES_PROGRAMS) / program), f"--dbname={base['NAME']}", *arguments]
    try:
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True)  # noqa: S603 - no shell
    except OSError as error:
        raise BackupFailed(f"{program} cannot be run: {error}. Install PostgreSQL's client programs.") from error
    if done.returncode:
        raise BackupFailed(f"{program} failed:\n{done.stderr.strip()}")


def require_postgres() -> None:
    """Raise BackupFailed on any other database."""
    if connection.vendor != "postgresql":
        raise BackupFailed("Only PostgreSQL is backed up: the demonstration is made anew by make demo-reset.")


def _dump(target: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Write the database as at one instant; return what the manifest says of it, and the SHA-256 of named files."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, version = cursor.fetchone()
        rows = count_rows()
        expected = _named_files()
        applied = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
        run_postgres("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    with target.open("rb") as file:
        os.fsync(file.fileno())
    database = {
        "name": DUMP,
        "size": target.stat().st_size,
        "sha256": sha256_of(target),
        "rows": rows,
        "migrations": applied,
        "postgresql": version,
    }
    return {"database": database}, expected


def _named_files() -> dict[str, str]:
    """Return the files that any record names, each with the SHA-256 it was uploaded with, or "" where none is kept."""
    named: dict[str, str] = {}
    for model in apps.get_models():
        hashed = "sha256" in {field.name for field in model._meta.get_fields()}
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                rows = model._default_manager.exclude(**{field.name: ""})
                named |= dict(rows.values_list(field.name, "sha256" if hashed else Value("")))
    return named


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def kept_files(manifest: dict[str, Any]) -> Iterator[KeptFile]:
    """Yield the files that a manifest lists."""
    yield from (KeptFile(**file) for file in manifest["files"])

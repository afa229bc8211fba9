"""Backing up while people file and upload, restoring elsewhere, and what is refused (I22)."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from seminars import backups
from seminars.actions import attachments, submission
from seminars.backups import BackupFailed, prune, take_backup
from seminars.files import storage
from seminars.models import Attachment, Proposal, Submission
from seminars.restoring import restore, verify
from tests import cast
from tests.pdfs import of_size
from tests.processes import environment, wait_for

AT = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)


def attach(record: Proposal, data: bytes) -> Attachment:
    return attachments.attach(record, name="cv.pdf", data=data, pages=1, by=record.coordinator, at=cast.BEFORE)


class Use:
    """People who file and upload, in threads, as long as the block runs; ``deeds`` counts what they did."""

    def __init__(self, filing: Proposal, uploading: Proposal) -> None:
        self.ended = Event()
        self.deeds = [0, 0]
        self.errors: list[Exception] = []
        works = (lambda: self._file(filing), lambda: self._upload(uploading))
        self.threads = [Thread(target=self._run, args=(place, work)) for place, work in enumerate(works)]

    def __enter__(self) -> "Use":
        for thread in self.threads:
            thread.start()
        self.wait_for_more()
        return self

    def __exit__(self, *_reason: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(20)
        assert self.errors == []

    def wait_for_more(self) -> None:
        """Wait until each has done three things more."""
        before = list(self.deeds)
        wait_for(
            lambda: bool(self.errors) or all(now >= then + 3 for then, now in zip(before, self.deeds, strict=True))
        )

    def _run(self, place: int, work: Callable[[], None]) -> None:
        try:
            while not self.ended.is_set():
                work()
                self.deeds[place] += 1
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()

    def _file(self, record: Proposal) -> None:
        submission.submit(record.pk, form_uuid=uuid4(), by=record.coordinator, at=cast.BEFORE)
        submission.reopen(record.pk, by=record.coordinator, at=cast.BEFORE)

    def _upload(self, record: Proposal) -> None:
        kept = [attach(record, b"%PDF-" + os.urandom(20_000)) for _number in range(2)]
        attachments.detach(kept[0], by=record.coordinator, at=cast.BEFORE)
        if record.attachments.count() > 3:
            attachments.detach(record.attachments.earliest("pk"), by=record.coordinator, at=cast.BEFORE)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where backups go: outside the folder of files."""
    return tmp_path_factory.mktemp("backups")


@pytest.fixture
def elsewhere(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of another installation: an empty database and an empty folder."""
    name = f"restored_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    surroundings = environment(tmp_path_factory.mktemp("restored"))
    address, _slash, _name = surroundings["DATABASE_URL"].rpartition("/")
    yield surroundings | {"DATABASE_URL": f"{address}/{name}"}
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=surroundings, cwd=settings.BASE_DIR, capture_output=True, text=True)


def rows(surroundings: dict[str, str], query: str) -> list[Any]:
    with closing(psycopg.connect(surroundings["DATABASE_URL"])) as other:
        return other.execute(query).fetchall()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_backup_of_an_application_in_use_is_restored_elsewhere_with_every_row_and_hash(
    files_root: Path, elsewhere: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing, uploading = cast.complete_draft(cast.marie()), cast.draft_of(cast.user("rene@inserm.example"))
    earlier = attach(uploading, of_size(50_000))
    (files_root / storage.PACKS / "ab").mkdir(parents=True)
    (files_root / storage.PACKS / "ab" / "dossiers.zip").write_bytes(b"PK")

    with Use(filing, uploading) as use:

        def later(*arguments: str) -> None:
            # The instant of the backup is past by the time pg_dump and the copies begin.
            use.wait_for_more()
            dump(*arguments)

        dump = backups.run_postgres
        monkeypatch.setattr(backups, "run_postgres", later)
        place, amiss = take_backup(folder, at=AT)
        use.wait_for_more()
    assert (place.name, amiss) == ("joint-seminars-20260702T030000Z", [])
    manifest, restored = verify(place), Path(elsewhere["FILES_ROOT"])
    counted = manifest["database"]["rows"]
    assert counted["seminars_submission"] >= 3
    assert Submission.objects.count() > counted["seminars_submission"]
    assert not [file for file in manifest["files"] if file["name"].startswith(storage.PACKS)]

    done = manage(elsewhere, "restore", str(place))
    assert (done.returncode, done.stderr) == (0, "")
    for table in ("seminars_submission", "seminars_attachment", "accounts_historyentry"):
        assert rows(elsewhere, f"SELECT count(*) FROM {table}") == [(counted[table],)]
    kept = dict(rows(elsewhere, "SELECT file, sha256 FROM seminars_attachment"))
    assert earlier.file.name in kept or counted["seminars_attachment"] >= 3
    assert {name: digest((restored / name).read_bytes()) for name in kept} == kept
    assert all(
        digest(text.encode()) == sha
        for text, sha in rows(elsewhere, "SELECT snapshot, sha256 FROM seminars_submission")
    )
    # One instant: what the history tells is what there is.
    told = dict(rows(elsewhere, "SELECT verb, count(*) FROM accounts_historyentry GROUP BY verb"))
    assert told["attached"] - told["detached"] == counted["seminars_attachment"]
    assert told["submit"] == counted["seminars_submission"]
    # And it is an installation that works.
    assert manage(elsewhere, "migrate", "--check").returncode == 0

    again = manage(elsewhere, "restore", str(place))
    assert again.returncode == 1
    assert "Not empty: the database" in again.stderr
    assert "Add --replace" in again.stderr
    (restored / "attachments" / "stray.pdf").write_bytes(b"%PDF-")
    assert manage(elsewhere, "restore", str(place), "--replace").returncode == 0
    assert not (restored / "attachments" / "stray.pdf").exists()
    assert rows(elsewhere, "SELECT count(*) FROM seminars_submission") == [(counted["seminars_submission"],)]


@pytest.mark.django_db(transaction=True)
def test_a_changed_or_lost_file_is_told_when_backing_up_and_refused_when_restoring(
    files_root: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = cast.draft_of(cast.marie())
    sound, changed, lost = (attach(record, b"%PDF-" + letter) for letter in (b"a", b"b", b"c"))
    (files_root / str(changed.file)).write_bytes(b"%PDF-x")
    (files_root / str(lost.file)).unlink()
    with pytest.raises(CommandError) as told:
        call_command("backup", str(folder))
    assert str(told.value).splitlines()[1:] == sorted([str(changed.file), str(lost.file)])
    place = Path(capsys.readouterr().out.strip())
    call_command("restore", str(place), "--check")
    assert " is whole: " in capsys.readouterr().out

    (place / "files" / str(sound.file)).write_bytes(b"%PDF-y")
    count = Attachment.objects.count()
    with pytest.raises(BackupFailed, match="not what was backed up") as refused:
        restore(place, replace=True)
    assert str(sound.file) in str(refused.value)
    assert Attachment.objects.count() == count


@pytest.mark.django_db(transaction=True)
def test_restoring_refuses_a_filled_place(files_root: Path, folder: Path) -> None:
    attach(cast.draft_of(cast.marie()), b"%PDF-")
    place, _amiss = take_backup(folder, at=AT)
    with pytest.raises(BackupFailed, match=r"the database .* and the folder"):
        restore(place)


@pytest.mark.django_db(transaction=True)
def test_no_file_goes_while_a_backup_runs(files_root: Path) -> None:
    kept = attach(cast.draft_of(cast.marie()), b"%PDF-")

    def detach() -> None:
        attachments.detach(kept, by=cast.marie(), at=cast.BEFORE)
        connection.close()

    with storage.staying():
        worker = Thread(target=detach)
        worker.start()
        worker.join(20)
        assert Attachment.objects.count() == 0
        assert (files_root / str(kept.file)).exists()
    assert attachments.sweep_files(at=datetime.now(UTC) + timedelta(days=2)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_cut_off_backup_leaves_nothing_that_could_be_taken_for_one(
    files_root: Path, folder: Path, settings: Any
) -> None:
    settings.POSTGRES_PROGRAMS = str(folder)
    with pytest.raises(BackupFailed, match="Install PostgreSQL's client programs"):
        take_backup(folder, at=AT)
    assert list(folder.iterdir()) == []
    with pytest.raises(BackupFailed, match="is no whole backup"):
        verify(folder)


@pytest.mark.django_db
def test_backups_stay_out_of_the_folder_of_files(files_root: Path) -> None:
    with pytest.raises(BackupFailed, match="inside the folder of files"):
        take_backup(files_root / "backups", at=AT)


def test_old_backups_go_and_nothing_else(tmp_path: Path) -> None:
    for day in range(1, 5):
        place = tmp_path / f"joint-seminars-2026070{day}T030000Z"
        place.mkdir()
        (place / backups.MANIFEST).write_text(json.dumps({"format": 1}))
    (tmp_path / "joint-seminars-20260601T030000Z.part").mkdir()
    (tmp_path / "other").mkdir()
    assert [path.name for path in prune(tmp_path, keep=3)] == ["joint-seminars-20260701T030000Z"]
    assert len(list(tmp_path.iterdir())) == 5

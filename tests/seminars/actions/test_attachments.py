"""Keeping files with drafts: whole or not at all, whatever is killed when (SAFETY 11)."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import HistoryEntry
from seminars.actions import attachments as actions
from seminars.actions.proposals import EditConflict
from seminars.models import Attachment, Proposal
from seminars.permissions import Refused
from seminars.rules import bounds
from seminars.tasks import sweep_files
from tests import pdfs
from tests.cast import BEFORE, DEADLINE, call_2026, draft_of, kenji, marie
from tests.processes import environment, wait_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(files_root: Path) -> Proposal:
    return draft_of(marie())


def attach(proposal: Proposal, data: bytes = b"%PDF-1", name: str = "cv.pdf", **changes: Any) -> Attachment:
    return actions.attach(proposal, **{"name": name, "data": data, "pages": 1, "by": marie(), "at": BEFORE, **changes})


def on_disk(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_file_is_kept_whole_under_a_name_nobody_can_guess(draft: Proposal, files_root: Path) -> None:
    kept = attach(draft, pdfs.plain(3), "mon cv.pdf", pages=3)
    assert (kept.name, kept.size, kept.pages, kept.uploaded_by) == ("mon cv.pdf", len(pdfs.plain(3)), 3, marie())
    assert on_disk(files_root) == [kept.file.name]
    assert (files_root / str(kept.file.name)).read_bytes() == pdfs.plain(3)
    folder, short, secret = Path(kept.file.name).parts
    assert (folder, short, len(secret), secret.endswith(".pdf")) == ("attachments", secret[:2], 44, True)
    entry = HistoryEntry.objects.about(draft).first()
    assert entry is not None
    assert (entry.verb, entry.after) == (
        "attached",
        {"attachment": "mon cv.pdf", "size": kept.size, "sha256": kept.sha256},
    )


def test_same_file_is_kept_once(draft: Proposal, files_root: Path) -> None:
    first = attach(draft)
    with pytest.raises(actions.AlreadyAttached) as known:
        attach(draft, name="the same.pdf")
    assert known.value.args == (first,)
    assert on_disk(files_root) == [first.file.name]


def test_same_file_may_be_in_two_records(draft: Proposal) -> None:
    other = draft_of(kenji(), "JP", call=call_2026())
    assert attach(draft).sha256 == attach(other, by=kenji()).sha256


def test_five_files_are_the_most(draft: Proposal, files_root: Path) -> None:
    for number in range(bounds.ATTACHMENTS):
        attach(draft, f"%PDF-{number}".encode())
    with pytest.raises(Refused) as refused:
        attach(draft, b"%PDF-6")
    assert refused.value.args == ("There are 5 attachments already: remove one to attach another.",)
    assert (draft.attachments.count(), len(on_disk(files_root))) == (5, 5)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"at": DEADLINE + timedelta(microseconds=1)}, "The deadline has passed."),
        ({"by": "kenji"}, "Only the coordinator of this record may do this."),
    ],
)
def test_refusal_leaves_nothing(draft: Proposal, files_root: Path, changes: dict[str, Any], reason: str) -> None:
    if "by" in changes:
        changes = {"by": kenji()}
    with pytest.raises(Refused) as refused:
        attach(draft, **changes)
    assert str(refused.value.args[0]).startswith(reason)
    assert (Attachment.objects.count(), on_disk(files_root)) == (0, [])


def test_record_submitted_meanwhile_takes_no_file(draft: Proposal, files_root: Path) -> None:
    kept = attach(draft)
    Proposal.objects.filter(pk=draft.pk).update(state="submitted")
    with pytest.raises(EditConflict):
        attach(draft, b"%PDF-2")
    with pytest.raises(EditConflict):
        actions.detach(kept, by=marie(), at=BEFORE)
    assert on_disk(files_root) == [kept.file.name]


def test_failure_that_may_have_been_stored_keeps_the_file_for_the_sweep(draft: Proposal, files_root: Path) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        attach(draft, b"")
    assert (Attachment.objects.count(), len(on_disk(files_root))) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_file_goes_once_its_row_is_gone(draft: Proposal, files_root: Path) -> None:
    kept = attach(draft)
    with transaction.atomic():
        actions.detach(kept, by=marie(), at=BEFORE)
        assert on_disk(files_root) == [kept.file.name]
    assert (draft.attachments.count(), on_disk(files_root)) == (0, [])
    assert HistoryEntry.objects.about(draft)[0].before["attachment"] == "cv.pdf"


@pytest.mark.django_db(transaction=True)
def test_file_stays_when_its_removal_is_undone(draft: Proposal, files_root: Path) -> None:
    kept = attach(draft)
    with transaction.atomic():
        actions.detach(kept, by=marie(), at=BEFORE)
        transaction.set_rollback(True)
    assert (draft.attachments.count(), on_disk(files_root)) == (1, [kept.file.name])


def test_file_is_removed_once(draft: Proposal) -> None:
    kept = attach(draft)
    actions.detach(kept, by=marie(), at=BEFORE)
    with pytest.raises(EditConflict):
        actions.detach(kept, by=marie(), at=BEFORE)


def left_behind(root: Path, name: str, age: timedelta, now: datetime) -> None:
    path = root / "attachments" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    os.utime(path, ((now - age).timestamp(),) * 2)


def test_sweep_takes_what_no_record_names_for_a_day(draft: Proposal, files_root: Path) -> None:
    now = datetime(2026, 7, 3, tzinfo=UTC)
    day = timedelta(days=1)
    kept = attach(draft)
    os.utime(files_root / str(kept.file.name), (0, 0))
    left_behind(files_root, "ab/old.pdf", day + timedelta(seconds=1), now)
    left_behind(files_root, "ab/unfinished.part", day * 30, now)
    left_behind(files_root, "cd/young.pdf", day - timedelta(seconds=1), now)
    assert actions.sweep_files(at=now) == 2
    assert on_disk(files_root) == sorted([str(kept.file.name), "attachments/cd/young.pdf"])
    assert actions.sweep_files(at=now) == 0


@pytest.mark.parametrize("way", ["task", "command"])
def test_sweep_is_a_task_and_a_command(
    draft: Proposal, files_root: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    left_behind(files_root, "ab/old.pdf", timedelta(days=2), datetime.now(UTC))
    if way == "task":
        assert sweep_files() == 1
    else:
        call_command("sweep_files")
        assert capsys.readouterr().out == "1 files deleted.\n"
    assert on_disk(files_root) == []


WORKER = """
import django, sys
from datetime import datetime
django.setup()
from seminars.actions.attachments import attach
from seminars.models import Proposal
proposal = Proposal.objects.with_side().get(pk=sys.argv[1])
at = datetime.fromisoformat(sys.argv[2])
attach(proposal, name="cv.pdf", data=b"%PDF-1" * 100_000, pages=1, by=proposal.coordinator, at=at)
"""


@pytest.mark.django_db(transaction=True)
def test_worker_killed_during_an_upload_leaves_no_row_and_a_file_for_the_sweep(
    draft: Proposal, files_root: Path
) -> None:
    command = [sys.executable, "-c", WORKER, str(draft.pk), BEFORE.isoformat()]
    with transaction.atomic():
        Proposal.objects.select_for_update().get(pk=draft.pk)
        with subprocess.Popen(command, env=environment(files_root), cwd=settings.BASE_DIR) as worker:
            wait_for(lambda: any(name.endswith(".pdf") for name in on_disk(files_root)), worker)
            worker.kill()
    assert Attachment.objects.count() == 0
    assert len(on_disk(files_root)) == 1
    assert actions.sweep_files(at=datetime.now(UTC) + timedelta(days=2)) == 1
    assert on_disk(files_root) == []

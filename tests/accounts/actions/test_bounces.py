import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.actions.bounces import note_bounce
from accounts.actions.messages import queue_message, send_due_messages
from accounts.models import Message, MessageState
from tests.accounts.rules.test_bounce import FAILED, report
from tests.cast import marie

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def queued() -> Message:
    return queue_message("account_password_set", to=marie(), about=None, context={}, at=NOW)


def states() -> list[Any]:
    return list(Message.objects.values_list("state", "sent_at", "bounced_at", "error"))


def test_returned_message_says_so_once() -> None:
    message = queued()
    send_due_messages(at=NOW)
    for at in (LATER, NOW):
        assert note_bounce(report(message_id=message.message_id), at=at) == message
    assert states() == [(MessageState.BOUNCED, NOW, LATER, FAILED.diagnostic)]


def test_message_that_counts_as_queued_was_sent_all_the_same() -> None:
    note_bounce(report(message_id=queued().message_id), at=LATER)
    assert states() == [(MessageState.BOUNCED, LATER, LATER, FAILED.diagnostic)]
    assert send_due_messages(at=LATER) == 0


def test_report_on_another_mail_changes_nothing() -> None:
    queued()
    assert note_bounce(report(), at=LATER) is None
    assert states() == [(MessageState.QUEUED, None, None, "")]


def test_sent_message_still_becomes_nothing_else() -> None:
    queued()
    send_due_messages(at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(state=MessageState.FAILED, sent_at=None)


def test_command_reads_files_maildirs_and_the_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [
        queue_message("account_password_set", to=marie(), about=None, context={}, at=NOW, key=str(key)).message_id
        for key in range(3)
    ]
    file = tmp_path / "report.eml"
    file.write_bytes(report(message_id=ids[0]))
    box = tmp_path / "box"
    for folder in ("new", "cur", "tmp"):
        (box / folder).mkdir(parents=True)
    (box / "new" / "1.eml").write_bytes(report(message_id=ids[1]))
    out = io.StringIO()
    call_command("read_bounces", str(file), str(box), stdout=out)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report(message_id=ids[2]))))
    call_command("read_bounces", stdout=out)
    assert out.getvalue() == "2 returned\n1 returned\n"
    assert list(box.rglob("*.eml")) == []
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.BOUNCED}

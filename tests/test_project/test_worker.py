"""A message that is written down reaches a real worker over the real broker, and leaves."""

import time
from datetime import UTC, datetime

from celery.worker import WorkController
from django.core import mail

from accounts.actions.messages import wake_sender
from accounts.models import Message, MessageState

NOW = datetime(2026, 9, 3, 8, tzinfo=UTC)


def test_woken_worker_sends_what_is_due(celery_worker: WorkController) -> None:
    message = Message.objects.create(
        kind="test",
        key="test:1",
        address="marie@example.org",
        language="fr",
        subject="Votre séminaire",
        text="Bonjour",
        message_id="<1@example.org>",
        queued_at=NOW,
        due_at=NOW,
    )
    wake_sender()
    end = time.monotonic() + 30
    while message.state == MessageState.QUEUED and time.monotonic() < end:
        time.sleep(0.05)
        message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [sent.subject for sent in mail.outbox] == ["Votre séminaire"]

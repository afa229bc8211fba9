"""A real worker on the real broker: what is written down reaches it, and what it was killed at is done all the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery.worker import WorkController
from django.core import mail
from django.db import connection, transaction

from accounts.actions.messages import wake_sender
from accounts.models import Message, MessageState
from seminars.actions.list_import import STEP, order_import, wake_importer
from seminars.choices import ListState
from seminars.models import ApplicationList, ListedApplication
from tests import cast, lists
from tests.processes import forget_messages, kill, wait_for, worker_process, worker_thread
from tests.spreadsheets import HEADINGS, TANAKA, csv

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
    wait_for(lambda: not Message.objects.filter(state=MessageState.QUEUED).exists())
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [sent.subject for sent in mail.outbox] == ["Votre séminaire"]


@pytest.fixture
def clean_broker() -> Iterator[None]:
    """A broker without messages, before and after."""
    forget_messages()
    yield
    forget_messages()


def waiting_for_this() -> list[int]:
    """Return the servers' processes that wait for the transaction that is open here."""
    waiters = "SELECT pid FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
    with connection.cursor() as cursor:
        cursor.execute(waiters)
        return [pid for (pid,) in cursor.fetchall()]


def has_ended(pid: int) -> bool:
    """Say whether the server has noticed that a client is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_it_imports_leaves_nothing_and_the_next_imports_all(
    files_root: Path, clean_broker: None
) -> None:
    rows = [(f"JP-{at:03}", *TANAKA[1:]) for at in range(2 * STEP + 1)]
    listed = lists.uploaded(csv(HEADINGS, *rows))
    order_import(listed, by=cast.jsps_officer(), at=cast.BEFORE)
    with worker_process(files_root) as worker, transaction.atomic():
        # The last row waits for this one, which nobody else sees yet: by then all the others are written.
        last = {"application_number": rows[-1][0], "row_number": 1, "side_id": listed.side_id}
        ListedApplication.objects.create(application_list=listed, held_by_id=listed.held_by_id, **last)
        wait_for(lambda: bool(waiting_for_this()), worker)
        [writer] = waiting_for_this()
        kill(worker)
        transaction.set_rollback(True)
    wait_for(lambda: has_ended(writer))
    listed.refresh_from_db()
    assert (listed.state, listed.done_count, ListedApplication.objects.count()) == (ListState.IMPORTING, 2 * STEP, 0)
    with worker_thread():
        wake_importer()  # as the sweep of each minute does
        wait_for(lambda: ApplicationList.objects.filter(state=ListState.IMPORTED).exists())
    assert sorted(listed.rows.values_list("application_number", flat=True)) == sorted(row[0] for row in rows)

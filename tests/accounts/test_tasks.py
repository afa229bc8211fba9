from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connections, transaction

from accounts.actions.messages import Addressee, queue_message, send_due_messages
from accounts.models import Message, MessageState
from accounts.tasks import send_messages
from tests.racing import at_once

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


def queue(number: int) -> Message:
    to = Addressee(f"person{number}@example.org", "en")
    return queue_message("account_unknown_account", to=to, about=None, context={}, at=NOW)


@pytest.mark.django_db
def test_task_goes_on_until_nothing_is_due() -> None:
    for number in range(60):
        queue(number)
    assert send_messages() == 60
    assert Message.objects.filter(state=MessageState.SENT).count() == len(mail.outbox) == 60


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_message_once() -> None:
    for number in range(40):
        queue(number)
    sent = at_once(*[lambda: send_due_messages(at=NOW)] * 4)
    assert sum(sent) == 40
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"person{n}@example.org" for n in range(40))


@pytest.mark.django_db(transaction=True)
def test_message_of_a_killed_worker_is_sent_by_the_next() -> None:
    message = queue(1)
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_message FOR UPDATE SKIP LOCKED")
        cursor.execute("UPDATE accounts_message SET state = 'sent', sent_at = now()")
    assert send_due_messages(at=NOW) == 0
    other.close()
    with transaction.atomic():
        # The server may take a moment to notice: this waits until it has given the row free.
        Message.objects.select_for_update().get(pk=message.pk)
    assert send_due_messages(at=NOW) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id

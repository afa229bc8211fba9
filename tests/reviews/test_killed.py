"""A worker that is killed in the middle of an announcement: nobody is told, and the next sweep tells everybody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, transaction

from accounts.models import Message
from reviews.models import Announcement, Told
from seminars.models import Proposal, Seminar
from tests.processes import forget_messages, kill, wait_for, worker_process, worker_thread
from tests.reviews import settled, world
from tests.test_project.test_worker import has_ended, waiting_for_this

PASSED = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def clean_broker() -> Iterator[None]:
    """A broker without messages, before and after."""
    forget_messages()
    yield
    forget_messages()


def sweep() -> None:
    """Ask a worker for the sweep, as each minute does."""
    current_app.send_task("reviews.tasks.announce_due", ignore_result=True)


def letters() -> int:
    return Message.objects.filter(kind="outcome_told").count()


def last_key(number: int) -> str:
    """Return the key that the last letter of the next announcement of that many pairs will have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value + is_called::int FROM reviews_told_id_seq")
        [first] = cursor.fetchone()
    last = Proposal.objects.order_by("-pk")[0]
    return f"outcome_told:reviews.told:{first + number - 1}:{last.coordinator.email}"


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_it_announces_tells_nobody_and_the_next_tells_everybody(
    files_root: Path, clean_broker: None
) -> None:
    pairs = world.pairs_in_review(3)
    world.evaluated(pairs, 1)
    settled.decided(pairs, ["selected", "reserve", "not_selected"])
    settled.planned(pairs[0].call)
    settled.release(*settled.BOTH)
    Announcement.objects.update(due_at=PASSED)
    with worker_process(files_root) as worker, transaction.atomic():
        # The last letter waits for this one, which nobody else sees yet: by then all the others are written.
        Message.objects.create(
            key=last_key(3), language="en", message_id="<1@example.org>", queued_at=PASSED, due_at=settled.DUE
        )
        sweep()
        wait_for(lambda: bool(waiting_for_this()), worker)
        [writer] = waiting_for_this()
        kill(worker)
        transaction.set_rollback(True)
    wait_for(lambda: has_ended(writer))
    assert (letters(), Told.objects.count()) == (0, 0)
    assert set(Seminar.objects.values_list("state", flat=True)) == {"in_review"}
    assert Announcement.objects.get().announced_at is None
    with worker_thread():
        sweep()
        wait_for(lambda: Announcement.objects.filter(announced_at__isnull=False).exists())
    assert (letters(), Told.objects.count()) == (6, 3)
    assert set(Message.objects.filter(kind="outcome_told").values_list("address", flat=True)) == set(
        Proposal.objects.values_list("coordinator__email", flat=True)
    )
    assert list(Seminar.objects.order_by("pk").values_list("state", flat=True)) == [
        "selected", "reserve", "not_selected",
    ]  # fmt: skip

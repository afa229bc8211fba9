"""What officers and supervisors are told when something behind the pages has stopped (I21)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import vitals
from accounts.actions.messages import queue_message
from accounts.models import Message, MessageState
from accounts.tasks import note_beat
from accounts.work import Trouble, troubles
from tests.cast import inserm_officer, marie
from tests.sessions import sign_in

NOW = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def watched(settings: Any) -> None:
    settings.WORK_SILENT_SECONDS, settings.MAIL_WAITING_SECONDS, settings.MAIL_FAILURES = 120, 900, 3


def alive(at: datetime) -> None:
    for name in (vitals.WORKER, vitals.BEAT):
        vitals.note_alive(name, at=at)


def test_silence_from_the_beginning_is_told() -> None:
    assert troubles(NOW) == (Trouble("worker", None), Trouble("beat", None))


def test_two_minutes_of_silence_are_told_and_of_beat_three() -> None:
    alive(NOW)
    assert troubles(NOW + timedelta(seconds=120)) == ()
    assert troubles(NOW + timedelta(seconds=121)) == (Trouble("worker", NOW),)
    vitals.note_alive(vitals.WORKER, at=NOW + timedelta(seconds=150))
    assert troubles(NOW + timedelta(seconds=180)) == ()
    assert troubles(NOW + timedelta(seconds=181)) == (Trouble("beat", NOW),)


def test_old_queue_is_told_and_one_that_is_not_due_is_not() -> None:
    alive(NOW)
    due_at = NOW - timedelta(minutes=15)
    message = queue_message("account_password_set", to=marie(), about=None, context={}, at=due_at)
    assert troubles(NOW) == ()
    assert troubles(NOW + timedelta(seconds=1)) == (Trouble("queue", due_at),)
    Message.objects.filter(pk=message.pk).update(due_at=NOW + timedelta(hours=1))
    assert troubles(NOW) == ()


def test_third_failure_of_the_mail_server_is_told_until_it_takes_mail() -> None:
    alive(NOW)
    counted = []
    for _ in range(3):
        vitals.note_failure(vitals.MAIL, ConnectionRefusedError("no"), at=NOW)
        counted.append(troubles(NOW))
    assert counted == [(), (), (Trouble("mail", NOW),)]
    vitals.note_success(vitals.MAIL, at=NOW)
    assert troubles(NOW) == ()


def test_fifth_silence_of_the_scanner_is_told_where_there_is_one(client: Client, settings: Any) -> None:
    alive(NOW)
    settings.CLAMAV_ADDRESS = "clamav:3310"
    counted = []
    for _ in range(5):
        vitals.note_failure(vitals.SCANNER, ConnectionRefusedError("no"), at=NOW)
        counted.append(troubles(NOW))
    assert counted == [(), (), (), (), (Trouble("scanner", NOW),)]
    alive(timezone.now())
    page = sign_in(client, inserm_officer()).get("/calls/").content.decode()
    assert "Aucun fichier ne peut être joint pour le moment." in page
    assert "peuvent arriver en retard" not in page
    settings.CLAMAV_ADDRESS = ""
    assert troubles(NOW) == ()


def test_beat_writes_down_that_it_is_alive() -> None:
    note_beat()
    assert [trouble.code for trouble in troubles(timezone.now())] == ["worker"]


def test_officers_get_a_banner_and_nobody_else(client: Client) -> None:
    words = "Les courriels et les rappels peuvent arriver en retard"
    pages = [sign_in(client, person).get("/calls/").content.decode() for person in (inserm_officer(), marie())]
    assert [words in page for page in pages] == [True, False]
    alive(timezone.now())
    assert words not in sign_in(client, inserm_officer()).get("/calls/").content.decode()


def test_health_check_fails_with_a_line_for_each(client: Client) -> None:
    vitals.note_alive(vitals.WORKER, at=NOW)
    answer = client.get("/healthz/work")
    assert (answer.status_code, answer.content) == (503, b"worker 2026-09-03T08:00:00+00:00\nbeat never\n")
    alive(timezone.now())
    answer = client.get("/healthz/work")
    assert (answer.status_code, answer.content) == (200, b"working\n")
    assert Message.objects.filter(state=MessageState.QUEUED).count() == 0

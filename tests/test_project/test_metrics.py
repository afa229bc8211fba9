"""What Prometheus is told, and what it is not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import Message, MessageState
from tests import cast

TOKEN = {"Authorization": "Bearer letters-of-a-token"}


def message(**changes: Any) -> Message:
    at = timezone.now()
    number = Message.objects.count()
    values: dict[str, Any] = {"kind": "test", "key": f"test:{number}", "address": "marie@example.org", "language": "fr"}
    values |= {"subject": "S", "text": "T", "message_id": f"<{number}@example.org>", "queued_at": at, "due_at": at}
    return Message.objects.create(**(values | changes))


def read(client: Client) -> dict[str, float]:
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    lines = (row.rpartition(" ") for row in answer.content.decode().splitlines() if not row.startswith("#"))
    return {name: float(value) for name, _space, value in lines}


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "told"), [("", "Bearer "), ("letters", ""), ("letters", "Bearer other"), ("é", "é")])
def test_metrics_are_nowhere_without_the_token(client: Client, settings: Any, kept: str, told: str) -> None:
    settings.METRICS_TOKEN = kept
    assert client.get("/metrics", headers={"Authorization": told}).status_code == 404


@pytest.mark.django_db
def test_requests_and_queues_are_counted(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "letters-of-a-token"
    before = read(client).get('seminars_requests_total{kind="page",method="GET",status="4xx"}', 0)
    client.get("/no-such-page/")
    client.get("/healthz/live")
    late = timezone.now() - timedelta(minutes=5)
    message(due_at=late)
    message(due_at=timezone.now() + timedelta(hours=1))
    message(state=MessageState.FAILED)
    told = read(client)
    assert told['seminars_requests_total{kind="page",method="GET",status="4xx"}'] == before + 1
    assert told['seminars_request_seconds_count{kind="page"}'] >= 1
    assert (told["seminars_database_up"], told["seminars_mail_due"], told["seminars_mail_failed"]) == (1, 1, 1)
    assert 300 <= told["seminars_mail_oldest_seconds"] < 360
    assert (told["seminars_jobs_waiting"], told["seminars_jobs_oldest_seconds"]) == (0, 0)


@pytest.mark.django_db
def test_nothing_tells_people_pages_agencies_or_calls(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "letters-of-a-token"
    client.force_login(cast.inserm_officer())
    client.get(f"/desk/{cast.call_2026().code}/")
    told = [name for name in read(client) if name.startswith("seminars_")]
    assert {label for name in told for label in re.findall(r'(\w+)="', name)} == {"kind", "method", "status", "le"}
    kinds = {kind for name in told for kind in re.findall(r'kind="(\w+)"', name)}
    assert kinds <= {"page", "static", "api", "feed"}


@pytest.mark.django_db
def test_a_database_that_is_down_is_a_measure_too(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "letters-of-a-token"

    def broken(*_arguments: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        told = read(client)
    assert told["seminars_database_up"] == 0
    assert "seminars_mail_due" not in told

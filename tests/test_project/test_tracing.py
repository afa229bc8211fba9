"""One name through answer, log and task; nothing personal on the way."""

import json
import logging
import sys
from typing import Any

import pytest
from celery import shared_task
from celery.worker import WorkController
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config import tracing
from config.logs import JsonFormatter
from tests.processes import wait_for

SEEN: list[str] = []


@shared_task(name="tests.note_name")
def note_name() -> None:
    SEEN.append(tracing.current.get())


def named(rf: RequestFactory, told: str) -> tuple[str, str]:
    """Return the name of a request inside the application and in its answer."""
    inside = []

    def view(request: HttpRequest) -> HttpResponse:
        inside.append(tracing.current.get())
        return HttpResponse()

    answer = tracing.identified(view)(rf.get("/", headers={"X-Request-ID": told}))
    assert tracing.current.get() == ""
    return inside[0], answer["X-Request-ID"]


@pytest.mark.parametrize(
    ("proxies", "told", "is_taken"),
    [(1, "a1b2c3d4-e5f6", True), (0, "a1b2c3d4-e5f6", False), (1, "short", False), (1, 'x"}\nforged', False)],
)
def test_a_name_is_taken_from_our_own_proxy_only(
    rf: RequestFactory, settings: Any, proxies: int, told: str, is_taken: bool
) -> None:
    settings.PROXIES = proxies
    inside, answered = named(rf, told)
    assert inside == answered
    assert (answered == told) is is_taken
    assert len(answered) >= 8


def test_a_task_has_the_name_of_the_request_that_woke_it(celery_worker: WorkController) -> None:
    SEEN.clear()
    before = tracing.current.set("request-of-marie")
    try:
        note_name.delay()
    finally:
        tracing.current.reset(before)
    own = note_name.delay()
    wait_for(lambda: len(SEEN) == 2)
    assert ["request-of-marie", own.id] == SEEN


def line(record: logging.LogRecord) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return told


def test_what_django_says_once_the_answer_is_made_has_the_name_too(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PROXIES = 1
    answer = client.get("/no-such-address/", headers={"X-Request-ID": "a1b2c3d4-e5f6"})
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert (answer.status_code, line(record)["request_id"]) == (404, "a1b2c3d4-e5f6")


def test_a_log_line_tells_where_and_what_and_nothing_personal() -> None:
    try:
        raise ValueError("Key (email)=(marie.lefevre@inserm.example) already exists.")
    except ValueError:
        caught = sys.exc_info()
    words = "The file of %s is gone: %s"
    args = ("marie.lefevre@inserm.example", caught[1])
    told = line(logging.LogRecord("seminars", logging.ERROR, __file__, 1, words, args, caught))
    assert (told["level"], told["logger"], told["exception"]) == ("ERROR", "seminars", "ValueError")
    assert told["message"] == "The file of …@… is gone: ValueError"
    assert "test_a_log_line" in told["frames"][-1]
    assert "marie" not in json.dumps(told)


@pytest.mark.django_db
def test_an_address_with_a_secret_is_logged_by_its_pattern(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/feeds/the-secret/seminars.ics?q=lefevre").status_code == 404
    told = [line(record) for record in caplog.records if record.name == "django.request"]
    assert [(entry["route"], entry["status"]) for entry in told] == [("/feeds/<str:token>/seminars.ics", 404)]
    assert "secret" not in json.dumps(told)
    assert "lefevre" not in json.dumps(told)


def test_a_task_that_fails_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    @shared_task(name="tests.fail")
    def fail(address: str) -> None:
        raise RuntimeError(f"{address} refused")

    fail.apply(["marie.lefevre@inserm.example"])
    told = [line(record) for record in caplog.records if record.name == "celery.app.trace"]
    assert told[-1]["exception"] == "RuntimeError"
    assert "tests.fail" in told[-1]["message"]
    assert "marie" not in json.dumps(told)

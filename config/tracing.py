"""One name for all that follows from one request: in its answer, in the logs, and in the tasks it has woken."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
FIELD = "request_id"
ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,64}")
current: ContextVar[str] = ContextVar("request_id", default="")


def identified(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Name every request, by the proxy's word where there is one of our own, and tell the name in the answer."""

    def answered(request: HttpRequest) -> HttpResponse:
        told = request.headers.get(HEADER, "") if settings.PROXIES else ""
        name = told if ACCEPTED.fullmatch(told) else uuid4().hex
        # What Django says once the answer is made, it says after the name is forgotten.
        request.request_id = name  # type: ignore[attr-defined]
        before = current.set(name)
        try:
            response = get_response(request)
        finally:
            current.reset(before)
        response[HEADER] = name
        return response

    return answered


@before_task_publish.connect
def hand_on(headers: dict[str, Any] | None = None, **_sent: Any) -> None:
    """Send the name along with each task; what beat wakes has none yet."""
    if headers is not None and current.get():
        headers[FIELD] = current.get()


@task_prerun.connect
def take_up(task_id: str = "", task: Any = None, **_sent: Any) -> None:
    """Give a task the name of the request that woke it, or its own."""
    current.set((task and task.request.get(FIELD)) or task_id)


@task_postrun.connect
def lay_down(**_sent: Any) -> None:
    """Forget the name when the task has ended."""
    current.set("")

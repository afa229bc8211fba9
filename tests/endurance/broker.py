"""Redis that is stopped, frozen and emptied while thousands of messages go out and coordinators submit."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import redis
from django.conf import settings

from accounts.models import Message, MessageState
from tests.endurance.filing import Answer, Form, send
from tests.endurance.killing import written
from tests.endurance.staff import Sink, judge, wait_until
from tests.servers import Servers

AT_ONCE = 3
WARM_UP = 12
"""Requests that make the web processes read their templates."""


@contextmanager
def usual(servers: Servers) -> Iterator[None]:
    """Leave Redis alone."""
    yield


@contextmanager
def frozen(servers: Servers) -> Iterator[None]:
    """Let Redis accept connections and never answer, then thaw."""
    servers.processes[-1].send_signal(signal.SIGSTOP)
    yield
    servers.processes[-1].send_signal(signal.SIGCONT)


@contextmanager
def stopped(servers: Servers) -> Iterator[None]:
    """Let nobody listen, then start Redis anew, empty."""
    process = servers.processes.pop()
    process.kill()
    process.wait()
    yield
    servers._start("valkey", process.args)


@contextmanager
def emptied(servers: Servers) -> Iterator[None]:
    """Forget every message in Redis, ten times a second."""
    broker, is_over = redis.Redis.from_url(settings.REDIS_URL), threading.Event()

    def forget() -> None:
        while not is_over.wait(0.1):
            broker.flushall()

    forgetting = threading.Thread(target=forget)
    forgetting.start()
    yield
    is_over.set()
    forgetting.join()


TROUBLES: dict[str, Callable[[Servers], Any]] = {
    "running": usual,
    "frozen": frozen,
    "stopped": stopped,
    "emptied": emptied,
}


def waiting() -> int:
    """Return how many messages still have to go out."""
    return Message.objects.filter(state=MessageState.QUEUED).count()


def run(sink: Sink, servers: Servers, host: str, forms: list[Form], *, messages: int) -> dict[str, Any]:
    """Submit a share of ``forms`` in each trouble, while ``messages`` go out; return the slowest answers and arrivals.

    Redis must be what ``servers`` started last; beats and workers are at work already. ``waiting … before`` and
    ``waiting … after`` a trouble count messages, so that they say whether it came in the middle.
    """
    warm, forms = forms[:WARM_UP], forms[WARM_UP:]
    with ThreadPoolExecutor(AT_ONCE) as coordinators:
        list(coordinators.map(lambda form: send(host, form), warm))
    share = len(forms) // len(TROUBLES)
    found: dict[str, Any] = {}
    written(messages)
    for place, (name, trouble) in enumerate(TROUBLES.items()):
        part = forms[place * share : (place + 1) * share]
        found[f"waiting before {name}"] = waiting()
        with trouble(servers), ThreadPoolExecutor(AT_ONCE) as coordinators:
            answers: list[Answer] = list(coordinators.map(lambda form: send(host, form), part))
        seconds = sorted(answer.seconds for answer in answers)
        found[f"requests while {name}"] = len(answers)
        found[f"not acknowledged while {name}"] = sum(not answer.is_acknowledged for answer in answers)
        found[f"median seconds while {name}"] = round(seconds[len(seconds) // 2], 2)
        found[f"slowest second while {name}"] = round(seconds[-1], 2)
        found[f"waiting after {name}"] = waiting()
        time.sleep(1)
    waited = wait_until(lambda: waiting() == 0)
    expected = dict(Message.objects.values_list("address", "message_id"))
    return {**found, **judge(sink, expected), "seconds until all had gone": round(waited, 1)}

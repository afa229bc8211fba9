"""PostgreSQL that is restarted while coordinators submit."""

import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from accounts.models import Message, MessageState
from seminars.models import Submission
from tests.endurance.filing import Answer, Form, send
from tests.endurance.staff import Sink, judge, wait_until
from tests.servers import Servers

DURABLE = ("--fsync=on", "--synchronous_commit=on", "--full_page_writes=on")
AT_ONCE = 4
IMPATIENCE = 0.3


def restart(servers: Servers, place: int, how: signal.Signals) -> None:
    """End the server at ``place`` with a signal and start it again with what it has kept.

    SIGINT tells PostgreSQL to end its sessions and write everything down; SIGQUIT to stop where it is, as a crash does.
    """
    process = servers.processes[place]
    process.send_signal(how)
    process.wait()
    command = [*process.args] if isinstance(process.args, list) else [process.args]
    command += [option for option in DURABLE if option not in command]
    servers.processes[place] = servers._start("postgres", command)
    servers.processes.pop()
    port = next(part.partition("=")[2] for part in map(str, command) if part.startswith("--port="))
    ready = [str(servers.programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
    connection.close()


def until_acknowledged(host: str, form: Form, answers: list[Answer]) -> None:
    """Submit, and again with the same form, as often as no acknowledgement comes."""
    while True:
        answers.append(send(host, form))
        if answers[-1].is_acknowledged:
            return
        time.sleep(IMPATIENCE)


def run(servers: Servers, sink: Sink, host: str, forms: list[Form], *, restarts: int) -> dict[str, Any]:
    """Restart PostgreSQL after each part of ``forms``; return what was acknowledged and what is there.

    Every other time it is stopped as by a crash. PostgreSQL must be what ``servers`` started first.
    """
    answers: list[Answer] = []
    with ThreadPoolExecutor(AT_ONCE) as coordinators:
        filed = [coordinators.submit(until_acknowledged, host, form, answers) for form in forms]
        for number in range(1, restarts + 1):
            goal = number * len(forms) // (restarts + 1)
            wait_until(lambda goal=goal: sum(answer.is_acknowledged for answer in answers) >= goal)
            restart(servers, 0, signal.SIGQUIT if number % 2 else signal.SIGINT)
        for one in filed:
            one.result()
    acknowledged = {answer.form.form_uuid for answer in answers if answer.is_acknowledged}
    kept = list(Submission.objects.values_list("form_uuid", flat=True))
    wait_until(lambda: not Message.objects.filter(state=MessageState.QUEUED).exists())
    receipts = dict(Message.objects.filter(kind="receipt").values_list("address", "message_id"))
    return {
        "submissions": len(forms),
        "restarts": restarts,
        "requests that failed and were sent again": len(answers) - len(acknowledged),
        "acknowledged": len(acknowledged),
        "acknowledged and missing": len(acknowledged - set(map(str, kept))),
        "kept twice": len(kept) - len(set(kept)),
        "receipts written": len(receipts),
        **judge(sink, dict(Message.objects.values_list("address", "message_id"))),
    }

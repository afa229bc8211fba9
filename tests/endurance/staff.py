"""Processes as production has them: workers, beats, web, and a mail server beside them, which may be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 600
SETTINGS = "tests.endurance.settings"


@dataclass
class Staff:
    """Processes that share ``environment`` and write into ``folder``; ``dismiss`` ends them all."""

    folder: Path
    environment: dict[str, str]
    hired: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def hire(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a process in a group of its own, so that its children can be killed with it."""
        with (self.folder / "staff.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", *command],
                cwd=ROOT,
                env={**os.environ, **self.environment, "DJANGO_SETTINGS_MODULE": SETTINGS},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.hired.append(process)
        return process

    def sink(self) -> "Sink":
        """Start the mail server, and let all who are hired from now on send through it."""
        port, file = free_port(), self.folder / "sink.tsv"
        file.touch()
        self.hire("tests.endurance.sink", str(port), str(file))
        wait_until(lambda: listens(port))
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        return Sink(file)

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start a worker with one child that works."""
        options = ("--loglevel", "ERROR", "--concurrency", "1", "--without-gossip", "--without-mingle")
        return self.hire("celery", "--app", "config", "worker", *options, "--hostname", f"{time.monotonic_ns()}@here")

    def beat(self) -> "subprocess.Popen[bytes]":
        """Start a beat."""
        return self.hire("celery", "--app", "config", "beat", "--loglevel", "CRITICAL", "--pidfile=")

    def web(self) -> str:
        """Start gunicorn and return its address."""
        port = free_port()
        bind = ("--bind", f"127.0.0.1:{port}", "--log-level", "critical")
        self.hire("gunicorn", "config.wsgi:application", "--workers", "2", "--threads", "4", *bind)
        host = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{host}/healthz/ready"))
        return host

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """End a process and its children at once, as a machine without memory does."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.hired.remove(process)

    def dismiss(self) -> None:
        """End everybody."""
        for process in list(self.hired):
            self.kill(process)


@dataclass(frozen=True)
class Sink:
    """What the mail server has accepted."""

    file: Path

    @property
    def accepted(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of each mail, repeats included."""
        lines = self.file.read_text().splitlines()
        return [(recipient, message_id) for recipient, _, message_id in (line.partition("\t") for line in lines)]

    @property
    def size(self) -> int:
        """How many mails were accepted."""
        return self.file.read_bytes().count(b"\n")


def judge(sink: Sink, expected: dict[str, str]) -> dict[str, int]:
    """Compare what arrived with ``expected``, Message-IDs by recipient; return the numbers that matter."""
    counted = Counter(sink.accepted)
    return {
        "messages": len(expected),
        "lost": len(set(expected.items()) - set(counted)),
        "under another Message-ID": len(set(counted) - set(expected.items())),
        "repeated under the same Message-ID": sum(counted.values()) - len(counted),
    }


def wait_until(condition: Callable[[], Any], seconds: float = PATIENCE) -> float:
    """Wait until something is true and return how many seconds it took; raises TimeoutError."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise TimeoutError
        time.sleep(0.02)
    return time.monotonic() - start


def listens(port: int) -> bool:
    """Say whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(address: str) -> bool:
    """Say whether a page answers well."""
    with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False

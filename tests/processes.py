"""Other processes of the application on the servers of a test, which may be killed in the middle of their work."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

from celery.contrib.testing.worker import start_worker
from celery.worker import WorkController
from django.conf import settings
from django.db import connection

from config.celery import app

SECONDS = 60
"""How long a process may take for one step, on a busy machine."""


def environment(files_root: Path) -> dict[str, str]:
    """Return what lets another process work on this test's database, files and broker."""
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address,
        "FILES_ROOT": str(files_root),
    }


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until something is true, as long as ``process`` runs."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "It took too long."
        assert process is None or process.poll() is None, "The process has ended."
        time.sleep(0.02)


@contextmanager
def worker_process(files_root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker as production starts it, with a child for the work; both are gone at the end."""
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--loglevel", "WARNING"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    with subprocess.Popen(
        command, env=environment(files_root), cwd=settings.BASE_DIR, start_new_session=True
    ) as worker:
        try:
            yield worker
        finally:
            kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker and its child at once, as a machine without memory does."""
    if worker.poll() is None:
        os.killpg(worker.pid, SIGKILL)
        worker.wait()


@contextmanager
def worker_thread() -> Iterator[WorkController]:
    """A Celery worker in a thread of this process, on the broker of the tests."""
    app.loader.import_default_modules()
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False, loglevel="WARNING") as worker:
        yield worker


def forget_messages() -> None:
    """Empty this test's own database of the broker, also of what a killed worker had taken and not finished."""
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()

"""The demonstration: web, worker and beat in one process, on SQLite and a broker in memory.

``python -m config.demo`` serves it on ``PORT`` (8000) and keeps what was entered from one run to the next;
``python -m config.demo reset`` forgets it. Everything it writes is under ``var/``.
"""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VAR = Path(__file__).resolve().parent.parent / "var"
KEY_FILE = VAR / "demo-secret-key"
STATIC_STAMP = VAR / "demo-static"
ENTERED = ("demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm", "demo-files", KEY_FILE.name)
PREPARATIONS = ("load_call", "load_cast", "load_evaluation")
HOST = "127.0.0.1"


def prepare(port: int) -> None:
    """Set the environment of a demonstration, unless it is set already, and start Django."""
    VAR.mkdir(exist_ok=True)
    if not KEY_FILE.exists():
        KEY_FILE.write_text(secrets.token_urlsafe(60))
    os.environ["MODE"] = "demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", KEY_FILE.read_text())
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    import django

    django.setup()


def collect_static() -> None:
    """Collect and compress the static files when one of them has changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            status = os.stat(storage.path(path))
            found.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    if not STATIC_STAMP.exists() or STATIC_STAMP.read_text() != found.hexdigest():
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        STATIC_STAMP.write_text(found.hexdigest())


def load() -> None:
    """Bring the database up to date and load the calls and the cast, which keeps what is there already."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    for command in PREPARATIONS:
        call_command(command)


@contextmanager
def background() -> Iterator[None]:
    """Run a Celery worker and beat as threads of this process; stop both at the end."""
    from celery.beat import EmbeddedService
    from celery.worker import WorkController

    from config.celery import app

    app.loader.import_default_modules()
    # Loading has woken the sender hundreds of times, and each second takes two messages out of a broker in memory.
    app.control.purge()
    worker: Any = WorkController(app=app, pool="threads", concurrency=2, without_gossip=True, without_mingle=True)
    # Without its class the embedded service falls back to a scheduler that keeps a file.
    beat: Any = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
    working = threading.Thread(target=worker.start, name="worker", daemon=True)
    working.start()
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        worker.stop()
        working.join(timeout=5)


def wait_for_signs(stopping: threading.Event, seconds: float = 20) -> None:
    """Wait until worker and beat have given a sign of life, so that the first page does not alarm officers."""
    from django.utils import timezone

    from accounts.work import troubles

    end = time.monotonic() + seconds
    while time.monotonic() < end and troubles(timezone.now()) and not stopping.wait(0.1):
        pass


def listens(port: int) -> bool:
    """Say whether something answers on this port already."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def serve(port: int) -> int:
    """Prepare and serve the demonstration until Ctrl-C; return the exit status."""
    if listens(port):
        print(f"Port {port} is taken. Another one: make demo PORT={port + 1}")
        return 1
    print("Preparing the demonstration…", flush=True)
    prepare(port)
    collect_static()
    load()
    import waitress

    from config.wsgi import application

    server = waitress.create_server(application, host=HOST, port=port, threads=8, ident="")
    # Ctrl-C as an exception could be raised inside a finaliser, which swallows it; an event is never lost.
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with background():
        wait_for_signs(stopping)
        threading.Thread(target=server.run, name="web", daemon=True).start()
        print(f"\nThe demonstration runs on http://{HOST}:{port} · stop it with Ctrl-C", flush=True)
        stopping.wait()
        print("\nStopping…", flush=True)
    return 0


def reset(port: int) -> int:
    """Remove what was entered in the demonstration; return the exit status."""
    if listens(port):
        print(f"Something answers on port {port}: stop the demonstration first, with Ctrl-C.")
        return 1
    for name in ENTERED:
        path = VAR / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    print("The demonstration starts over at the next make demo.")
    return 0


if __name__ == "__main__":
    sys.exit((reset if sys.argv[1:] == ["reset"] else serve)(int(os.environ.get("PORT") or 8000)))

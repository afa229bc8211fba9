"""Services of docker-compose.yml run by their exact commands, outside containers, on the servers of the tests."""

import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import connection

COMPOSE: dict[str, Any] = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def environment(port: int = 0, **changed: str) -> dict[str, str]:
    """The environment of a production service, on the servers of the tests."""
    base = settings.DATABASES["default"]
    login = f"{base['USER']}:{base['PASSWORD']}".rstrip(":")
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ.get("HOME", "/"),
        "HOSTNAME": socket.gethostname(),
        "PORT": str(port),
        "SECRET_KEY": "k" * 60,
        "SITE_URL": "https://seminars.example.org",
        "DATABASE_URL": f"postgres://{login}@{base['HOST']}:{base['PORT']}/{connection.settings_dict['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "FILES_ROOT": os.environ["FILES_ROOT"],
        "POSTGRES_PROGRAMS": os.environ.get("POSTGRES_PROGRAMS", ""),
        **changed,
    }


def wanted(command: list[str] | str) -> list[str]:
    """What the container would run: a shell's text has its dollars doubled in the file."""
    return command if isinstance(command, list) else ["sh", "-c", command.replace("$$", "$")]


def healthcheck(name: str) -> list[str]:
    kind, *rest = SERVICES[name]["healthcheck"]["test"]
    return wanted(rest[0] if kind == "CMD-SHELL" else rest)


@contextmanager
def running(name: str, port: int = 0, **changed: str) -> Iterator[Callable[[], bool]]:
    """Run a service of ours by its exact command; yields its exact health check."""
    surroundings = environment(port, **changed)
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(SERVICES[name]["command"], env=surroundings, cwd=settings.BASE_DIR)
        )
        stack.callback(process.terminate)

        def healthy() -> bool:
            assert process.poll() is None, f"{name} has ended: {shlex.join(SERVICES[name]['command'])}"
            return not subprocess.run(
                healthcheck(name), env=surroundings, cwd=settings.BASE_DIR, capture_output=True
            ).returncode

        yield healthy
        process.terminate()
        assert process.wait(60) == 0


def becomes_true(condition: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False

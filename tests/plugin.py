"""Starts the real servers before pytest-django reads the settings, and stops them whatever happens.

Loaded by ``-p tests.plugin``: a conftest file would come too late, and the suite would silently run on SQLite.
``DATABASE_URL`` and ``REDIS_URL`` name servers that run already. With pytest-xdist the controller starts the
servers and the workers inherit their addresses.
"""

import os
import signal
from collections.abc import Generator

import pytest

from tests.servers import Servers

SERVERS: list[Servers] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Set the environment of the tests; a wrapper runs before pytest-django's own hook."""
    os.environ["MODE"] = "test"
    # The browser tests drive Chromium from an event loop in the thread that also uses the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    missing = {"DATABASE_URL", "REDIS_URL"} - os.environ.keys()
    if missing:
        # A run that is ended from outside stops its servers as after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        servers = Servers()
        SERVERS.append(servers)
        if "DATABASE_URL" in missing:
            os.environ["DATABASE_URL"] = servers.start_postgres()
        if "REDIS_URL" in missing:
            os.environ["REDIS_URL"] = servers.start_valkey()
    return (yield)


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    while SERVERS:
        SERVERS.pop().stop()

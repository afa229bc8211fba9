"""Starts the real servers before pytest-django reads the settings, and stops them whatever happens.

Loaded by ``-p tests.plugin``: a conftest file would come too late, and the suite would silently run on SQLite.
``DATABASE_URL`` and ``REDIS_URL`` name servers that run already. With pytest-xdist the controller starts the
servers and the workers inherit their addresses.
"""

import atexit
import os
import signal
from collections.abc import Generator

import pytest

from tests.servers import Servers


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Set the environment of the tests; a wrapper runs before pytest-django's own hook."""
    os.environ["MODE"] = "test"
    # The browser tests drive Chromium from an event loop in the thread that also uses the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # Each worker has a database of its own in the broker too.
        server, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{server}/{int(worker.removeprefix('gw')) + 1}"
    else:
        # A run that is ended from outside stops its servers as after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        servers = Servers()
        atexit.register(servers.stop)
        os.environ["FILES_ROOT"] = str(servers.folder / "files")
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = servers.start_postgres()
            os.environ["POSTGRES_PROGRAMS"] = str(servers.programs)
        if "REDIS_URL" not in os.environ:
            os.environ["REDIS_URL"] = servers.start_valkey()
    return (yield)

"""What every test may ask for."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.worker import WorkController
from hypothesis import settings

from config.celery import app

# Properties are tried on the same examples at every run, and no slow machine fails them.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium; without one the browser tests fail and say what to install."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "No Chromium: apt-get install -y chromium fonts-ipaexfont-gothic"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[WorkController]:
    """A real Celery worker in a thread of this process, on the broker of the tests."""
    app.loader.import_default_modules()
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False, loglevel="WARNING") as worker:
        yield worker

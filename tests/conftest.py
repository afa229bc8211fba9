"""What every test may ask for."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.worker import WorkController
from django.db.models.signals import post_save
from django.test import TransactionTestCase
from hypothesis import settings
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.processes import worker_thread

# Properties are tried on the same examples at every run, and no slow machine fails them.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

gc.set_threshold(50_000, 20, 20)  # As the web processes do: thousands of pages are made.


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Where Chromium may be; the first has no window to draw and takes a third less time."""
LONG = ("journeys", "test_policies.py", "test_sealed_worlds.py", "test_project", "browser")
"""Folders and files of tests that take long, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""

    def turn(item: pytest.Item) -> int:
        return next((place for place, name in enumerate(LONG) if name in item.path.parts), len(LONG))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Migrate one database for all workers, and empty it quickly after tests that commit."""
    # The models cannot be imported before pytest-django has set Django up.
    from tests import databases

    with django_db_blocker.unblock(), databases.prepared_once():
        request.getfixturevalue("django_db_setup")
    TransactionTestCase._fixture_teardown = lambda _test: databases.empty()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium; without one the browser tests fail and say what to install."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert chromium, "No Chromium: apt-get install -y chromium-headless-shell fonts-ipaexfont-gothic"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture
def faults() -> list[str]:
    """What went wrong inside the browser during this test."""
    return []


@pytest.fixture
def page(page: Page, faults: list[str]) -> Iterator[Page]:
    """A page that fails its test on an error in a script, a breach of the content policy or a missing static file."""

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "/static/" in message.location.get("url", ""):
            faults.append(message.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: heard(message) if message.type == "error" else None)
    yield page
    assert faults == []


@pytest.fixture
def files_root(tmp_path: Path, settings: Any) -> Path:
    """Keep attached files in a folder of this test's own, and return it."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return tmp_path


@pytest.fixture(autouse=True)
def _every_mail_has_a_place() -> Iterator[None]:
    """Fail a test in which a mail is written about a kind of record that no outbox knows (0145)."""
    from accounts.models import Message
    from reviews.queries.outbox import has_a_place

    lost: list[str] = []

    def look(instance: Message, created: bool, **_sent: Any) -> None:
        if created and instance.about and not has_a_place(instance.kind, instance.about):
            lost.append(f"{instance.kind} about {instance.about}")

    post_save.connect(look, sender=Message)
    yield
    post_save.disconnect(look, sender=Message)
    assert lost == [], "reviews.queries.outbox does not know this kind of record: its mail would be in nobody's outbox"


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[WorkController]:
    """A real Celery worker in a thread of this process, on the broker of the tests."""
    with worker_thread() as worker:
        yield worker

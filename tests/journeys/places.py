"""The places where a journey is played, and the mailboxes of whoever plays it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from playwright.sync_api import BrowserContext

from accounts.models import Message
from tests.servers import free_port

CALL = "demonstration"
SECONDS = 120
"""How long a demonstration may take to be served, on a busy machine."""


@dataclass(frozen=True)
class LivePlace:
    """pytest-django's live server: PostgreSQL, Redis, and the outbox read from its table."""

    address: str

    def link(self, email: str, path: str) -> str:
        """Return the newest link below ``path`` that was written to ``email``."""
        texts = Message.objects.filter(address=email).order_by("-pk").values_list("text", flat=True)
        paths = (re.search(rf"{re.escape(settings.SITE_URL)}({path}\S+)", text) for text in texts)
        return self.address + next(found[1] for found in paths if found)


@dataclass(frozen=True)
class DemoPlace:
    """A running demonstration: SQLite, one process, and a page that shows its mail."""

    address: str
    mailbox: BrowserContext

    def link(self, email: str, path: str) -> str:
        """Return the newest link below ``path`` that was written to ``email``."""
        page = self.mailbox.new_page()
        page.goto(f"{self.address}/demonstration/mail/")
        letters = page.locator("tr", has=page.get_by_text(email, exact=True)).locator("td:first-child a")
        for letter in letters.evaluate_all("links => links.map(link => link.href)"):
            page.goto(letter)
            links = page.locator(f"main article a[href^='{self.address}{path}']")
            if links.count():
                found = links.first.get_attribute("href")
                page.close()
                return str(found)
        raise AssertionError(f"No link below {path} was written to {email}.")


Place = LivePlace | DemoPlace


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """Run ``python -m config.demo`` with a database and files of its own below ``folder``; yields its address."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "SITE_URL", "MODE"}}
    environment |= {
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "FILES_ROOT": str(folder / "files"),
        "PORT": str(port),
    }
    log = folder / "demo.log"
    with (
        log.open("w") as written,
        subprocess.Popen(
            [sys.executable, "-m", "config.demo"],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=written,
            stderr=written,
        ) as process,
    ):
        try:
            end = time.monotonic() + SECONDS
            while "Ctrl-C" not in log.read_text():
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(log.read_text())
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()

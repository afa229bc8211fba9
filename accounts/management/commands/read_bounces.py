"""``manage.py read_bounces``: reads delivery reports, as the mail server hands them over."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions.bounces import note_bounce

LONGEST = 5 * 1024 * 1024
"""How many bytes of a report are read: it may give the whole mail back."""


class Command(BaseCommand):
    """Mark messages that came back."""

    help = "Read delivery reports (RFC 3464) from the standard input, from files, or from a mailbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files of one report each; a folder is a Maildir, whose reports are deleted once read."""
        parser.add_argument("path", nargs="*", type=Path, help="a file with one report, or a Maildir")

    def handle(self, *arguments: Any, path: list[Path], **options: Any) -> None:
        """Read every report and say how many messages came back."""
        returned = 0
        for report in _reports(path):
            returned += note_bounce(report, at=timezone.now()) is not None
        self.stdout.write(f"{returned} returned")


def _reports(paths: list[Path]) -> Iterator[bytes]:
    if not paths:
        yield sys.stdin.buffer.read(LONGEST)
    for path in paths:
        if path.is_dir():
            box = mailbox.Maildir(path, create=False)
            for key in list(box.keys()):
                yield box.get_bytes(key)[:LONGEST]
                box.discard(key)
        else:
            with path.open("rb") as file:
                yield file.read(LONGEST)

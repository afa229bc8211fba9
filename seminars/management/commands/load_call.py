"""manage.py load_call."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from seminars.actions.call_files import InvalidCall, Loaded, load_call
from seminars.imports.calls import read_call, read_demonstration, real_calls


class Command(BaseCommand):
    """Loads calls; what administrators have changed since is kept."""

    help = (
        "Load calls from their data files: the named ones, or all that agencies have announced. Can be run again: "
        "only what has changed in a file is written, and what administrators changed in between is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the names of files, and whether to load the call to practise with."""
        parser.add_argument("file", nargs="*", type=Path, help="a call's TOML file")
        parser.add_argument(
            "--demonstration", action="store_true", help="load the open demonstration call, with dates around today"
        )

    def handle(self, *, file: list[Path], demonstration: bool, **options: Any) -> None:
        """Load, and say what was done."""
        at = datetime.now(UTC)
        files: Iterable[Path] = file or ([] if demonstration else real_calls())
        try:
            data = [read_call(path) for path in files]
            if demonstration or (settings.DEMO and not file):
                data.append(read_demonstration(at))
            for call in data:
                self.tell(load_call(call, by=None, at=at))
        except (InvalidCall, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong

    def tell(self, loaded: Loaded) -> None:
        """Write one call's result."""
        done = (
            "created" if loaded.created else "changed: " + ", ".join(loaded.changed) if loaded.changed else "up to date"
        )
        self.stdout.write(f"{loaded.call.code}: {done}")
        for agency, records in loaded.hurried.items():
            self.stderr.write(
                self.style.WARNING(
                    f"{loaded.call.code}: the deadline of {agency} is earlier now; records begun: {records}."
                )
            )

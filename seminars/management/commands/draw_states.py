"""Draw what may become what into the documentation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from seminars.rules import states


class Command(BaseCommand):
    """Write docs/states.md from the tables of transitions."""

    help = "Writes docs/states.md from the tables of transitions."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another place to write to."""
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "docs" / "states.md")

    def handle(self, *, to: Path, **options: Any) -> None:
        """Write the page."""
        to.write_text(states.document(), encoding="utf-8")
        self.stdout.write(f"{to} written")

"""Delete what interrupted uploads left behind."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from seminars.actions.attachments import sweep_files


class Command(BaseCommand):
    """Deletes files that no record names and that are older than a day."""

    help = "Delete files that no record names and that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, and say how many files went."""
        swept = sweep_files(at=datetime.now(UTC))
        self.stdout.write(f"{swept} files deleted.")

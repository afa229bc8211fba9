"""manage.py backup."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seminars.backups import BackupFailed, prune, take_backup


class Command(BaseCommand):
    """Backs up the database and the files while the application is in use."""

    help = "Back up the database and the files into a new folder; the application may be in use meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and how many backups stay there."""
        parser.add_argument("into", type=Path, help="the folder that backups are kept in")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="delete all but the newest N afterwards")

    def handle(self, *, into: Path, keep: int, **options: Any) -> None:
        """Back up, and say where; end with an error when a file that the database names is missing or changed."""
        if keep < 0:
            raise CommandError("--keep takes 1 or more.")
        try:
            place, amiss = take_backup(into, at=datetime.now(UTC))
        except (BackupFailed, OSError) as failed:
            raise CommandError(str(failed)) from failed
        self.stdout.write(f"{place}")
        if amiss:
            raise CommandError("The backup is made, but these files are missing or changed:\n" + "\n".join(amiss))
        for path in prune(into, keep=keep) if keep else []:
            self.stdout.write(f"{path} deleted")

"""manage.py restore."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seminars.backups import BackupFailed
from seminars.restoring import restore, verify


class Command(BaseCommand):
    """Restores a backup into an empty installation, or only checks it."""

    help = "Restore a backup into this installation's database and folder of files; stop web, worker and beat first."
    # The database is empty as a rule, so that nothing can be said of its migrations.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup's folder, and what may be done to what is there."""
        parser.add_argument("folder", type=Path, help="the folder of one backup")
        parser.add_argument("--replace", action="store_true", help="lose what the database and the folder hold now")
        parser.add_argument("--check", action="store_true", help="only check that the backup is whole")

    def handle(self, *, folder: Path, replace: bool, check: bool, **options: Any) -> None:
        """Restore or check, and say what the backup holds."""
        try:
            manifest = verify(folder) if check else restore(folder, replace=replace)
        except (BackupFailed, OSError) as failed:
            raise CommandError(str(failed)) from failed
        database, count = manifest["database"], len(manifest["files"])
        held = f"{sum(database['rows'].values())} rows, {count} files, as at {manifest['made_at']}"
        self.stdout.write(f"{folder} is {'whole' if check else 'restored'}: {held}")

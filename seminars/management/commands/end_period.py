"""manage.py end_period."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from seminars.actions.retention import end_period, over, periods_of
from seminars.models import Call
from seminars.permissions import Refused


class Command(BaseCommand):
    """Tells which periods of personal data have ended, and ends one."""

    help = "Without arguments: tell which periods have ended. With a call and its records: take their people out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the call, which of its records, who has confirmed it, and whether to ask again."""
        parser.add_argument("call", nargs="?", help="the call's code")
        parser.add_argument("records", nargs="?", choices=["funded", "other"])
        parser.add_argument("--by", metavar="ADDRESS", help="the administrator who has confirmed it")
        parser.add_argument("--yes", action="store_true", help="do not ask for the call's code again")

    def handle(self, *, call: str | None, records: str | None, by: str | None, yes: bool, **options: Any) -> None:
        """Tell, or end and say how many records."""
        at = datetime.now(UTC)
        if call is None:
            for period in over(at.date()):
                kind = "funded" if period.is_funded else "other"
                self.stdout.write(
                    f"{period.call.code} {kind}: {period.records.count()} records, until {period.last_day}"
                )
            return
        found = Call.objects.filter(code=call).first()
        person = User.objects.filter(email=by or "").first()
        if found is None or records is None or person is None:
            raise CommandError("Name a call, funded or other, and --by an administrator's address.")
        period = periods_of(found)[0 if records == "funded" else 1]
        self.stdout.write(f"{call} {records}: the people of {period.records.count()} records go for good.")
        if not yes and input("Type the call's code to go on: ").strip() != call:
            raise CommandError("Nothing was done.")
        try:
            self.stdout.write(f"{end_period(period, by=person, at=at)} records ended.")
        except Refused as refused:
            raise CommandError(str(refused.args[0])) from refused

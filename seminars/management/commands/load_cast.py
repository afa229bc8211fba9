"""Load the demonstration's people and tell their stories."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from seminars.demo.cast import leading_people, load_cast


class Command(BaseCommand):
    """``manage.py load_cast``: for the demonstration only; run again, it keeps what was entered."""

    help = "Load the demonstration's people and tell their stories, unless they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the stories, and say how many."""
        if not settings.DEMO:
            raise CommandError("The cast belongs to the demonstration: set MODE=demo.")
        told = load_cast(at=timezone.now())
        self.stdout.write(f"{told} stories told.\n\nPeople to sign in as, with one click on /demonstration/:")
        for user in leading_people():
            roles = [f"{member.get_role_display()}, {member.agency}" for member in user.memberships.all()]
            part = " · ".join(roles) or ("Administrator" if user.is_staff else "Coordinator")
            self.stdout.write(f"  {user.latin_name:<28} {user.email:<36} {part}")

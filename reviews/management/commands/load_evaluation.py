"""Tell the demonstration's evaluation and selection."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.demo.loading import leading_judges, load_evaluation


class Command(BaseCommand):
    """``manage.py load_evaluation``: for the demonstration only, after load_cast; run again, it keeps what is there."""

    help = "Load the demonstration's reviewers and chairs, and tell a past call and the evaluation that is under way."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell, and name some of those who judge."""
        if not settings.DEMO:
            raise CommandError("The evaluation belongs to the demonstration: set MODE=demo.")
        load_evaluation(at=timezone.now())
        for member in leading_judges():
            part = f"{member.get_role_display()}, {member.agency}"
            self.stdout.write(f"  {member.user.latin_name:<28} {member.user.email:<36} {part}")

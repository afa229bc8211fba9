"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from reviews.actions import announcement, assignment


@shared_task
def chase_silent() -> int:
    """Remind reviewers who have not answered an assignment for a week; returns how many people were written to."""
    return assignment.chase_silent(at=timezone.now())


@shared_task
def announce_due() -> int:
    """Let released announcements go out whose instant has come; returns how many went."""
    return announcement.announce_due(at=timezone.now())

"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from reviews.actions import announcement


@shared_task
def announce_due() -> int:
    """Let released announcements go out whose instant has come; returns how many went."""
    return announcement.announce_due(at=timezone.now())

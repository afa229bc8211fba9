"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from reviews.actions import assignment


@shared_task
def chase_silent() -> int:
    """Remind reviewers who have not answered an assignment for a week; returns how many people were written to."""
    return assignment.chase_silent(at=timezone.now())

"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from seminars.actions import attachments, submission


@shared_task
def lapse_proposals() -> int:
    """Write down the lapse of records whose deadline has passed; returns how many."""
    return submission.lapse_due(at=timezone.now())


@shared_task
def sweep_files() -> int:
    """Delete what interrupted uploads left behind more than a day ago; returns how many files went."""
    return attachments.sweep_files(at=timezone.now())

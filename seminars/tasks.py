"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from seminars.actions import (
    application_list,
    attachments,
    corrections,
    eligibility_notice,
    list_import,
    submission,
)


@shared_task
def lapse_proposals() -> int:
    """Write down the lapse of records whose deadline has passed; returns how many."""
    return submission.lapse_due(at=timezone.now())


@shared_task
def sweep_files() -> int:
    """Delete what interrupted uploads left behind, and lists never imported; returns how many files went."""
    application_list.sweep_unfinished(at=timezone.now())
    return attachments.sweep_files(at=timezone.now())


@shared_task(name="seminars.tasks.import_lists")
def import_lists() -> int:
    """Import the lists that are ordered; woken by each order, and every minute by beat. Returns how many."""
    return list_import.import_ordered(at=timezone.now())


@shared_task
def close_corrections() -> int:
    """Let earlier filings stand again where no correction came in; returns how many."""
    return corrections.close_due(at=timezone.now())


@shared_task
def send_notices() -> int:
    """Send the notices of eligibility that are due or overdue; returns how many letters were written."""
    return eligibility_notice.send_due(at=timezone.now())

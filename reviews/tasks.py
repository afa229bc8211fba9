"""Periodic work: each task reads the clock once and calls one action."""

from celery import shared_task
from django.utils import timezone

from reviews.actions import announcement
from reviews.actions.report_files import sweep_report_files


@shared_task
def announce_due() -> int:
    """Let released announcements go out whose instant has come; returns how many went."""
    return announcement.announce_due(at=timezone.now())


@shared_task
def sweep_files_of_reports() -> int:
    """Delete the files of reports that no row names; returns how many."""
    return sweep_report_files(at=timezone.now())

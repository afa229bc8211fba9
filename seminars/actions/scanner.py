"""Noticing that attachments cannot be checked, before somebody wants to attach one."""

from datetime import datetime

from django.conf import settings

from accounts.actions import vitals
from seminars.files import clamav


def ask_scanner(*, at: datetime) -> None:
    """Write down whether ClamAV answers, where there is one."""
    if not settings.CLAMAV_ADDRESS:
        return
    try:
        clamav.greet(settings.CLAMAV_ADDRESS)
    except clamav.Unavailable as silent:
        vitals.note_failure(vitals.SCANNER, silent, at=at)
    else:
        vitals.note_success(vitals.SCANNER, at=at)

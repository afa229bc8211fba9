"""Periodic work: each task reads the clock once and calls one action."""

import logging

from celery import shared_task
from django.utils import timezone

from seminars import packing
from seminars.actions import (
    application_list,
    attachments,
    corrections,
    eligibility_notice,
    list_import,
    packs,
    personal_copies,
    reminders,
    retention,
    scanner,
    submission,
)
from seminars.exports.personal import write_copy
from seminars.files import storage
from seminars.models import Pack, PersonalCopy

logger = logging.getLogger(__name__)
PACK_SECONDS = 1800
"""How long making one pack may take. The broker may hand the task out again before: it is then left alone."""


@shared_task
def lapse_proposals() -> int:
    """Write down the lapse of records whose deadline has passed; returns how many."""
    return submission.lapse_due(at=timezone.now())


@shared_task
def ask_scanner() -> None:
    """Write down whether ClamAV answers, where there is one."""
    scanner.ask_scanner(at=timezone.now())


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


@shared_task(time_limit=PACK_SECONDS, soft_time_limit=PACK_SECONDS)
def make_pack(pk: int) -> bool:
    """Make one pack of dossiers, unless somebody else is at it; returns whether it is ready now."""
    pack = packs.claim_pack(pk, at=timezone.now())
    if pack is None:
        return False
    try:
        return packing.make(pack, clock=timezone.now)
    except Exception:
        # The next maker starts anew after the silence; the last one says that it cannot be made.
        logger.exception("Pack %s could not be made.", pk)
        return False


@shared_task
def tend_packs() -> int:
    """Remove packs whose time is over, and wake makers for those that nobody is making; returns how many woke."""
    at = timezone.now()
    packs.sweep_packs(at=at)
    left = list(Pack.objects.to_make(at).values_list("pk", flat=True))
    for pk in left:
        packs.wake_maker(pk)
    return len(left)


@shared_task(time_limit=PACK_SECONDS, soft_time_limit=PACK_SECONDS)
def make_copy(pk: int) -> bool:
    """Make one copy of a person's data, unless somebody else is at it; returns whether it is ready now."""
    copy = personal_copies.claim_copy(pk, at=timezone.now())
    if copy is None:
        return False
    try:
        with storage.keeping(storage.COPIES, ".zip") as (name, file):
            write_copy(copy.person, file, at=timezone.now())
            size = file.tell()
        return personal_copies.finish_copy(copy, file=name, size=size, at=timezone.now())
    except Exception:
        # The next maker starts anew after the silence; the last one says that it cannot be made.
        logger.exception("Copy %s could not be made.", pk)
        return False


@shared_task
def tend_copies() -> int:
    """Remove copies whose time is over, and wake makers for those that nobody is making; returns how many woke."""
    at = timezone.now()
    personal_copies.sweep_copies(at=at)
    left = list(PersonalCopy.objects.to_make(at).values_list("pk", flat=True))
    for pk in left:
        personal_copies.wake_maker(pk)
    return len(left)


@shared_task
def tell_periods() -> int:
    """Tell administrators of periods that have ended, once each; returns how many mails there are by now."""
    return retention.tell_over(at=timezone.now())


@shared_task
def plan_reminders() -> int:
    """Bring all planned reminders in line with dates, rules and states; returns how many changed."""
    return reminders.plan_all(at=timezone.now())


@shared_task
def send_reminders() -> int:
    """Write the mails of the reminders that are due or overdue; returns how many people are written to."""
    at, total = timezone.now(), 0
    while sent := reminders.send_due_reminders(at=at):
        total += sent
    return total

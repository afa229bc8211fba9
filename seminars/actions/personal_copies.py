"""Copies of personal data: asked for by the person, made by a worker outside the request, kept for a while."""

import logging
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.db.models import F, QuerySet

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.choices import PackState
from seminars.files import storage
from seminars.models import PersonalCopy
from seminars.models.personal_copy import KEPT, MOST_ATTEMPTS

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_for_copy(*, by: User, at: datetime) -> PersonalCopy:
    """Write down that ``by`` wants a copy of all that is held on them, and wake a worker; one at a time."""
    User.objects.select_for_update().get(pk=by.pk)
    under_way = PersonalCopy.objects.filter(person=by, state__in=[PackState.WAITING, PackState.MAKING]).first()
    if under_way:
        return under_way
    copy = PersonalCopy.objects.create(person=by, asked_at=at)
    record(by, "copy_asked_for", by=by, at=at, after={"copy": copy.pk})
    transaction.on_commit(lambda: wake_maker(copy.pk))
    return copy


def wake_maker(pk: int) -> None:
    """Ask a worker to make a copy. A broker that is down is no failure: the sweep every minute finds it."""
    try:
        current_app.send_task("seminars.tasks.make_copy", args=[pk], retry=False, ignore_result=True)
    except Exception as error:  # each broker has errors of its own, and none may fail what is already committed
        logger.warning("The maker of copy %s could not be woken: %s", pk, error)


@transaction.atomic
def claim_copy(pk: int, *, at: datetime) -> PersonalCopy | None:
    """Take a copy to make, or nothing when somebody else is at it, it is made, or it has failed too often."""
    waiting = PersonalCopy.objects.filter(pk=pk).to_make(at)
    if waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=PackState.FAILED, beat_at=at):
        return None
    if not waiting.update(state=PackState.MAKING, attempts=F("attempts") + 1, beat_at=at):
        return None
    return PersonalCopy.objects.select_related("person").get(pk=pk)


def finish_copy(copy: PersonalCopy, *, file: str, size: int, at: datetime) -> bool:
    """Offer the file for download and tell the person; false, and the file is removed, when another maker has it."""
    ready = {"state": PackState.READY, "file": file, "size": size, "expires_at": at + KEPT, "beat_at": at}
    with transaction.atomic():
        is_own = _own(copy).update(**ready)
        if is_own:
            mails.copy_ready(PersonalCopy.objects.select_related("person").get(pk=copy.pk), at=at)
    if not is_own:
        storage.remove(file)
    return bool(is_own)


def _own(copy: PersonalCopy) -> QuerySet[PersonalCopy]:
    """Return the row as long as the maker that claimed it as ``copy`` still has it."""
    return PersonalCopy.objects.filter(pk=copy.pk, state=PackState.MAKING, attempts=copy.attempts)


def note_download(copy: PersonalCopy, *, at: datetime) -> None:
    """Write into the history that a copy left the house."""
    record(copy.person, "copy_downloaded", by=copy.person, at=at, after={"copy": copy.pk})


def sweep_copies(*, at: datetime) -> int:
    """Remove the copies whose time is over, with their files; return how many."""
    over = list(PersonalCopy.objects.over(at))
    for copy in over:
        copy.delete()
        if copy.file:
            storage.remove(copy.file)
    return len(over)

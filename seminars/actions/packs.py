"""Packs of dossiers: asked for by an officer, made by a worker outside the request, kept for a while."""

import logging
from collections.abc import Sequence
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.db.models import F, QuerySet

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.choices import PackState
from seminars.files import storage
from seminars.models import Call, Pack
from seminars.models.pack import KEPT, MOST_ATTEMPTS
from seminars.permissions import delete_pack_refusal, pack_refusal, require

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_for_pack(call: Call, *, query: str, languages: Sequence[str], version: str, by: User, at: datetime) -> Pack:
    """Write down that ``by`` wants the dossiers of the list at ``query``, or of every pair for "", and wake a worker.

    Raises Refused.
    """
    require(pack_refusal(call, by))
    pack = Pack.objects.create(
        call=call, query=query, languages=list(languages), version=version, requested_by=by, requested_at=at
    )
    asked = {"pack": pack.pk, "query": query, "languages": list(languages), "version": version}
    record(call, "pack_asked_for", by=by, at=at, after=asked)
    transaction.on_commit(lambda: wake_maker(pack.pk))
    return pack


def wake_maker(pk: int) -> None:
    """Ask a worker to make a pack. A broker that is down is no failure: the sweep every minute finds it."""
    try:
        current_app.send_task("seminars.tasks.make_pack", args=[pk], retry=False, ignore_result=True)
    except Exception as error:  # each broker has errors of its own, and none may fail what is already committed
        logger.warning("The maker of pack %s could not be woken: %s", pk, error)


@transaction.atomic
def claim_pack(pk: int, *, at: datetime) -> Pack | None:
    """Take a pack to make, or nothing when somebody else is at it, it is made, or it has failed too often."""
    waiting = Pack.objects.filter(pk=pk).to_make(at)
    if waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=PackState.FAILED, beat_at=at):
        _tell(pk, at=at)
        return None
    if not waiting.update(state=PackState.MAKING, attempts=F("attempts") + 1, beat_at=at, done=0):
        return None
    return Pack.objects.select_related("call", "requested_by").get(pk=pk)


def tell_progress(pack: Pack, *, done: int, total: int, at: datetime) -> bool:
    """Write down how far a maker has come; false when the pack is not this maker's any more."""
    return bool(_own(pack).update(done=done, total=total, beat_at=at))


def finish_pack(pack: Pack, *, file: str, size: int, at: datetime) -> bool:
    """Offer the file for download; false, and the file is removed, when the pack is not this maker's any more."""
    ready = {"state": PackState.READY, "file": file, "size": size, "ready_at": at, "expires_at": at + KEPT}
    with transaction.atomic():
        is_own = _own(pack).update(**ready, done=F("total"), beat_at=at)
        if is_own:
            _tell(pack.pk, at=at)
    if not is_own:
        storage.remove(file)
    return bool(is_own)


@transaction.atomic
def give_up(pack: Pack, *, at: datetime) -> None:
    """Say that a pack cannot be made."""
    if _own(pack).update(state=PackState.FAILED, beat_at=at):
        _tell(pack.pk, at=at)


def _tell(pk: int, *, at: datetime) -> None:
    """Write to who asked for a pack how it ended, unless they may no longer run the call."""
    pack = Pack.objects.select_related("call", "requested_by").get(pk=pk)
    if pack.requested_by.is_active and Pack.objects.asked_by(pack.requested_by).filter(pk=pk).exists():
        tell = mails.pack_ready if pack.state == PackState.READY else mails.pack_failed
        tell(pack, at=at)


@transaction.atomic
def delete_pack(pack: Pack, *, by: User, at: datetime) -> None:
    """Delete a pack and its file before its time; a maker that is at it finds it gone and stops. Raises Refused.

    A pack that is gone already is no error.
    """
    require(delete_pack_refusal(pack, by))
    found = Pack.objects.select_for_update().filter(pk=pack.pk).first()
    if found is None:
        return
    record(pack.call, "pack_deleted", by=by, at=at, before={"pack": found.pk})
    found.delete()
    if found.file:
        transaction.on_commit(lambda: storage.remove(found.file))


def _own(pack: Pack) -> QuerySet[Pack]:
    """Return the row as long as the maker that claimed it as ``pack`` still has it."""
    return Pack.objects.filter(pk=pack.pk, state=PackState.MAKING, attempts=pack.attempts)


def note_download(pack: Pack, *, by: User, at: datetime) -> None:
    """Write into the history that a pack left the house."""
    record(pack.call, "pack_downloaded", by=by, at=at, after={"pack": pack.pk})


def sweep_packs(*, at: datetime) -> int:
    """Remove the packs whose time is over, with their files; return how many."""
    over = list(Pack.objects.over(at))
    for pack in over:
        pack.delete()
        if pack.file:
            storage.remove(pack.file)
    return len(over)

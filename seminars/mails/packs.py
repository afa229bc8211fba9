"""The mails about a pack of dossiers, to who asked for it and to nobody else."""

from datetime import datetime

from accounts.actions.messages import queue_message
from seminars.models import Pack


def pack_ready(pack: Pack, *, at: datetime) -> None:
    """Say that a pack can be downloaded, where, and until when."""
    queue_message("pack_ready", to=pack.requested_by, about=pack, context={"pack": pack}, at=at)


def pack_failed(pack: Pack, *, at: datetime) -> None:
    """Say that a pack could not be made, and where to ask for it again."""
    queue_message("pack_failed", to=pack.requested_by, about=pack, context={"pack": pack}, at=at)

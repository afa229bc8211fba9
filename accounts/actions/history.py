"""Writing the history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from accounts.models import HistoryEntry, User

SAME_SITTING = timedelta(minutes=15)


def record(
    subject: models.Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    label: str = "",
) -> HistoryEntry:
    """Append one deed to the history of ``subject``.

    ``before`` and ``after`` hold JSON values by field name; ``label`` names an actor without an account.
    """
    return HistoryEntry.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        verb=verb,
        actor=by,
        actor_label=label,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        at=at,
    )


def record_edit(
    subject: models.Model, *, by: User, at: datetime, before: Mapping[str, Any], after: Mapping[str, Any]
) -> HistoryEntry:
    """Record typing: what one person changes in one record within 15 minutes is one entry.

    The entry keeps the value each field had first and the one it has last, so that autosaving every few
    seconds does not bury the history.
    """
    entries = HistoryEntry.objects.about(subject)
    latest = entries.order_by("-pk").first()
    if latest and latest.verb == "edited" and latest.actor_id == by.pk and at - latest.at < SAME_SITTING:
        latest.before = {**before, **latest.before}
        latest.after = {**latest.after, **after}
        latest.save(update_fields=["before", "after"])
        return latest
    return record(subject, "edited", by=by, at=at, before=before, after=after)


def empty_history(entries: models.QuerySet[HistoryEntry]) -> int:
    """Take the values out of entries whose personal data must go: who did what, when and why stays; return how many.

    The database lets values be emptied and never altered.
    """
    return entries.update(before={}, after={})

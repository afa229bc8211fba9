"""What mails a person chooses to get, from the page of one's account or by the link of a mail."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.actions.history import record
from accounts.models import MailPreference, User


@transaction.atomic
def choose_mails(user: User, *, refused: Collection[str], daily_digest: bool, at: datetime) -> MailPreference:
    """Keep which kinds of optional mails ``user`` refuses, and whether the others come once a day."""
    return _keep(_held(user, at), sorted(set(refused)), daily_digest, at)


@transaction.atomic
def refuse_mails(user: User, kinds: Collection[str], *, at: datetime) -> MailPreference:
    """Add ``kinds`` to what ``user`` refuses, as the link at the foot of a mail asks; said twice, it is one refusal."""
    held = _held(user, at)
    return _keep(held, sorted({*held.refused, *kinds}), held.daily_digest, at)


def _held(user: User, at: datetime) -> MailPreference:
    MailPreference.objects.get_or_create(user=user, defaults={"changed_at": at})
    return MailPreference.objects.select_for_update().get(user=user)


def _keep(held: MailPreference, refused: list[str], daily_digest: bool, at: datetime) -> MailPreference:
    before = {"refused": held.refused, "daily_digest": held.daily_digest}
    after = {"refused": refused, "daily_digest": daily_digest}
    if before != after:
        held.refused, held.daily_digest, held.changed_at = refused, daily_digest, at
        held.save(update_fields=["refused", "daily_digest", "changed_at"])
        record(held.user, "mails_chosen", by=held.user, at=at, before=before, after=after)
    return held

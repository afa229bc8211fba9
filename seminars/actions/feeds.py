"""Private calendar addresses: making one, taking it back, noting that it was read."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.actions.history import record
from accounts.models import User
from accounts.tokens import hashed
from seminars.models import Feed
from seminars.permissions import Refused, make_feed_refusal, require, revoke_feed_refusal

NOTED_EVERY = timedelta(minutes=15)
"""How exactly the last use is known: calendars ask often, and a row need not be written each time."""


@transaction.atomic
def make_feed(*, name: str, has_deadlines: bool, has_seminars: bool, by: User, at: datetime) -> tuple[Feed, str]:
    """Make a feed of ``by``'s dates; return it with its secret, which is kept nowhere. Raises Refused."""
    list(User.objects.select_for_update().filter(pk=by.pk).values_list("pk"))
    require(make_feed_refusal(by))
    secret = secrets.token_urlsafe(32)
    chosen = {"has_deadlines": has_deadlines, "has_seminars": has_seminars}
    feed = Feed.objects.create(owner=by, name=name, token_hash=hashed(secret), created_at=at, **chosen)
    record(feed, "feed_made", by=by, at=at, after={"name": name, **chosen})
    return feed, secret


@transaction.atomic
def revoke_feed(feed: Feed, *, by: User, at: datetime) -> None:
    """Take a feed back: from now on its address finds nothing. Raises Refused."""
    require(revoke_feed_refusal(feed, by))
    if not Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=at):
        feed.refresh_from_db()
        raise Refused(revoke_feed_refusal(feed, by))
    record(feed, "feed_revoked", by=by, at=at, before={"name": feed.name})


def note_use(feed: Feed, *, at: datetime) -> None:
    """Remember that a feed was read at ``at``, to a quarter of an hour."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
    Feed.objects.filter(stale, pk=feed.pk).update(last_used_at=at)

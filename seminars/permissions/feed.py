"""Making and taking back calendar feeds."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Feed
from seminars.permissions.base import Refusal

MOST_FEEDS = 10


def make_feed_refusal(by: User) -> Refusal | None:
    """Say why ``by`` may not make another feed: ten answer already."""
    if Feed.objects.owned_by(by).in_force().count() >= MOST_FEEDS:
        return _("You have ten calendar feeds. Revoke one before you make another one.")
    return None


def revoke_feed_refusal(feed: Feed, by: User) -> Refusal | None:
    """Say why ``by`` may not take a feed back: not theirs, or taken back already."""
    if feed.owner_id != by.pk:
        return _("Only the owner of this calendar feed may do this.")
    return _("This calendar feed has been revoked already.") if feed.revoked_at else None

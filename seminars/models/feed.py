"""Private addresses under which a person's dates can be read by a calendar (SAFETY 14)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User


class FeedQuerySet(models.QuerySet["Feed"]):
    """Feeds by whose they are, and by whether they still answer."""

    def owned_by(self, user: User) -> "FeedQuerySet":
        """Return the feeds of ``user``, taken back or not."""
        return self.filter(owner=user)

    def in_force(self) -> "FeedQuerySet":
        """Return the feeds that answer: not taken back, and their owner may sign in."""
        return self.filter(revoked_at__isnull=True, owner__is_active=True)


class Feed(models.Model):
    """One calendar address: a secret of which only the hash is kept, revocable, with what its owner chose to see.

    What it tells is what the owner may see at the moment it is read, in the owner's language.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    name = fields.LineField(_("Label"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    has_deadlines = models.BooleanField(_("Deadlines of calls"), default=True)
    has_seminars = models.BooleanField(_("Dates of seminars"), default=True)
    created_at = models.DateTimeField(_("Created"))
    last_used_at = models.DateTimeField(_("Last used"), null=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_deadlines=True) | Q(has_seminars=True),
                name="feed_tells_something",
                violation_error_message=_("Choose at least one of the two."),
            )
        ]

    def __str__(self) -> str:
        return self.name

"""Asking the counterpart to file the other half (SAFETY 14)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import Language
from seminars.models.proposal import Proposal


class Invitation(models.Model):
    """An invitation to one exact address: secret (only its hash is kept), single use, expiring, revocable."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail address"), max_length=254)
    name = fields.LineField(_("Name"), max_length=160, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language)
    message = fields.BlockField(_("Message"), max_length=2000, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("Sent"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("Expires"))
    opened_at = models.DateTimeField(_("Opened"), null=True)
    accepted_at = models.DateTimeField(_("Accepted"), null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(_("Declined"), null=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True, declined_at__isnull=True),
                name="invitation_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} → {self.email}"

    def is_pending(self, at: datetime) -> bool:
        """Say whether the invitation can still be accepted at ``at``."""
        ended = self.accepted_at or self.revoked_at or self.declined_at
        return ended is None and at < self.expires_at

"""Files that go with a record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from seminars.models.proposal import Proposal
from seminars.rules import bounds


class Attachment(models.Model):
    """A PDF, checked before it was kept, under a random name outside the static files (SAFETY 11)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.FileField(max_length=200)
    name = models.CharField(_("File name"), max_length=200)
    size = models.PositiveIntegerField(_("Size in bytes"))
    pages = models.PositiveSmallIntegerField(_("Pages"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("Uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=bounds.ATTACHMENT_BYTES), name="attachment_size_in_bounds"
            ),
            models.UniqueConstraint(fields=["proposal", "sha256"], name="attachment_once"),
        ]

    def __str__(self) -> str:
        return self.name

"""What the coordinators of a confirmed seminar tell those who come: where, how to get there, where to stay."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.models import Seminar

TEXT = 4000


class Practical(models.Model):
    """The practical information of a seminar, written by both coordinators; there from its first saving.

    Venue, city and country are facts of the records: they change with both agencies' agreement only (R28).
    ``version`` counts the savings, so that two editors never overwrite each other (SAFETY 8).
    """

    seminar = models.OneToOneField(Seminar, models.PROTECT, related_name="practical")
    address = fields.BlockField(_("Address of the venue"), max_length=500, blank=True)
    access = fields.BlockField(_("How to get there"), max_length=TEXT, blank=True)
    stay = fields.BlockField(_("Accommodation and meals"), max_length=TEXT, blank=True)
    contact = fields.BlockField(_("Contact on site"), max_length=500, blank=True)
    notes = fields.BlockField(_("Further information"), max_length=TEXT, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("Saved"), null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("practical information")
        verbose_name_plural = _("practical information")
        ordering = ["seminar"]

    def __str__(self) -> str:
        return str(self.seminar)


TEXTS = ("address", "access", "stay", "contact", "notes")
"""What both coordinators write, in the order of the page."""

"""Who did what, when, with what before and after: append-only, kept so by the database."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

EVALUATION = "reviews."
"""How the labels of the records of evaluation begin, whose history administrators do not read (SAFETY 2)."""


class HistoryQuerySet(models.QuerySet["HistoryEntry"]):
    """Entries by what they are about."""

    def about(self, *subjects: models.Model) -> "HistoryQuerySet":
        """Return the entries about any of these records."""
        condition = models.Q(pk__in=[])
        for subject in subjects:
            condition |= models.Q(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        return self.filter(condition)

    def open_to_administrators(self) -> "HistoryQuerySet":
        """Return the entries that tell nothing of an evaluation."""
        return self.exclude(subject_kind__startswith=EVALUATION)


class HistoryEntry(models.Model):
    """One deed. The only entries that may still grow are those of somebody typing (verb ``edited``)."""

    subject_kind = models.CharField(_("Kind of record"), max_length=60)
    subject_id = models.BigIntegerField(_("Record"))
    verb = models.CharField(_("Deed"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Who")
    )
    actor_label = models.CharField(_("Who, where there is no account"), max_length=254, blank=True)
    before: Any = models.JSONField(_("Before"), default=dict)
    after: Any = models.JSONField(_("After"), default=dict)
    reason = models.TextField(_("Reason"), blank=True)
    at = models.DateTimeField(_("When"))

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="history_of_record")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.verb}"

"""Every report that was handed in, frozen, what each agency said to it, and why an accepted one was opened again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from reviews.models.report import Report
from seminars.models import CallAgency

COMMENT = 2000


class ReportVersion(models.Model):
    """One handing in: the report as canonical JSON, its SHA-256, and whether it was late (R29)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    submitted_at = models.DateTimeField(pgettext_lazy("a report", "Handed in"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("Due"))
    is_late = models.BooleanField(_("Late"))
    snapshot: Any = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of a report")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report.seminar} · {self.number}"


class ReportWord(models.Model):
    """What one agency's officer says to a version: accepted, or returned with a comment."""

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="words")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    accepts = models.BooleanField(pgettext_lazy("a report", "Accepts"))
    comment = fields.BlockField(_("Comment for the coordinators"), max_length=COMMENT, blank=True)
    said_at = models.DateTimeField(_("Decided"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("word on a report")
        verbose_name_plural = _("words on a report")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="report_word_once"),
            models.CheckConstraint(condition=Q(accepts=True) | ~Q(comment=""), name="report_return_has_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.side}"


class ReportReopening(models.Model):
    """Why one agency's officer opened a version again that both agencies had accepted; what they had said stays."""

    version = models.OneToOneField(ReportVersion, models.PROTECT, related_name="reopening")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    reason = fields.BlockField(_("Reason"), max_length=COMMENT)
    reopened_at = models.DateTimeField(_("Opened again"))
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reopening of a report")
        verbose_name_plural = _("reopenings of reports")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="report_reopening_has_reason")]

    def __str__(self) -> str:
        return f"{self.version} · {self.side}"

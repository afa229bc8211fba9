"""What a report holds in rows: spending, publications, and files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from reviews.choices import ReportFileKind
from reviews.models.report import Report, ReportSide
from reviews.rules import report as rules
from seminars.choices import CostKind
from seminars.models import BudgetLine, CallAgency
from seminars.rules import bounds


class Spending(models.Model):
    """What a side spent on one line of its budget, or on a kind of cost beside the planned lines (R15, R16)."""

    side = models.ForeignKey(ReportSide, models.CASCADE, related_name="spending")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("Budget category"), max_length=20, choices=CostKind)
    amount = models.DecimalField(_("Spent"), max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = _("spending")
        verbose_name_plural = _("spending")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["side", "line"], name="spending_line_once"),
            models.UniqueConstraint(
                fields=["side", "kind"], condition=Q(line__isnull=True), name="spending_unplanned_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="spending_not_negative"),
            models.CheckConstraint(condition=Q(kind__in=CostKind.values), name="spending_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class Publication(models.Model):
    """A publication that came of the seminar, as it is cited; the DOI as the rule writes it, or ""."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="publications")
    position = models.PositiveSmallIntegerField()
    citation = fields.LineField(_("Publication, as it is cited"), max_length=rules.CITATION, blank=True)
    doi = models.CharField("DOI", max_length=rules.DOI_LENGTH, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="publication_place_once"),
            models.CheckConstraint(condition=~Q(citation="", doi=""), name="publication_says_something"),
        ]

    def __str__(self) -> str:
        return self.citation or self.doi


class ReportFile(models.Model):
    """A file of a report, checked before it was kept, under a random name outside the static files (SAFETY 11).

    Photos are made anew from their pixels: nothing that a camera wrote beside them is kept. A file that a version
    names stays when it is taken out, with ``removed_at``; a photo goes for good.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind of file"), max_length=8, choices=ReportFileKind)
    file = models.FileField(max_length=200)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("Size in bytes"))
    pages = models.PositiveSmallIntegerField(_("Pages"), default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    alt = fields.LineField(_("What the photo shows, in words"), max_length=300, blank=True)
    credit = fields.LineField(pgettext_lazy("a photo", "Photo by"), max_length=120, blank=True)
    has_consent = models.BooleanField(
        _("Everybody who can be recognised agrees that the photo may be published"), default=False
    )
    uploaded_at = models.DateTimeField(_("Uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("Removed"), null=True)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of a report")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "side", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="report_file_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportFileKind.values), name="report_file_kind_known"),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=bounds.ATTACHMENT_BYTES), name="report_file_size_in_bounds"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReportFileKind.PHOTO) | (Q(has_consent=True) & ~Q(alt="")),
                name="report_photo_with_consent_and_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def was_handed_in(self) -> bool:
        """Whether a version names it: it was there when the report was handed in. One query."""
        versions = self.report.versions.filter(submitted_at__gte=self.uploaded_at)
        if self.removed_at is not None:
            versions = versions.filter(submitted_at__lte=self.removed_at)
        return versions.exists()

"""Candidates that an officer has refused: they do not come back."""

from typing import Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models.listed import ListedApplication
from seminars.models.proposal import Proposal


class RejectedMatchQuerySet(models.QuerySet["RejectedMatch"]):
    """Refused candidates by who may know of them."""

    def visible_to(self, user: User) -> Self:
        """Return those of which ``user`` oversees the record, and may read the row or oversees the other record."""
        overseen = Proposal.objects.overseen_by(user).values("pk")
        listed = ListedApplication.objects.visible_to(user).values("pk")
        return self.filter(Q(listed__in=listed) | Q(other__in=overseen), record__in=overseen)


class RejectedMatch(models.Model):
    """A record and a row of the other agency's list, or two records of the two sides, that are not one seminar.

    Of two records the one with the lower number is ``record``.
    """

    record = models.ForeignKey(Proposal, models.CASCADE, related_name="rejected_matches")
    listed = models.ForeignKey(ListedApplication, models.CASCADE, null=True, related_name="rejected_matches")
    other = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    rejected_at = models.DateTimeField(_("Rejected"))
    rejected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RejectedMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("rejected candidate")
        verbose_name_plural = _("rejected candidates")
        ordering = ["-rejected_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "listed"], name="rejected_row_once"),
            models.UniqueConstraint(fields=["record", "other"], name="rejected_record_once"),
            models.CheckConstraint(
                condition=Q(listed__isnull=False, other__isnull=True) | Q(listed__isnull=True, other__isnull=False),
                name="rejected_row_or_record",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | Q(record__lt=F("other")), name="rejected_records_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} ≠ {self.listed or self.other}"

    @property
    def half(self) -> ListedApplication | Proposal:
        """The row, or the second record: a constraint sees to it that there is one."""
        return cast("ListedApplication | Proposal", self.listed or self.other)

    @property
    def pair(self) -> str:
        """The name of the pair in forms."""
        return f"record-{self.record_id}:" + (f"row-{self.listed_id}" if self.listed_id else f"record-{self.other_id}")

"""The end of a selected or confirmed seminar: by a coordinator alone, or by officers of both agencies."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from reviews.choices import CancelState
from seminars.models import CallAgency, Seminar

REASON = 1000


class CancelRequest(models.Model):
    """An officer of one agency asks the other agency to cancel a seminar; one of theirs agrees, or it stays."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="cancel_requests")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=CancelState, default=CancelState.ASKED)
    reason = fields.BlockField(_("Reason"), max_length=REASON)
    asked_at = models.DateTimeField(_("Asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = fields.BlockField(_("Answer"), max_length=REASON, blank=True)
    ended_at = models.DateTimeField(_("Settled"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request to cancel")
        verbose_name_plural = _("requests to cancel")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar"], condition=Q(state=CancelState.ASKED), name="cancel_request_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=CancelState.values), name="cancel_request_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="cancel_request_has_reason"),
            models.CheckConstraint(
                condition=Q(state=CancelState.ASKED, ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(state=CancelState.ASKED) & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="cancel_request_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=CancelState.AGREED) | ~Q(ended_by=F("asked_by")), name="cancel_request_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=CancelState.KEPT) | ~Q(answer=""), name="cancel_request_kept_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar} · {self.get_state_display()}"


class Cancellation(models.Model):
    """Why a selected or confirmed seminar does not take place.

    A coordinator of ``side`` has given it up, or an officer of ``side`` has asked for it and ``agreed_by``, an officer
    of the other agency, has agreed.
    """

    seminar = models.OneToOneField(Seminar, models.PROTECT, related_name="cancellation")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(pgettext_lazy("a seminar", "Cancelled"))
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = fields.BlockField(_("Reason"), max_length=REASON)

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cancellation_has_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("cancelled_by")), name="cancellation_two_people"
            ),
        ]

    def __str__(self) -> str:
        return str(self.seminar)

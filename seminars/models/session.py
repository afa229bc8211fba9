"""The programme by day and session."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.choices import SessionKind
from seminars.models.proposal import Proposal
from seminars.models.versioned import Versioned


class Session(Versioned):
    """A part of the programme, in the venue's local time. Only seminar sessions count as duration (R8)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sessions")
    on = models.DateField(_("Day"))
    starts = models.TimeField(_("Start"))
    ends = models.TimeField(_("End"))
    kind = models.CharField(_("Kind"), max_length=12, choices=SessionKind, default=SessionKind.SEMINAR)
    title = fields.LineField(_("Title"), max_length=200)
    speaker = fields.LineField(_("Speaker"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="session_ends_after_start",
                violation_error_message=_("The session ends before it starts."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SessionKind.values), name="session_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

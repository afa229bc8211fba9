"""What an agency grants a selected seminar (R14, R27)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from reviews.choices import AwardState
from seminars.models import BudgetLine, CallAgency, Proposal, Seminar

REASON = 1000
DIGITS = 18


class Award(models.Model):
    """The validated budget of one record. ``version`` counts the changes: an acceptance is for the one it has read."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award")
    state = models.CharField(_("State"), max_length=10, choices=AwardState, default=AwardState.VALIDATING)
    validated_at = models.DateTimeField(_("Validated"))
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Sent to the coordinator"), null=True)
    answered_at = models.DateTimeField(_("Answered"), null=True)
    answer = fields.BlockField(_("Your answer"), max_length=REASON, blank=True)
    accepted_at = models.DateTimeField(pgettext_lazy("a budget", "Accepted"), null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AwardState.values), name="award_state_known"),
            models.CheckConstraint(
                condition=Q(state=AwardState.VALIDATING) | Q(proposed_at__isnull=False), name="award_proposed_at"
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.ANSWERED) | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="award_answer_has_text",
            ),
            models.CheckConstraint(
                condition=Q(state=AwardState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=AwardState.ACCEPTED) & Q(accepted_at__isnull=True)),
                name="award_accepted_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.get_state_display()}"

    @property
    def requested(self) -> Decimal:
        """The sum of what was asked for; fetch the lines."""
        return sum((line.requested for line in self.lines.all()), Decimal(0))

    @property
    def approved(self) -> Decimal:
        """The sum of what is granted; fetch the lines."""
        return sum((line.approved for line in self.lines.all()), Decimal(0))


class AwardLine(models.Model):
    """What is granted of one line of the budget, and why where it is less than requested."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="lines")
    line = models.OneToOneField(BudgetLine, models.PROTECT, related_name="award_line")
    requested = models.DecimalField(_("Requested"), max_digits=DIGITS, decimal_places=2)
    approved = models.DecimalField(pgettext_lazy("an amount", "Approved"), max_digits=DIGITS, decimal_places=2)
    reason = fields.BlockField(_("Reason"), max_length=REASON, blank=True)

    class Meta:
        verbose_name = _("line of an award")
        verbose_name_plural = _("lines of an award")
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved__gte=0, approved__lte=F("requested")), name="award_line_at_most_requested"
            ),
            models.CheckConstraint(
                condition=Q(approved=F("requested")) | ~Q(reason=""), name="award_line_lowered_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.approved}"


class ListedAward(models.Model):
    """An agency's word that it has settled the budget of its half, where that is known from a list only (R27).

    Such a half has no budget here and no coordinator with an account: the agency validates in its own system.
    """

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="listed_awards")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("Budget settled"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("budget of a listed half")
        verbose_name_plural = _("budgets of listed halves")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["seminar", "side"], name="listed_award_once")]

    def __str__(self) -> str:
        return f"{self.seminar} · {self.side}"

"""Which reviewer judges which pair."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User
from reviews.choices import ACTIVE, AssignmentState
from reviews.models.closed import closed_to
from reviews.models.reviewer import Reviewer
from seminars.models import Recusal, Seminar


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by who may know of them."""

    def active(self) -> "AssignmentQuerySet":
        """Return the assignments that count: given or acknowledged."""
        return self.filter(state__in=ACTIVE)

    def visible_to(self, user: User) -> "AssignmentQuerySet":
        """Return one's own, and for an officer those of the own agency; never of a pair one is shut out of."""
        shut_out = closed_to(user)
        mine = Q(reviewer__user=user) | Q(reviewer__side__agency__in=user.officer_agencies)
        return self.filter(mine).exclude(seminar__in=shut_out)

    def of(self, user: User) -> "AssignmentQuerySet":
        """Return the active assignments of ``user`` as a reviewer, without pairs one is shut out of."""
        return self.visible_to(user).active().filter(reviewer__user=user)

    def shut_out(self) -> "AssignmentQuerySet":
        """Return the assignments whose reviewer has come to be shut out of the pair."""
        recused = Recusal.objects.filter(user=OuterRef("reviewer__user"), seminar=OuterRef("seminar"))
        return self.filter(Exists(recused))


class Assignment(models.Model):
    """A pair given to a reviewer, who acknowledges it or declines with a reason."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="assignments")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="assignments")
    state = models.CharField(_("State"), max_length=12, choices=AssignmentState, default=AssignmentState.GIVEN)
    assigned_at = models.DateTimeField(_("Assigned"))
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    reason = fields.BlockField(_("Reason"), max_length=1000, blank=True)
    chased_at = models.DateTimeField(_("Chased"), null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["seminar", "state"], name="assignment_of_pair")]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "seminar"], condition=Q(state__in=ACTIVE), name="assignment_once"
            ),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_known"),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.DECLINED) | ~Q(reason=""), name="assignment_declined_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} · {self.seminar}"

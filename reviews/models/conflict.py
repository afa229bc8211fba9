"""A conflict of interest of one person with one pair; it beats every role (R23, SAFETY 3)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User
from reviews.choices import CONFLICTED, ConflictState
from seminars.models import CallAgency, Seminar


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Conflicts by who may know of them, and by whether they shut out."""

    def visible_to(self, user: User) -> "ConflictQuerySet":
        """Return the conflicts ``user`` may read: the own ones, and as an officer those of the agency's people.

        An officer who is in conflict with a pair oneself does not learn who else is.
        """
        shut_out = self.model.objects.standing().filter(user=user).values("seminar")
        of_agency = Q(side__agency__in=user.officer_agencies) & ~Q(seminar__in=shut_out)
        return self.filter(Q(user=user) | of_agency)

    def standing(self) -> "ConflictQuerySet":
        """Return the conflicts that shut their person out of the pair."""
        return self.filter(state__in=CONFLICTED)


class Conflict(models.Model):
    """Why a person of ``side`` may not evaluate a pair: declared by that person, or detected by the application.

    ``reasons`` are codes with their values, put into words where they are shown. Whatever stands is also a
    ``seminars.Recusal``, written in the same transaction, which is what every list and page asks.
    """

    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="conflicts")
    state = models.CharField(_("State"), max_length=10, choices=ConflictState)
    reasons: Any = models.JSONField(_("Reasons"), default=list)
    statement = fields.BlockField(_("What the conflict is"), max_length=1000, blank=True)
    noted_at = models.DateTimeField(_("Noted"))
    decided_at = models.DateTimeField(_("Decided"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_reason = fields.BlockField(_("Reason"), max_length=1000, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-noted_at", "-pk"]
        indexes = [models.Index(fields=["seminar", "state"], name="conflict_of_pair")]
        constraints = [
            models.UniqueConstraint(fields=["user", "seminar"], name="conflict_once"),
            models.CheckConstraint(condition=Q(state__in=ConflictState.values), name="conflict_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[ConflictState.CONFIRMED, ConflictState.SET_ASIDE])
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision_reason="")),
                name="conflict_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.seminar}"

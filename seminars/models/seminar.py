"""A seminar is a pair of records, one per agency."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import ActsForAgencies, User
from seminars.choices import ANNOUNCED, CONFIRMED, SELECTED, SeminarState
from seminars.models.call import Call
from seminars.models.recusal import recused


class SeminarQuerySet(models.QuerySet["Seminar"]):
    """Pairs by who may see them."""

    def visible_to(self, user: User) -> "SeminarQuerySet":
        """Return the pairs that ``user`` coordinates or runs: both agencies' officers see a pair of theirs.

        Except those that an officer is shut out of by a conflict of interest, which beats every role (SAFETY 3).
        """
        mine = models.Q(proposals__coordinator=user)
        if user.officer_agencies:
            mine |= self._oversight(user)
        return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))

    def overseen_by(self, user: ActsForAgencies) -> "SeminarQuerySet":
        """Return the pairs ``visible_to`` a user as an officer: without those the user coordinates for others."""
        return self.filter(pk__in=self.model.objects.filter(self._oversight(user)).values("pk"))

    def _oversight(self, user: ActsForAgencies) -> models.Q:
        halves = ("proposals", "listed")
        own = [models.Q((f"{half}__side__agency__in", user.officer_agencies), state__in=CONFIRMED) for half in halves]
        return (own[0] | own[1]) & ~models.Q(pk__in=recused(user))


class Seminar(models.Model):
    """The pair. It forms when an invitation is accepted, and is one when both coordinators have confirmed.

    An officer who recognises two halves makes the pair at once: ``matched_by``. Its other half is then a second record,
    or a row of the other agency's list, ``listed``.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="seminars")
    state = models.CharField(_("State"), max_length=12, choices=SeminarState, default=SeminarState.FORMING)
    formed_at = models.DateTimeField(_("Formed"))
    paired_at = models.DateTimeField(_("Paired"), null=True)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeminarQuerySet.as_manager()

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SeminarState.values), name="seminar_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=SeminarState.FORMING, paired_at__isnull=True)
                | (~models.Q(state=SeminarState.FORMING) & models.Q(paired_at__isnull=False)),
                name="seminar_paired_has_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(matched_by__isnull=True) | ~models.Q(state=SeminarState.FORMING),
                name="seminar_matched_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.year}-{self.pk:03d}"

    @property
    def is_confirmed(self) -> bool:
        """Whether both coordinators have confirmed the pair, whatever has become of it since."""
        return self.state in CONFIRMED

    @property
    def is_announced(self) -> bool:
        """Whether the outcome has been announced."""
        return self.state in ANNOUNCED

    @property
    def was_selected(self) -> bool:
        """Whether the pair has been announced as selected, or taken from the reserve list, whatever followed."""
        return self.state in SELECTED

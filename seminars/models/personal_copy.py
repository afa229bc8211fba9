"""A copy of all that is held on a person: asked for by that person, made by a worker, kept for a while."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import PackState
from seminars.models.pack import SILENCE

KEPT = timedelta(hours=48)
"""How long a copy can be downloaded; another one is made in a minute."""
MOST_ATTEMPTS = 3


class PersonalCopyQuerySet(models.QuerySet["PersonalCopy"]):
    """Copies by whose they are, and by what is left to do."""

    def visible_to(self, user: User) -> Self:
        """Return the person's own copies; nobody else sees any."""
        return self.filter(person=user)

    def to_make(self, at: datetime) -> Self:
        """Return the copies nobody is making at ``at``: those that wait, and those whose maker has gone silent."""
        silent = Q(state=PackState.MAKING, beat_at__lt=at - SILENCE)
        return self.filter(Q(state=PackState.WAITING) | silent)

    def over(self, at: datetime) -> Self:
        """Return the copies whose time is over at ``at``."""
        return self.filter(Q(expires_at__lte=at) | Q(state=PackState.FAILED, asked_at__lte=at - KEPT))


class PersonalCopy(models.Model):
    """One request of a person for their data. The row is also the job, as a pack's is."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_copies")
    asked_at = models.DateTimeField(_("Asked for"))
    state = models.CharField(_("State"), max_length=8, choices=PackState, default=PackState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("Size in bytes"), default=0)
    expires_at = models.DateTimeField(_("Kept until"), null=True)

    objects = PersonalCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[PackState.WAITING, PackState.MAKING]),
                name="personal_copy_one_under_way",
            ),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="personal_copy_state_known"),
            models.CheckConstraint(
                condition=(Q(state=PackState.READY, expires_at__isnull=False) & ~Q(file=""))
                | (~Q(state=PackState.READY) & Q(expires_at__isnull=True, file="")),
                name="personal_copy_ready_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (PackState.WAITING, PackState.MAKING)

"""A pack of dossiers for a committee: what was asked for, how far it has come, and the file while it is kept."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import DossierVersion, PackState
from seminars.models.call import Call

KEPT = timedelta(hours=48)
"""How long a pack can be downloaded; it holds personal data, and another one is made in a minute."""
SILENCE = timedelta(minutes=2)
"""After how long without a sign of life the making of a pack is taken to have died."""
MOST_ATTEMPTS = 3


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs by who asked for them, and by what is left to do."""

    def asked_by(self, user: User) -> Self:
        """Return the packs that ``user`` asked for, of calls the user still runs; nobody else sees any."""
        return self.filter(requested_by=user, call__in=Call.objects.run_by(user))

    def to_make(self, at: datetime) -> Self:
        """Return the packs nobody is making at ``at``: those that wait, and those whose maker has gone silent."""
        silent = Q(state=PackState.MAKING, beat_at__lt=at - SILENCE)
        return self.filter(Q(state=PackState.WAITING) | silent)

    def over(self, at: datetime) -> Self:
        """Return the packs whose time is over at ``at``."""
        return self.filter(Q(expires_at__lte=at) | Q(state=PackState.FAILED, requested_at__lte=at - KEPT))


class Pack(models.Model):
    """One request for the dossiers of a list. ``query`` is the address of the list; "" means every pair of the call.

    The row is also the job: whatever stops a worker, it says what is to be done. ``beat_at`` is the maker's last sign
    of life, ``attempts`` tells one maker from the next.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="packs", verbose_name=_("Call"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("Asked for"))
    query = models.TextField(blank=True)
    languages: Any = models.JSONField(_("Languages"), default=list)
    version = models.CharField(_("Version"), max_length=10, choices=DossierVersion, default=DossierVersion.FULL)
    state = models.CharField(_("State"), max_length=8, choices=PackState, default=PackState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(_("Done"), default=0)
    total = models.PositiveIntegerField(_("In all"), default=0)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("Size in bytes"), default=0)
    ready_at = models.DateTimeField(_("Ready"), null=True)
    expires_at = models.DateTimeField(_("Kept until"), null=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("pack of dossiers")
        verbose_name_plural = _("packs of dossiers")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "beat_at"], name="pack_to_make")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="pack_state_known"),
            models.CheckConstraint(condition=Q(version__in=DossierVersion.values), name="pack_version_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="pack_done_within_total"),
            models.CheckConstraint(
                condition=(Q(state=PackState.READY, ready_at__isnull=False, expires_at__isnull=False) & ~Q(file=""))
                | (~Q(state=PackState.READY) & Q(ready_at__isnull=True, expires_at__isnull=True, file="")),
                name="pack_ready_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (PackState.WAITING, PackState.MAKING)

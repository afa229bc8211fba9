"""Who may open nothing of a pair, whatever their role (R23, SAFETY 3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from seminars.models.seminar import Seminar


class Recusal(models.Model):
    """A person is shut out of a pair; written and removed with the conflict of interest that is its reason."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="recusals")
    since = models.DateTimeField(_("Since"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "seminar"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.seminar}"

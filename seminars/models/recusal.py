"""Who may open nothing of a pair, whatever their role (R23, SAFETY 3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import ActsForAgencies, User


class Recusal(models.Model):
    """A person is shut out of a pair; written and removed with the conflict of interest that is its reason."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals")
    seminar = models.ForeignKey("seminars.Seminar", models.PROTECT, related_name="recusals")
    since = models.DateTimeField(_("Since"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "seminar"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.seminar}"


def recused(user: ActsForAgencies) -> models.QuerySet[Recusal, int]:
    """Return the ids of the pairs that a person is shut out of, for a subquery; a system with a token has none."""
    own = Recusal.objects.filter(user=user) if isinstance(user, User) else Recusal.objects.none()
    return own.order_by().values_list("seminar_id", flat=True)

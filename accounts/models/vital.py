"""Signs of life of what works behind the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vital(models.Model):
    """One part's last sign of life, and how often it has failed since.

    ``beat`` is what wakes the workers every minute, ``worker`` is any worker, ``mail`` the mail server,
    ``scanner`` ClamAV.
    """

    name = models.CharField(_("Name"), max_length=20, unique=True)
    seen_at = models.DateTimeField(_("Last sign of life"), null=True)
    failures = models.PositiveIntegerField(_("Failures since"), default=0)
    failing_since = models.DateTimeField(_("Failing since"), null=True)
    error = models.TextField(_("Error"), blank=True)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

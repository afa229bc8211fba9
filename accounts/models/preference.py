"""Which mails a person chooses to get beyond those that everybody must get."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailPreference(models.Model):
    """What one person has chosen; nobody has a row who never chose, and then everything comes as it is due.

    ``refused`` lists the kinds of optional mails that the person does not want: a list of codes such as
    ``partner_not_invited``. ``daily_digest`` gathers the optional ones of a day into one message in the morning.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preference")
    refused: Any = models.JSONField(_("Not wanted"), default=list)
    daily_digest = models.BooleanField(_("At most one message a day"), default=False)
    changed_at = models.DateTimeField(_("Last changed"))

    class Meta:
        verbose_name = _("choice of e-mails")
        verbose_name_plural = _("choices of e-mails")

    def __str__(self) -> str:
        return str(self.user)

"""The countries of a call."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import countries
from seminars.models.call import Call


class CallCountry(models.Model):
    """What a call asks of one country: whether it may host, and how many laboratories work there (R9, R11)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="countries")
    country = models.CharField(_("Country"), max_length=2, help_text=_("ISO 3166 code, such as FR."))
    may_host = models.BooleanField(_("May host the seminar"), default=False)
    minimum_laboratories = models.PositiveSmallIntegerField(_("Fewest laboratories"), default=1)

    class Meta:
        verbose_name = _("country of the call")
        verbose_name_plural = _("countries of the call")
        ordering = ["country"]
        constraints = [models.UniqueConstraint(fields=["call", "country"], name="call_country_once")]

    def __str__(self) -> str:
        return self.country

    def clean(self) -> None:
        """Refuse what is no country's ISO 3166 code."""
        if self.country not in dict(countries()):
            raise ValidationError({"country": _("This is no country's code.")})

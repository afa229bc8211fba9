"""Laboratories as a proposal names them."""

import re
import unicodedata

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.choices import LaboratoryKind
from seminars.fields import NumberField, RnsrField
from seminars.models.proposal import Proposal
from seminars.models.versioned import Versioned

RNSR = RegexValidator(r"^\d{9}[A-Z]$", _("An RNSR number is nine digits and a capital letter, such as 200114767B."))


def folded(text: str) -> str:
    """Return ``text`` without accents, capitals, punctuation and spaces, to compare spellings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", plain.casefold())


class Laboratory(Versioned):
    """A laboratory that takes part, as one record names it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="laboratories")
    name = fields.LineField(_("Laboratory"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=10, choices=LaboratoryKind, default=LaboratoryKind.OTHER)
    unit = NumberField(_("Unit number"), max_length=40, blank=True, help_text=_("Such as U1245 or UMR_S 1142."))
    rnsr = RnsrField(_("National structure number (RNSR)"), max_length=10, blank=True, validators=[RNSR])
    institution = fields.LineField(_("Institution"), max_length=200, blank=True)
    city = fields.LineField(_("City"), max_length=100, blank=True)
    country = models.CharField(_("Country"), max_length=2)
    regional_office = fields.LineField(_("Regional office"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("laboratory")
        verbose_name_plural = _("laboratories")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def identity(self) -> str:
        """What makes two spellings one laboratory (R11): RNSR number, else unit number, else name and city."""
        if self.rnsr:
            return f"rnsr:{self.rnsr}"
        if number := self.inserm_number:
            return f"inserm:{number}"
        return f"name:{self.country}:{folded(self.name)}:{folded(self.city)}"

    @property
    def inserm_number(self) -> str:
        """The number of an Inserm unit, however it is written; "" for none."""
        digits = re.search(r"[0-9]{3,4}", self.unit) if self.kind == LaboratoryKind.INSERM else None
        return digits.group() if digits else ""

    def may_be(self, other: "Laboratory") -> bool:
        """Say whether two entries are, or may well be, one laboratory: equal numbers, or equal names in one country."""
        if self.rnsr and other.rnsr:
            return self.rnsr == other.rnsr
        if self.inserm_number and other.inserm_number:
            return self.inserm_number == other.inserm_number
        return self.country == other.country and folded(self.name) == folded(other.name)

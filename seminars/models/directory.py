"""The laboratories that officers curate: one entry a laboratory, with every spelling it goes by."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import Agency, User
from seminars.choices import LaboratoryKind
from seminars.fields import NumberField, RnsrField
from seminars.models.laboratory import RNSR, folded

TAKEN = _("Another laboratory of the directory has this name, spelling or RNSR number.")


class DirectoryQuerySet(models.QuerySet["DirectoryEntry"]):
    """Entries by who curates them."""

    def curated_by(self, user: User) -> "DirectoryQuerySet":
        """Return the entries of the agencies that ``user`` is an officer of."""
        return self.filter(agency__in=user.officer_agencies)

    def spelt_like(self, text: str, countries: set[str]) -> "DirectoryQuerySet":
        """Return the entries in ``countries`` one of whose spellings holds ``text``, accents and capitals aside."""
        spelt = Spelling.objects.filter(country__in=countries, key__contains=folded(text))
        return self.filter(Q(pk__in=spelt.values("entry")) | Q(country__in=countries, rnsr=text.strip().upper()))

    def known_as(self, name: str, country: str) -> "DirectoryEntry | None":
        """Return the entry of a country that goes by ``name``, or nothing."""
        return self.filter(spellings__country=country, spellings__key=folded(name)).first() if folded(name) else None


class DirectoryEntry(models.Model):
    """A laboratory as the agency writes it. Its own name is one of its spellings."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="directory")
    name = fields.LineField(_("Laboratory"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=10, choices=LaboratoryKind, default=LaboratoryKind.OTHER)
    unit = NumberField(_("Unit number"), max_length=40, blank=True)
    rnsr = RnsrField(_("National structure number (RNSR)"), max_length=10, blank=True, validators=[RNSR])
    institution = fields.LineField(_("Institution"), max_length=200, blank=True)
    city = fields.LineField(_("City"), max_length=100, blank=True)
    country = models.CharField(_("Country"), max_length=2)
    regional_office = fields.LineField(_("Regional office"), max_length=120, blank=True)
    changed_at = models.DateTimeField(_("Last changed"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("laboratory of the directory")
        verbose_name_plural = _("directory of laboratories")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rnsr"],
                condition=~Q(rnsr=""),
                name="directory_rnsr_once",
                violation_error_message=TAKEN,
            ),
            models.CheckConstraint(condition=Q(kind__in=LaboratoryKind.values), name="directory_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


class Spelling(models.Model):
    """One way to write a laboratory's name; ``key`` is the name without accents, capitals and spaces."""

    entry = models.ForeignKey(DirectoryEntry, models.CASCADE, related_name="spellings")
    text = fields.LineField(_("Spelling"), max_length=200)
    country = models.CharField(max_length=2)
    key = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["country", "key"], name="spelling_means_one_laboratory")]

    def __str__(self) -> str:
        return self.text

"""The funders, and who acts for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import TIME_ZONES, Role
from accounts.models.translated import translated


class Agency(models.Model):
    """A funding agency of one country."""

    code = models.SlugField(_("Code"), max_length=20, unique=True)
    acronym = fields.LineField(_("Acronym"), max_length=20)
    name_en = fields.LineField(_("Name in English"), max_length=200)
    name_fr = fields.LineField(_("Name in French"), max_length=200)
    name_ja = fields.LineField(_("Name in Japanese"), max_length=200)
    country = models.CharField(_("Country"), max_length=2, help_text=_("ISO 3166 code, such as FR."))
    time_zone = models.CharField(_("Time zone"), max_length=40, choices=[(zone, zone) for zone in TIME_ZONES])
    accent = models.PositiveSmallIntegerField(
        _("Accent"), choices=[(1, _("First accent")), (2, _("Second accent"))], default=1
    )
    contact_email = models.EmailField(_("Contact address"), blank=True)

    name = translated("name")

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(accent__in=[1, 2]), name="agency_accent_known"),
            models.CheckConstraint(condition=models.Q(time_zone__in=TIME_ZONES), name="agency_time_zone_known"),
        ]

    def __str__(self) -> str:
        return self.acronym


class Membership(models.Model):
    """A person's role in an agency, given by an administrator and by nobody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=Role)
    given_at = models.DateTimeField(_("Given"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency} · {self.get_role_display()}"

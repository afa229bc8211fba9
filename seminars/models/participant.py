"""People who take part, the coordinators among them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from accounts import fields
from accounts.models import PersonName
from seminars.choices import CareerStage, ParticipantRole
from seminars.models.laboratory import Laboratory
from seminars.models.proposal import Proposal
from seminars.models.versioned import Versioned


class ParticipantManager(models.Manager["Participant"]):
    """People with their laboratory, which every page and rule that names them looks at."""

    def get_queryset(self) -> models.QuerySet["Participant"]:
        """Fetch the laboratory with the person, in one query."""
        return super().get_queryset().select_related("laboratory")


class Participant(PersonName, Versioned):
    """A coordinator, speaker or participant, as one record names them.

    ``side`` is the country code of the agency the person comes with, "" for a third country. Young and
    statutory are two questions (R19).
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="participants")
    side = models.CharField(_("Side"), max_length=2, blank=True)
    role = models.CharField(_("Role"), max_length=12, choices=ParticipantRole, default=ParticipantRole.ATTENDEE)
    title = fields.LineField(pgettext_lazy("person", "Title"), max_length=20, blank=True)
    position = fields.LineField(_("Position"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail address"), max_length=254, blank=True)
    orcid = fields.OrcidField(_("ORCID iD"), max_length=60, blank=True, validators=[fields.validate_orcid])
    phone = PhoneNumberField(_("Telephone"), blank=True)
    laboratory = models.ForeignKey(
        Laboratory, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("Laboratory")
    )
    country_of_work = models.CharField(_("Country of work"), max_length=2, blank=True)
    career_stage = models.CharField(_("Grade"), max_length=12, choices=CareerStage, blank=True)
    phd_year = models.PositiveSmallIntegerField(
        _("Year of the doctorate"), null=True, blank=True, validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    statutory = models.BooleanField(_("Statutory researcher (permanent)"), default=False)
    young = models.BooleanField(_("Young researcher"), default=False)
    talk_title = fields.LineField(_("Title of the talk"), max_length=200, blank=True)

    objects = ParticipantManager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "side"],
                condition=Q(role=ParticipantRole.COORDINATOR),
                name="participant_one_coordinator_per_side",
            ),
            models.CheckConstraint(condition=Q(role__in=ParticipantRole.values), name="participant_role_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

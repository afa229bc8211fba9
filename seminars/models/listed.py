"""A row of an imported list: an application as the agency that received it lists it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import Agency, PersonName, User
from seminars.choices import CONFIRMED, Track
from seminars.models.application_list import ApplicationList
from seminars.models.call import CallAgency
from seminars.models.proposal import Proposal
from seminars.models.recusal import recused
from seminars.models.seminar import Seminar

TITLE = 300


class ListedApplicationQuerySet(models.QuerySet["ListedApplication"]):
    """Listed applications by who may see them."""

    def held_for(self, user: User) -> Self:
        """Return the rows that an agency of ``user`` holds itself."""
        return self.filter(held_by__in=user.officer_agencies).exclude(seminar__in=recused(user))

    def visible_to(self, user: User) -> Self:
        """Return the rows that ``user`` may read as an officer; nobody else reads any.

        Those an agency of theirs holds; those of a list that the other agency has shared, except where their own
        agency holds a row of the same side and number itself; and those that are in a pair with one of its records,
        or that are its own agency's half of a pair; none of a pair the officer is shut out of (SAFETY 3).
        """
        own = user.officer_agencies
        held_twice = self.model.objects.filter(
            ~Q(application_number=""),
            held_by__in=own,
            side=OuterRef("side"),
            application_number=OuterRef("application_number"),
        )
        shared = Q(application_list__shared_at__isnull=False, side__call__in=_calls_of(own)) & ~Exists(held_twice)
        records = Proposal.objects.filter(side__agency__in=own, seminar__state__in=CONFIRMED)
        paired = Q(seminar__in=records.values("seminar")) | Q(side__agency__in=own, seminar__isnull=False)
        return self.filter(Q(held_by__in=own) | shared | paired).exclude(seminar__in=recused(user))

    def with_side(self) -> Self:
        """Fetch the side with its call and agency, who holds the row, its list and its pair."""
        return self.select_related("side__call", "side__agency", "held_by", "application_list", "seminar", "record")


def _calls_of(agencies: tuple[int, ...]) -> Any:
    return CallAgency.objects.filter(agency__in=agencies).values("call")


class ListedApplication(PersonName):
    """One application of ``side`` as a list has it: the cells as received, and the fields read from them.

    A pair is two Proposals, or one Proposal and one ListedApplication of the other side. ``seminar`` is set, with who
    and when, by the officer who confirmed that match, and cleared when the match is taken apart; a Seminar cannot be
    deleted while a row is in it. ``record`` is another thing: the record of the *same* side that was filed here under
    this application number, known when the row was imported; it is then that record which is matched, not the row.

    One agency holds an application once: importing it again updates the row in place, so that matches and refused
    candidates stay; ``earlier`` keeps what the row said before each update, for the undo. Undoing an import deletes
    the rows it added, and is refused once one of its rows is in a pair.
    """

    application_list = models.ForeignKey(ApplicationList, models.PROTECT, related_name="rows")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="listed", verbose_name=_("Side"))
    held_by = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Held by"))
    row_number = models.PositiveIntegerField(_("Row"))
    received: Any = models.JSONField(_("As received"), default=dict)
    earlier: Any = models.JSONField(default=list, editable=False)

    application_number = fields.LineField(_("Application number"), max_length=40, blank=True)
    title_en = fields.LineField(_("Seminar title in English"), max_length=TITLE, blank=True)
    title_ja = fields.LineField(_("Seminar title in Japanese"), max_length=TITLE, blank=True)
    title_original = fields.LineField(_("Seminar title"), max_length=TITLE, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    orcid = fields.OrcidField(_("ORCID iD"), max_length=60, blank=True)
    institution = fields.LineField(_("Institution"), max_length=200, blank=True)
    department = fields.LineField(_("Department or laboratory"), max_length=200, blank=True)
    partner_family_name = fields.LineField(_("Partner's family name"), max_length=80, blank=True)
    partner_given_name = fields.LineField(_("Partner's given name"), max_length=80, blank=True)
    partner_email = models.EmailField(_("Partner's e-mail address"), blank=True)
    partner_institution = fields.LineField(_("Partner's institution"), max_length=200, blank=True)
    start_on = models.DateField(_("Start date"), null=True, blank=True)
    end_on = models.DateField(_("End date"), null=True, blank=True)
    venue_city = fields.LineField(_("City"), max_length=100, blank=True)
    venue_country = models.CharField(_("Host country"), max_length=2, blank=True)
    track = models.CharField(_("JSPS track"), max_length=12, choices=Track, blank=True)
    track_received = fields.LineField(_("Track as received"), max_length=200, blank=True)
    status_received = fields.LineField(_("Status as received"), max_length=200, blank=True)
    approved_on = models.DateField(_("Approved by the institution"), null=True, blank=True)

    record = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="listings")
    seminar = models.OneToOneField(Seminar, models.PROTECT, null=True, blank=True, related_name="listed")
    matched_at = models.DateTimeField(_("Matched"), null=True)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ListedApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("listed application")
        verbose_name_plural = _("listed applications")
        ordering = ["pk"]
        indexes = [models.Index(fields=["side", "held_by", "application_number"], name="listed_of_side")]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "held_by", "application_number"],
                condition=~Q(application_number=""),
                name="listed_once_by_number",
            ),
            models.UniqueConstraint(fields=["application_list", "row_number"], name="listed_row_once"),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="listed_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(track__in=["", *Track.values]), name="listed_track_known"),
            models.CheckConstraint(
                condition=Q(seminar__isnull=True, matched_at__isnull=True, matched_by__isnull=True)
                | Q(seminar__isnull=False, matched_at__isnull=False, matched_by__isnull=False),
                name="listed_match_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.display_title or self.application_number or f"#{self.pk}"

    @property
    def display_title(self) -> str:
        """The title for a reader: the English one where the list has it, or any other."""
        return self.title_en or self.title_original or self.title_ja

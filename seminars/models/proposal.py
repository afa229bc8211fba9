"""The record of one agency: what one coordinator files on one side."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.choices import ProposalState, ToldOutcome, Track
from seminars.models.call import CallAgency
from seminars.models.proposal_queries import UNFINISHED, ProposalQuerySet
from seminars.models.seminar import Seminar
from seminars.models.theme import PriorityArea, Theme
from seminars.rules import bounds, deadline

if TYPE_CHECKING:
    from seminars.models.listed import ListedApplication


class Proposal(models.Model):
    """One agency's record of a joint seminar.

    Shared facts stand in both records of a pair and are compared all the time. Each section that is one form
    has a version, so that two editors never overwrite each other, and the instant of its last saving.
    """

    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="proposals")
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    state = models.CharField(_("State"), max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Last changed"))
    seminar = models.ForeignKey(Seminar, models.SET_NULL, null=True, blank=True, related_name="proposals")
    pair_confirmed_at = models.DateTimeField(_("Pair confirmed"), null=True)

    title_en = fields.LineField(_("Seminar title in English"), max_length=bounds.TITLE[1], blank=True)
    title_fr = fields.LineField(_("Seminar title in French"), max_length=bounds.TITLE[1], blank=True)
    title_ja = fields.LineField(_("Seminar title in Japanese"), max_length=bounds.TITLE[1], blank=True)
    abstract_en = fields.BlockField(_("Abstract in English"), max_length=bounds.ABSTRACT[1], blank=True)
    keywords: Any = models.JSONField(_("Keywords"), default=list, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, verbose_name=_("Theme"))
    areas = models.ManyToManyField(PriorityArea, blank=True, verbose_name=_("Priority areas"))
    start_on = models.DateField(_("Start date"), null=True, blank=True)
    end_on = models.DateField(_("End date"), null=True, blank=True)
    venue_name = fields.LineField(_("Venue"), max_length=200, blank=True)
    venue_city = fields.LineField(_("City"), max_length=100, blank=True)
    venue_country = models.CharField(_("Host country"), max_length=2, blank=True)
    facts_version = models.PositiveIntegerField(default=0)
    facts_saved_at = models.DateTimeField(null=True)

    track = models.CharField(_("JSPS track"), max_length=12, choices=Track, blank=True)
    application_number = fields.LineField(_("JSPS application number"), max_length=40, blank=True)
    institution_officer_name = fields.LineField(_("Institution officer"), max_length=160, blank=True)
    institution_officer_email = models.EmailField(_("Institution officer's e-mail address"), blank=True)
    director_name = fields.LineField(_("Unit director"), max_length=160, blank=True)
    coordinators_version = models.PositiveIntegerField(default=0)
    coordinators_saved_at = models.DateTimeField(null=True)

    objectives = fields.BlockField(_("Objectives"), max_length=bounds.NARRATIVE[1], blank=True)
    cooperation = fields.BlockField(_("Prospects for cooperation"), max_length=bounds.NARRATIVE[1], blank=True)
    novelty = fields.BlockField(_("Novelty of the collaborations"), max_length=bounds.NARRATIVE[1], blank=True)
    added_value = fields.BlockField(_("Added value of the cooperation"), max_length=bounds.NARRATIVE[1], blank=True)
    feasibility = fields.BlockField(_("Feasibility"), max_length=bounds.NARRATIVE[1], blank=True)
    case_version = models.PositiveIntegerField(default=0)
    case_saved_at = models.DateTimeField(null=True)

    declares_accuracy = models.BooleanField(_("What this record says is accurate and complete."), default=False)
    declares_partner_files = models.BooleanField(
        _("My partner files the same seminar with the other agency; otherwise neither record is eligible."),
        default=False,
    )
    declares_data_use = models.BooleanField(
        _("The people named here know that both agencies will use these data to evaluate the seminar."), default=False
    )
    director_agrees = models.BooleanField(_("The director of my unit agrees to this seminar."), default=False)
    declarations_version = models.PositiveIntegerField(default=0)
    declarations_saved_at = models.DateTimeField(null=True)

    admitted_until = models.DateTimeField(_("Admitted late until"), null=True)
    admitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    admission_reason = fields.BlockField(_("Reason for late admission"), max_length=1000, blank=True)

    correct_until = models.DateTimeField(_("To be corrected until"), null=True)
    correction_sent_at = models.DateTimeField(_("Correction sent to the institution"), null=True)
    data_ended_at = models.DateTimeField(_("Personal data ended"), null=True, editable=False)
    told_outcome = models.CharField(_("Eligibility as told"), max_length=10, choices=ToldOutcome, blank=True)
    told_at = models.DateTimeField(_("Eligibility told"), null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["side", "state", "-changed_at"], name="proposal_of_side"),
            models.Index(fields=["coordinator", "-changed_at"], name="proposal_of_coordinator"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "coordinator"],
                condition=~Q(state__in=[ProposalState.WITHDRAWN, ProposalState.LAPSED]),
                name="proposal_one_per_coordinator_side",
                violation_error_message=_("You already have a proposal for this agency in this call."),
            ),
            models.UniqueConstraint(fields=["seminar", "side"], name="proposal_one_per_side_of_seminar"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(pair_confirmed_at__isnull=True) | Q(seminar__isnull=False),
                name="proposal_confirms_a_seminar",
            ),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="proposal_dates_in_order",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(admitted_until__isnull=True, admitted_by__isnull=True, admission_reason="")
                | (Q(admitted_until__isnull=False, admitted_by__isnull=False) & ~Q(admission_reason="")),
                name="proposal_admission_whole",
            ),
            models.CheckConstraint(
                condition=Q(correct_until__isnull=True, correction_sent_at__isnull=True)
                | Q(correct_until__isnull=False, state=ProposalState.SUBMITTED),
                name="proposal_corrected_while_submitted",
            ),
            models.CheckConstraint(
                condition=Q(told_outcome="", told_at__isnull=True)
                | Q(told_outcome__in=ToldOutcome.values, told_at__isnull=False),
                name="proposal_told_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.display_title or f"#{self.pk}"

    @property
    def display_title(self) -> str:
        """The title for a reader: the English one, which every complete record has, or any other."""
        return self.title_en or self.title_fr or self.title_ja

    @property
    def called(self) -> str:
        """What sentences call the record: its title, or words that say it has none."""
        return self.display_title or gettext("Record without a title yet")

    @property
    def closes_at(self) -> datetime:
        """The last moment this record may be submitted (R1), late admission and correction included; UTC."""
        return max(filter(None, (self.side.deadline_at, self.admitted_until, self.correct_until)))

    def is_being_corrected(self, at: datetime) -> bool:
        """Say whether an officer has asked for a correction that may still be written at ``at``."""
        until = self.correct_until
        return until is not None and at <= until and self.correction_sent_at is None

    def state_at(self, at: datetime) -> str:
        """Return the state that counts at ``at``: an unfinished record lapses at its deadline by rule (R21)."""
        if self.state in UNFINISHED and not deadline.is_on_time(at, self.side.deadline_at, self.admitted_until):
            return ProposalState.LAPSED
        return self.state

    @property
    def listed(self) -> "ListedApplication | None":
        """The other half of a pair, where an officer found it in the other agency's list and not among the records.

        Only an officer makes such a pair, so that those of coordinators are not asked.
        """
        return getattr(self.seminar, "listed", None) if self.seminar and self.seminar.matched_by_id else None

    @cached_property
    def partner(self) -> "Proposal | None":
        """The other record of the pair, or nothing; known already on records fetched with their dossier or pairing."""
        if self.seminar_id is None:
            return None
        return Proposal.objects.with_side().filter(seminar=self.seminar_id).exclude(pk=self.pk).first()

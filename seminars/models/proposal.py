"""The record of one agency: what one coordinator files on one side."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, Union, cast

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import ActsForAgencies, User
from seminars.choices import CONFIRMED, ProposalState, ToldOutcome, Track
from seminars.models.call import CallAgency
from seminars.models.seminar import Seminar
from seminars.models.theme import PriorityArea, Theme
from seminars.rules import bounds, deadline

if TYPE_CHECKING:
    from seminars.models.listed import ListedApplication

Lookup = Union[str, "models.Prefetch[Any]"]
UNFINISHED = (ProposalState.DRAFT, ProposalState.AWAITING_INSTITUTION)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Records by who may see them, and with what they need."""

    _of_both: tuple[Lookup, ...] = ()

    def visible_to(self, user: User) -> Self:
        """Return the records that ``user`` may read.

        One's own; and for an officer those of the agency, and the other agency's as far as they are paired
        with one of the agency's, or with an application that the agency knows from its own list only.
        """
        scope = Q(coordinator=user)
        if user.officer_agencies:
            scope |= self._oversight(user)
        return self.filter(scope)

    def overseen_by(self, user: ActsForAgencies) -> Self:
        """Return the records ``visible_to`` a user as an officer: without those the user coordinates for others."""
        return self.filter(self._oversight(user))

    def _oversight(self, user: ActsForAgencies) -> Q:
        own = Q(side__agency__in=user.officer_agencies)
        confirmed = self.model.objects.filter(seminar__state__in=CONFIRMED)
        listed = confirmed.filter(seminar__listed__side__agency__in=user.officer_agencies)
        paired = confirmed.filter(own)
        return own | Q(seminar__in=paired.values("seminar")) | Q(seminar__in=listed.values("seminar"))

    def that_stand_for(self, user: ActsForAgencies) -> Self:
        """Return an officer's one record of each pair: the own agency's, or the other where the own half is listed."""
        own = user.officer_agencies
        return self.filter(Q(side__agency__in=own) | Q(seminar__listed__side__agency__in=own))

    def owned_by(self, user: User) -> Self:
        """Return the records that ``user`` coordinates."""
        return self.filter(coordinator=user)

    def and_partners(self) -> "ProposalQuerySet":
        """Return these records and their partners: one narrow query now, and one wide one for both instead of two."""
        found = dict(self.values_list("pk", "seminar_id"))
        seminars = {seminar_id for seminar_id in found.values() if seminar_id}
        return Proposal.objects.filter(Q(pk__in=found) | Q(seminar__in=seminars))

    def held_by(self, user: User, at: datetime) -> Self:
        """Return the records that ``user`` may be writing in at ``at``: own drafts, and own corrections under way."""
        correcting = Q(state=ProposalState.SUBMITTED, correct_until__gte=at, correction_sent_at__isnull=True)
        return self.filter(Q(state=ProposalState.DRAFT) | correcting, coordinator=user)

    def with_side(self) -> Self:
        """Fetch the side, its call and agency, and the seminar with each record."""
        return self.select_related("side__call", "side__agency", "seminar", "coordinator")

    def with_dossier(self) -> Self:
        """Fetch everything the rules look at, of the record and of its partner, in a fixed number of queries."""
        return self._with_partner(
            "side__call__countries",
            "side__cost_kinds",
            "areas",
            "participants",
            "sessions",
            "lines",
            "attachments",
        )

    def with_pairing(self) -> Self:
        """Fetch what the line of pairing looks at: both sides, both records, their invitations."""
        sides = models.Prefetch("side__call__sides", CallAgency.objects.select_related("agency"))
        return self._with_partner(sides, "invitations")

    def _with_partner(self, *lookups: Lookup) -> Self:
        """Fetch ``lookups`` for each record and its partner alike: one query a table for both, not one for each."""
        fetched = self.with_side().select_related("theme")
        fetched._of_both = (*self._of_both, *lookups)
        return fetched

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._of_both = self._of_both
        return clone

    def _fetch_all(self) -> None:
        is_first_time = self._result_cache is None
        super()._fetch_all()
        if is_first_time and self._of_both:
            _fetch_of_both(cast("list[Proposal]", self._result_cache), self._of_both)

    def with_state_at(self, at: datetime) -> Self:
        """Annotate ``state_now``: unfinished records have lapsed once their deadline passed, task or no task."""
        closes_at = Greatest(F("side__deadline_at"), F("admitted_until"))
        late = Q(state__in=UNFINISHED) & (
            Q(admitted_until__isnull=True, side__deadline_at__lt=at)
            | Q(admitted_until__isnull=False, admitted_until__lt=at, side__deadline_at__lt=at)
        )
        return self.annotate(
            closes_at_now=Case(When(admitted_until__isnull=True, then=F("side__deadline_at")), default=closes_at),
            state_now=Case(
                When(late, then=Value(ProposalState.LAPSED.value)),
                default=F("state"),
                output_field=models.CharField(),
            ),
        )


def _fetch_of_both(records: "list[Proposal]", lookups: tuple[Lookup, ...]) -> None:
    """Find the partner of each record where it is not among them, and fetch ``lookups`` for all together."""
    halves_here = Counter(record.seminar_id for record in records if record.seminar_id)
    seminars = [seminar_id for seminar_id, number in halves_here.items() if number == 1]
    own = [record.pk for record in records]
    others = Proposal.objects.none()
    if seminars:
        others = Proposal.objects.filter(seminar__in=seminars).exclude(pk__in=own).with_side().select_related("theme")
    both = [*records, *others]
    halves: dict[int | None, list[Proposal]] = {}
    for record in both:
        halves.setdefault(record.seminar_id, []).append(record)
    for record in both:
        pair = halves[record.seminar_id] if record.seminar_id else []
        record.partner = next((other for other in pair if other.pk != record.pk), None)
    models.prefetch_related_objects(both, *lookups)
    fetch_listed(both)


def fetch_listed(records: "Iterable[Proposal]") -> None:
    """Fetch the row of the other agency's list that is the other half of each record, in two queries, or in none.

    It is half of few pairs, and joining its many columns would cost the pages of all others.
    """
    matched = [record.seminar for record in records if record.seminar and record.seminar.matched_by_id]
    models.prefetch_related_objects(matched, "listed__side__agency")


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

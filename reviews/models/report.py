"""The final report of a confirmed seminar: one text by both coordinators, and each side's own figures (R29)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from accounts.choices import Language
from accounts.models import User
from reviews.choices import WRITING, ReportState
from reviews.models.closed import pairs_run_by
from reviews.rules import report as rules
from seminars.choices import SeminarState
from seminars.models import Call, CallAgency, Proposal, Seminar

TEXT = 12_000
"""The most a text may hold while it is written; what may be handed in is the rule's."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by who may see them, and by what is awaited; those of cancelled seminars are in none of them."""

    def standing(self) -> "ReportQuerySet":
        """Return the reports of seminars that are confirmed, and were not cancelled since."""
        return self.filter(seminar__state=SeminarState.CONFIRMED)

    def written_by(self, user: User) -> "ReportQuerySet":
        """Return the reports of the seminars that ``user`` coordinates."""
        own = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
        return self.standing().filter(seminar__in=own)

    def read_by(self, user: User) -> "ReportQuerySet":
        """Return the reports that ``user`` reads as an officer: of pairs overseen, but not of those one coordinates."""
        return self.standing().filter(seminar__in=pairs_run_by(user).values("pk"))

    def visible_to(self, user: User) -> "ReportQuerySet":
        """Return the reports that ``user`` writes, or reads as an officer.

        Who oversees reads none of a pair one is shut out of (R23); who coordinates writes the report of one's own
        seminar, even though one is shut out of judging it.
        """
        pks = self.written_by(user).values("pk"), self.read_by(user).values("pk")
        return self.filter(Q(pk__in=pks[0]) | Q(pk__in=pks[1]))

    def published(self) -> "ReportQuerySet":
        """Return the reports whose public summary anyone may read."""
        return self.standing().filter(published_at__isnull=False)

    def with_terms(self) -> "ReportQuerySet":
        """Fetch each report with what its dates and sides are worked out from, in a fixed number of queries."""
        sides = models.Prefetch("sides", ReportSide.objects.select_related("side__agency", "side__call"))
        records = models.Prefetch("seminar__proposals", Proposal.objects.select_related("coordinator", "side__agency"))
        return self.select_related("seminar__call").prefetch_related(sides, records)

    def awaited(self, at: datetime) -> "ReportQuerySet":
        """Return the reports with the coordinators, returned ones too, of seminars that are over at ``at``."""
        return self._of_seminars_ended(at, with_delay=False).filter(state__in=WRITING)

    def overdue(self, at: datetime) -> "ReportQuerySet":
        """Return the reports that were never handed in, and should have been before ``at`` (R29).

        One that was returned is not among them: it waits for its correction.
        """
        return self._of_seminars_ended(at, with_delay=True).filter(state=ReportState.DRAFT)

    def _of_seminars_ended(self, at: datetime, *, with_delay: bool) -> "ReportQuerySet":
        calls = Call.objects.filter(seminars__state=SeminarState.CONFIRMED).distinct().prefetch_related("sides")
        ended = Q(pk__in=())
        for call in calls:
            zones = [side.deadline_zone for side in call.sides.all()]
            before = rules.today_in(zones, at) - timedelta(days=call.report_days if with_delay else 0)
            ended |= Q(seminar__call=call, seminar__proposals__end_on__lt=before)
        return self.standing().filter(pk__in=self.model.objects.filter(ended).values("pk"))


class Report(models.Model):
    """What both coordinators write after the last day; there from the moment the seminar is confirmed.

    Each section has a version of its own, so that two editors never overwrite each other; ``version`` counts every
    change of what is signed for, so that a signature is for what was read. The public summary is apart: a text of its
    own, published once everybody concerned has agreed to it.
    """

    seminar = models.OneToOneField(Seminar, models.PROTECT, related_name="report")
    state = models.CharField(_("State"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    start_on = models.DateField(_("First day, as it took place"), null=True, blank=True)
    end_on = models.DateField(_("Last day, as it took place"), null=True, blank=True)
    venue_name = fields.LineField(_("Venue"), max_length=200, blank=True)
    venue_city = fields.LineField(_("City"), max_length=100, blank=True)
    venue_country = models.CharField(_("Country of the venue"), max_length=2, blank=True)
    facts_version = models.PositiveIntegerField(default=0)
    facts_saved_at = models.DateTimeField(null=True)
    narrative = fields.BlockField(_("Course and outcomes"), max_length=TEXT, blank=True)
    follow_up = fields.BlockField(_("Follow-up plans"), max_length=TEXT, blank=True)
    narrative_version = models.PositiveIntegerField(default=0)
    narrative_saved_at = models.DateTimeField(null=True)
    attendance_version = models.PositiveIntegerField(default=0)
    attendance_saved_at = models.DateTimeField(null=True)
    publications_version = models.PositiveIntegerField(default=0)
    publications_saved_at = models.DateTimeField(null=True)
    public_text = fields.BlockField(_("Public summary"), max_length=TEXT, blank=True)
    public_language = models.CharField(
        _("Language of the public summary"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    summary_version = models.PositiveIntegerField(default=0)
    summary_saved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(pgettext_lazy("a summary", "Published"), null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("final report")
        verbose_name_plural = _("final reports")
        ordering = ["seminar"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="report_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (Q(state=ReportState.ACCEPTED) & ~Q(public_text="")),
                name="report_published_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar} · {self.get_state_display()}"

    @property
    def is_writing(self) -> bool:
        """Whether the coordinators write it."""
        return self.state in WRITING

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The zones of both agencies; fetch ``with_terms``."""
        return tuple(side.side.deadline_zone for side in self.sides.all())

    @property
    def last_day(self) -> date | None:
        """The last day as planned, approved changes included; the venue's calendar. Fetch ``with_terms``."""
        return max((record.end_on for record in self.seminar.proposals.all() if record.end_on), default=None)

    @property
    def due_on(self) -> date | None:
        """The last day for the report (R29); fetch ``with_terms``."""
        return rules.due_on(self.last_day, self.seminar.call.report_days) if self.last_day else None

    @property
    def due_at(self) -> datetime | None:
        """The instant (UTC) from which the report is late (R29); fetch ``with_terms``."""
        return rules.due_at(self.due_on, self.zones) if self.due_on else None

    def is_over(self, at: datetime) -> bool:
        """Say whether the seminar's last day has passed at ``at``; fetch ``with_terms``."""
        return self.last_day is not None and rules.is_over(self.last_day, self.zones, at)

    def is_overdue(self, at: datetime) -> bool:
        """Say whether the report should have been handed in and never was, at ``at``; fetch ``with_terms``."""
        return self.state == ReportState.DRAFT and self.due_at is not None and at >= self.due_at


class ReportSide(models.Model):
    """One side of a report: its attendance, its own spending, its coordinator's signature, and who agrees to publish.

    A side whose half is known from a list only has no coordinator here: neither spending nor signature.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sides")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    attended = models.PositiveSmallIntegerField(_("Participants"), null=True, blank=True)
    young = models.PositiveSmallIntegerField(_("Young researchers"), null=True, blank=True)
    statutory = models.PositiveSmallIntegerField(_("Statutory researchers (permanent)"), null=True, blank=True)
    spending_note = fields.BlockField(_("Why spending differs from what was approved"), max_length=2000, blank=True)
    spending_version = models.PositiveIntegerField(default=0)
    spending_saved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(_("Signed"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    coordinator_agreed_at = models.DateTimeField(_("The coordinator agrees to publish"), null=True)
    officer_agreed_at = models.DateTimeField(_("The agency agrees to publish"), null=True)
    officer_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("side of a report")
        verbose_name_plural = _("sides of a report")
        ordering = ["side__agency__accent"]
        constraints = [
            models.UniqueConstraint(fields=["report", "side"], name="report_side_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="report_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(officer_agreed_at__isnull=True, officer_agreed_by__isnull=True)
                | Q(officer_agreed_at__isnull=False, officer_agreed_by__isnull=False),
                name="report_agreed_whole",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True)
                | (
                    (Q(young__isnull=True) | Q(young__lte=F("attended")))
                    & (Q(statutory__isnull=True) | Q(statutory__lte=F("attended")))
                ),
                name="report_parts_of_attended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.side}"

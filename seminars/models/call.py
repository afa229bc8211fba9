"""A call is data: its dates, terms, themes and criteria live here, and no rule names a year or an amount."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import TIME_ZONES
from accounts.models import ActsForAgencies, Agency, User, translated
from seminars.choices import CallState, CostKind, Currency, LaboratoryKind, Track
from seminars.rules.budget import has_too_many_decimals
from seminars.rules.deadline import ImpossibleLocalTime, instant


class CallQuerySet(models.QuerySet["Call"]):
    """Calls by whether the public may see them."""

    def published(self) -> "CallQuerySet":
        """Return the calls that anyone may read."""
        return self.filter(is_published=True)

    def visible_to(self, user: User | AnonymousUser) -> "CallQuerySet":
        """Return the calls that ``user`` may read: the published ones, and all of them for administrators."""
        return self.all() if user.is_staff else self.published()

    def run_by(self, user: ActsForAgencies) -> "CallQuerySet":
        """Return the calls that ``user`` runs as an officer of one of their agencies, published or not."""
        return self.filter(pk__in=CallAgency.objects.filter(agency__in=user.officer_agencies).values("call"))

    def with_sides(self) -> "CallQuerySet":
        """Fetch each call with its two sides and their agencies."""
        return self.prefetch_related(models.Prefetch("sides", CallAgency.objects.select_related("agency")))

    def with_terms(self) -> "CallQuerySet":
        """Fetch each call with all its terms, in a fixed number of queries."""
        return self.prefetch_related(
            models.Prefetch("sides", CallAgency.objects.select_related("agency").prefetch_related("cost_kinds")),
            "countries",
            "themes",
            "areas",
            "criteria",
        )


class Call(models.Model):
    """One call for joint seminars by two agencies.

    ``year`` is the year of the call, ``seminar_year`` the one the seminars take place in (C3).
    """

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    title_en = fields.LineField(_("Title in English"), max_length=200)
    title_fr = fields.LineField(_("Title in French"), max_length=200)
    title_ja = fields.LineField(_("Title in Japanese"), max_length=200)
    summary_en = fields.BlockField(_("Summary in English"), max_length=2000)
    summary_fr = fields.BlockField(_("Summary in French"), max_length=2000)
    summary_ja = fields.BlockField(_("Summary in Japanese"), max_length=2000)
    format_en = fields.BlockField(_("Format and eligibility in English"), max_length=4000, blank=True)
    format_fr = fields.BlockField(_("Format and eligibility in French"), max_length=4000, blank=True)
    format_ja = fields.BlockField(_("Format and eligibility in Japanese"), max_length=4000, blank=True)
    year = models.PositiveSmallIntegerField(_("Year of the call"))
    seminar_year = models.PositiveSmallIntegerField(_("Year of the seminars"))
    opens_at = models.DateTimeField(_("Opening date"))
    window_start_on = models.DateField(_("First possible day"))
    window_end_on = models.DateField(_("Last possible day"))
    min_days = models.PositiveSmallIntegerField(_("Fewest days"), default=2, validators=[MinValueValidator(1)])
    max_days = models.PositiveSmallIntegerField(_("Most days"), default=3, validators=[MinValueValidator(1)])
    minimum_laboratories = models.PositiveSmallIntegerField(_("Fewest laboratories in all"), default=2)
    expected_participants = models.PositiveSmallIntegerField(
        _("Participants per side above which to warn"), default=10, help_text=_("A warning, never a refusal (R18).")
    )
    capacity = models.PositiveSmallIntegerField(
        _("Number of seminars funded"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    announce_from_on = models.DateField(_("Results from"))
    announce_until_on = models.DateField(_("Results until"))
    report_days = models.PositiveSmallIntegerField(_("Days for the final report"), default=60)
    keep_funded_years = models.PositiveSmallIntegerField(
        _("Years that records of funded seminars are kept"),
        default=10,
        help_text=_("Counted from the end of the last possible day's year; then personal data may go."),
    )
    keep_other_years = models.PositiveSmallIntegerField(
        _("Years that other records are kept"),
        default=5,
        help_text=_("Counted from the end of the year of the results; then personal data may go."),
    )
    is_published = models.BooleanField(_("Published"), default=False)
    is_demonstration = models.BooleanField(_("Demonstration"), default=False)
    admin_note = fields.BlockField(
        _("Note for administrators"),
        max_length=4000,
        blank=True,
        help_text=_("Contradictions and how they are settled."),
    )
    # What the data file said when it was last loaded: what an administrator has changed since is not undone.
    loaded: Any = models.JSONField(default=dict, editable=False)

    title = translated("title")
    summary = translated("summary")
    format = translated("format")
    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-year", "-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(window_start_on__lte=models.F("window_end_on")),
                name="call_window_in_order",
                violation_error_message=_("The last possible day is before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(min_days__gte=1, min_days__lte=models.F("max_days")),
                name="call_days_in_order",
                violation_error_message=_("The fewest days are more than the most."),
            ),
            models.CheckConstraint(
                condition=models.Q(announce_from_on__lte=models.F("announce_until_on")),
                name="call_announcement_in_order",
                violation_error_message=_("The results would end before they begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1), name="call_capacity_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse dates and days in the wrong order, beside the field that ends them."""
        wrong: dict[str, tuple[Any, Any, Any]] = {
            "window_end_on": (
                self.window_start_on,
                self.window_end_on,
                _("The last possible day is before the first."),
            ),
            "max_days": (self.min_days, self.max_days, _("The fewest days are more than the most.")),
            "announce_until_on": (
                self.announce_from_on,
                self.announce_until_on,
                _("The results would end before they begin."),
            ),
        }
        found = {
            name: words
            for name, (low, high, words) in wrong.items()
            if low is not None and type(low) is type(high) and low > high
        }
        if found:
            raise ValidationError(found)

    @property
    def host_countries(self) -> tuple[str, ...]:
        """The ISO 3166 codes of the countries that may host (R9)."""
        return tuple(country.country for country in self.countries.all() if country.may_host)

    @property
    def last_deadline_at(self) -> datetime:
        """The later of the two deadlines, in UTC; the opening while there are no sides yet."""
        return max((side.deadline_at for side in self.sides.all()), default=self.opens_at)

    def is_open(self, at: datetime) -> bool:
        """Say whether at least one side may still file at ``at``."""
        return self.opens_at <= at <= self.last_deadline_at

    def state_at(self, at: datetime) -> CallState:
        """Return whether the call can be filed to at ``at``."""
        if at < self.opens_at:
            return CallState.UPCOMING
        return CallState.OPEN if self.is_open(at) else CallState.CLOSED


class CallAgency(models.Model):
    """One side of a call: an agency's deadline, money and procedure.

    The deadline is announced as a local date, time and zone, and shown exactly so; ``deadline_at`` is the same
    moment in UTC, set by ``actions.calls.set_deadline``.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="sides")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="calls")
    deadline_on = models.DateField(_("Deadline: date"))
    deadline_time = models.TimeField(_("Deadline: time"))
    deadline_zone = models.CharField(
        _("Deadline: time zone"), max_length=40, choices=[(zone, zone) for zone in TIME_ZONES]
    )
    deadline_at = models.DateTimeField(_("Deadline in UTC"), editable=False)
    deadline_confirmed = models.BooleanField(_("Deadline confirmed"), default=True)
    currency = models.CharField(_("Currency"), max_length=3, choices=Currency)
    cap = models.DecimalField(_("Maximum amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    required_track = models.CharField(_("Required track"), max_length=12, choices=Track, blank=True)
    required_laboratory_kind = models.CharField(
        _("Coordinator and speakers work in"), max_length=10, choices=LaboratoryKind, blank=True
    )
    asks_application_number = models.BooleanField(_("Asks for the agency's own application number"), default=False)
    asks_institution_approval = models.BooleanField(_("Asks for the institution's approval"), default=False)
    asks_director_agreement = models.BooleanField(_("Asks for the unit director's agreement"), default=False)
    asks_japanese_names = models.BooleanField(_("Asks for names in kanji and katakana"), default=False)
    pays_en = fields.BlockField(_("What is paid, in English"), max_length=2000, blank=True)
    pays_fr = fields.BlockField(_("What is paid, in French"), max_length=2000, blank=True)
    pays_ja = fields.BlockField(_("What is paid, in Japanese"), max_length=2000, blank=True)
    filing_en = fields.BlockField(_("How to file, in English"), max_length=2000, blank=True)
    filing_fr = fields.BlockField(_("How to file, in French"), max_length=2000, blank=True)
    filing_ja = fields.BlockField(_("How to file, in Japanese"), max_length=2000, blank=True)
    guidelines_url_en = models.URLField(_("Guidelines in English"), blank=True)
    guidelines_url_fr = models.URLField(_("Guidelines in French"), blank=True)
    guidelines_url_ja = models.URLField(_("Guidelines in Japanese"), blank=True)
    minimum_reviews = models.PositiveSmallIntegerField(
        _("Sealed reviews needed per pair"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("Per pair, by this agency (R22)."),
    )
    maximum_load = models.PositiveSmallIntegerField(
        _("Most pairs per reviewer"), default=12, validators=[MinValueValidator(1)]
    )
    quorum = models.PositiveSmallIntegerField(
        _("Panel members needed to seal"), default=1, validators=[MinValueValidator(1)]
    )
    shares_reviews = models.BooleanField(
        _("A reviewer who has sealed reads the others' reviews of the pair"), default=False
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)

    pays = translated("pays")
    filing = translated("filing")
    guidelines_url = translated("guidelines_url")

    class Meta:
        verbose_name = _("side of the call")
        verbose_name_plural = _("sides of the call")
        ordering = ["agency__accent"]
        constraints = [
            models.UniqueConstraint(fields=["call", "agency"], name="call_agency_once"),
            models.CheckConstraint(
                condition=models.Q(cap__isnull=True) | models.Q(cap__gte=0), name="call_cap_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_reviews__gte=1, maximum_load__gte=1, quorum__gte=1),
                name="call_evaluation_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.call}"

    @property
    def counterpart(self) -> "CallAgency | None":
        """The other side of the call, or nothing where an agency calls alone; fetch ``call__sides__agency``."""
        return next((side for side in self.call.sides.all() if side.pk != self.pk), None)

    def clean(self) -> None:
        """Refuse a deadline that its clocks skip or show twice; a cap below zero, or finer than its currency (R16)."""
        announced = isinstance(self.deadline_on, date) and isinstance(self.deadline_time, time)
        if announced and self.deadline_zone in TIME_ZONES:
            try:
                instant(self.deadline_on, self.deadline_time, self.deadline_zone)
            except (ImpossibleLocalTime, OverflowError) as doubtful:
                words = _(
                    "The clocks of this time zone skip this time on that day, or show it twice. Choose another one."
                )
                raise ValidationError({"deadline_time": words}) from doubtful
        if isinstance(self.cap, Decimal) and self.currency in Currency:
            if self.cap < 0:
                raise ValidationError({"cap": _("An amount cannot be negative.")})
            if has_too_many_decimals(self.cap, self.decimals):
                raise ValidationError({"cap": _("This currency has no decimals: write a whole amount.")})

    @property
    def announced_at(self) -> datetime:
        """The announced local deadline as an instant in UTC; raises ImpossibleLocalTime."""
        return instant(self.deadline_on, self.deadline_time, self.deadline_zone)

    @property
    def decimals(self) -> int:
        """How many decimals an amount in this side's currency has (R16)."""
        return Currency(self.currency).decimals


class AllowedCost(models.Model):
    """A kind of cost that one side pays (R15)."""

    side = models.ForeignKey(CallAgency, models.CASCADE, related_name="cost_kinds")
    kind = models.CharField(_("Budget category"), max_length=20, choices=CostKind)

    class Meta:
        verbose_name = _("cost paid")
        verbose_name_plural = _("costs paid")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["side", "kind"], name="allowed_cost_once"),
            models.CheckConstraint(condition=models.Q(kind__in=CostKind.values), name="allowed_cost_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

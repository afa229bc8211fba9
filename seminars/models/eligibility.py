"""What the officers decide on eligibility, the corrections they ask for, and when coordinators are told."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User, translated
from seminars.choices import Eligibility
from seminars.models.call import Call, CallAgency
from seminars.models.proposal import Proposal
from seminars.models.seminar import Seminar
from seminars.models.submission import Submission

REASON = 4000


def _person(null: bool = False) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=null, related_name="+")


class EligibilityNotice(models.Model):
    """When the coordinators of a call are told: planned by an officer of one side, agreed to by the other's.

    Each notice tells what is decided when it goes and was not told before. It can be moved or cancelled until then.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="eligibility_notices")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("Coordinators are told"))
    planned_at = models.DateTimeField(_("Planned"))
    planned_by = _person()
    agreed_at = models.DateTimeField(_("Agreed to"), null=True)
    agreed_by = _person(null=True)
    cancelled_at = models.DateTimeField(_("Cancelled"), null=True)
    cancelled_by = _person(null=True)
    sent_at = models.DateTimeField(_("Gone"), null=True)

    class Meta:
        verbose_name = _("notice of eligibility")
        verbose_name_plural = _("notices of eligibility")
        ordering = ["-planned_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(sent_at__isnull=True, cancelled_at__isnull=True), name="notice_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
                name="notice_one_waiting_per_call",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="notice_agreed_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, sent_at__isnull=True),
                name="notice_cancelled_whole",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(agreed_at__isnull=False, sent_at__gte=F("due_at")),
                name="notice_goes_when_agreed_and_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.due_at:%Y-%m-%d %H:%M}"


class DecisionQuerySet(models.QuerySet["EligibilityDecision"]):
    """Decisions by who may know of them, and by whether they hold."""

    def in_force(self) -> "DecisionQuerySet":
        """Return the decisions that have not ended."""
        return self.filter(ended_at__isnull=True)

    def about(self, proposal: Proposal) -> "DecisionQuerySet":
        """Return the decisions in force on a record and, in a pair, on its partner's, by side."""
        case = Q(proposal=proposal) | Q(seminar__isnull=False, seminar=proposal.seminar_id)
        return self.in_force().filter(case).select_related("side__agency").order_by("side__agency__accent")

    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Return the decisions that ``user`` may read.

        An officer reads those on the records that the officer oversees; a coordinator those on the own record and,
        for a pair, on the partner's, once they have been told (SAFETY 2); a correction is the own record's matter.
        """
        own = Proposal.objects.owned_by(user)
        joint = Q(seminar__in=own.filter(seminar__isnull=False).values("seminar"), notice__isnull=False)
        told = Q(told_at__isnull=False) & (Q(proposal__in=own.values("pk")) | joint)
        if user.officer_agencies:
            overseen = Proposal.objects.overseen_by(user)
            told |= Q(proposal__in=overseen.values("pk"))
            told |= Q(seminar__in=overseen.filter(seminar__isnull=False).values("seminar"))
        return self.filter(told)


class EligibilityDecision(models.Model):
    """One agency's decision on its half of a pair, or on a record without one.

    ``proposal`` is the record of ``side``; it is missing where the other agency knows its half from its own list
    only. A decision ends when it is reopened, when a correction has come in or run out, or when a record that was
    judged alone has become half of a pair; ``ended_by`` is empty where the application ended it.
    """

    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="eligibility_decisions")
    seminar = models.ForeignKey(Seminar, models.CASCADE, null=True, related_name="eligibility_decisions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="eligibility_decisions")
    outcome = models.CharField(_("Decision"), max_length=10, choices=Eligibility)
    rules: Any = models.JSONField(_("Rules"), default=list)
    reason_en = fields.BlockField(_("Reasons in English"), max_length=REASON, blank=True)
    reason_fr = fields.BlockField(_("Reasons in French"), max_length=REASON, blank=True)
    reason_ja = fields.BlockField(_("Reasons in Japanese"), max_length=REASON, blank=True)
    correct_by = models.DateTimeField(_("Correct by"), null=True)
    decided_at = models.DateTimeField(_("Decided"))
    decided_by = _person()
    told_at = models.DateTimeField(_("Told to the coordinators"), null=True)
    notice = models.ForeignKey(EligibilityNotice, models.PROTECT, null=True, related_name="decisions")
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = _person(null=True)
    end_reason = fields.BlockField(_("Reason for reopening"), max_length=1000, blank=True)

    reason = translated("reason")
    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on eligibility")
        verbose_name_plural = _("decisions on eligibility")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "side"],
                condition=Q(ended_at__isnull=True, seminar__isnull=False),
                name="eligibility_one_per_side_of_seminar",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(ended_at__isnull=True, proposal__isnull=False),
                name="eligibility_one_per_record",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Eligibility.values), name="eligibility_outcome_known"),
            models.CheckConstraint(
                condition=Q(seminar__isnull=False) | Q(proposal__isnull=False), name="eligibility_is_about_something"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Eligibility.INELIGIBLE) | (~Q(reason_en="") & ~Q(reason_fr="") & ~Q(reason_ja="")),
                name="eligibility_ineligible_has_reasons",
                violation_error_message=_("A refusal needs its reasons in all three languages."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Eligibility.CORRECTION, correct_by__gt=F("decided_at"), proposal__isnull=False)
                | (~Q(outcome=Eligibility.CORRECTION) & Q(correct_by__isnull=True)),
                name="eligibility_correction_has_end",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, notice__isnull=True)
                | Q(told_at__gte=F("decided_at"), outcome=Eligibility.CORRECTION, notice__isnull=True)
                | (Q(told_at__gte=F("decided_at"), notice__isnull=False) & ~Q(outcome=Eligibility.CORRECTION)),
                name="eligibility_told_by_notice",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="eligibility_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar or self.proposal} · {self.side.agency}"


class Correction(models.Model):
    """A bounded correction after the deadline: until ``until`` the coordinator may change the record.

    ``earlier`` is the filing that stays in force until the corrected one counts, and stands again if none comes;
    ``kept`` is the record as it was then, to be put back. ``timely_at`` is when the first filing counted: that
    instant is held against the deadline. ``submission`` is the corrected filing, once it counts.
    """

    decision = models.OneToOneField(EligibilityDecision, models.CASCADE, related_name="correction")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="corrections")
    earlier = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    timely_at = models.DateTimeField()
    until = models.DateTimeField(_("Correct by"))
    kept: Any = models.TextField(editable=False)
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="correction")
    closed_at = models.DateTimeField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at__isnull=True), name="correction_one_open_per_record"
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=True) | Q(closed_at__isnull=False), name="correction_closed_by_filing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.until:%Y-%m-%d %H:%M}"

    def is_open(self, at: datetime) -> bool:
        """Say whether the record may still be corrected at ``at``."""
        return self.closed_at is None and at <= self.until

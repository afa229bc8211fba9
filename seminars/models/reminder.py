"""Reminders: which a call asks for, and those that follow for each person, as rows (SAFETY 9)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Message, User
from seminars.choices import DropReason, ReminderAudience, ReminderState
from seminars.models.call import CallAgency
from seminars.models.recusal import recused
from seminars.models.seminar import Seminar
from seminars.models.submission import Approval
from seminars.rules.reminders import written


class ReminderRule(models.Model):
    """When the people of one side of a call are reminded of one thing.

    ``hours`` lists the steps from its date, in whole hours, before it where negative. A step before ``in_force_at`` is
    never made up for: what is set today reminds nobody of yesterday.
    """

    side = models.ForeignKey(CallAgency, models.CASCADE, related_name="reminder_rules")
    kind = models.SlugField(_("Kind"), max_length=40)
    audience = models.CharField(_("Who"), max_length=12, choices=ReminderAudience)
    hours: Any = models.JSONField(_("When"), default=list)
    is_on = models.BooleanField(_("On"), default=True)
    in_force_at = models.DateTimeField(_("In force since"))

    class Meta:
        verbose_name = _("rule of reminders")
        verbose_name_plural = _("rules of reminders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["side", "kind", "audience"], name="reminder_rule_once"),
            models.CheckConstraint(
                condition=Q(audience__in=ReminderAudience.values), name="reminder_rule_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} · {self.kind} · {self.get_audience_display()}"

    @property
    def steps(self) -> str:
        """The steps as people write them: ``-30d -7d -3h``."""
        return written(self.hours)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders by who may know of them."""

    def planned(self) -> "ReminderQuerySet":
        """Return what is still to be sent."""
        return self.filter(state=ReminderState.PLANNED)

    def visible_to(self, user: User) -> "ReminderQuerySet":
        """Return the reminders of one's own agency's people, for its officers; of no pair that one is shut out of.

        The other agency's reminders tell how far it has come with its evaluation, and are never shown (R24).
        """
        own = self.filter(side__agency__in=user.officer_agencies)
        return own.exclude(seminar__in=recused(user))

    def with_people(self) -> "ReminderQuerySet":
        """Fetch the recipient, the side and the call of each."""
        asked = self.select_related("recipient", "approval__submission__proposal__side__agency")
        return asked.select_related("side__call", "side__agency").defer("approval__submission__snapshot")


class Reminder(models.Model):
    """One step of one rule for one person about one record.

    The person has an account (``recipient``), or is the officer of an institution who is asked for an ``approval``.
    ``subject`` is the id of the record that the kind is about. ``due_at`` is when it goes out, quiet hours considered.
    A date that moves moves what is planned; what was sent stays, and the same step is not sent twice for one date.
    """

    side = models.ForeignKey(CallAgency, models.CASCADE, related_name="reminders")
    kind = models.SlugField(_("Kind"), max_length=40)
    audience = models.CharField(_("Who"), max_length=12, choices=ReminderAudience)
    subject = models.PositiveBigIntegerField()
    seminar = models.ForeignKey(Seminar, models.SET_NULL, null=True, related_name="+")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="reminders")
    approval = models.ForeignKey(Approval, models.CASCADE, null=True, related_name="reminders")
    hours = models.IntegerField()
    anchor_at = models.DateTimeField(_("Date it counts from"))
    due_at = models.DateTimeField(_("Due"))
    state = models.CharField(_("State"), max_length=8, choices=ReminderState, default=ReminderState.PLANNED)
    why = models.CharField(_("Reason"), max_length=8, choices=DropReason, blank=True)
    planned_at = models.DateTimeField(_("Planned"))
    ended_at = models.DateTimeField(_("Sent or dropped"), null=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="planned"), name="reminder_planned"),
            models.Index(fields=["side", "due_at"], name="reminder_of_side"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "audience", "subject", "recipient", "hours"],
                condition=Q(state="planned"),
                name="reminder_planned_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "audience", "subject", "recipient", "hours", "anchor_at"],
                condition=Q(state="sent"),
                name="reminder_sent_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "approval", "hours"],
                condition=Q(state="planned"),
                name="reminder_planned_once_for_approval",
            ),
            models.UniqueConstraint(
                fields=["kind", "approval", "hours", "anchor_at"],
                condition=Q(state="sent"),
                name="reminder_sent_once_for_approval",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, approval__isnull=True)
                | Q(recipient__isnull=True, approval__isnull=False),
                name="reminder_one_recipient",
            ),
            models.CheckConstraint(condition=Q(state__in=ReminderState.values), name="reminder_state_known"),
            models.CheckConstraint(
                condition=Q(state="planned", ended_at__isnull=True) | (~Q(state="planned") & Q(ended_at__isnull=False)),
                name="reminder_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped", why__in=DropReason.values) | (~Q(state="dropped") & Q(why="")),
                name="reminder_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(ended_at__gte=F("planned_at")), name="reminder_sent_after_planned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.subject} → {self.named}"

    @property
    def named(self) -> str:
        """Whom it goes to, by name."""
        return self.approval.officer_name if self.approval else str(self.recipient)

    @property
    def time_zone(self) -> str:
        """The clock that its recipient lives by; of an institution's officer, that of the agency."""
        return self.recipient.time_zone if self.recipient else self.side.agency.time_zone

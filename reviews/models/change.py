"""Other dates, another venue or other participants of a selected seminar, as asked for by a coordinator (R28)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import fields
from reviews.choices import ChangeDeed, ChangeState
from seminars.models import CallAgency, Laboratory, Participant, Seminar

REASON = 1000
LABORATORY = ("name", "kind", "unit", "rnsr", "institution", "city", "country", "regional_office")
PERSON = (
    *("side", "role", "title", "family_name", "given_name", "family_name_kanji", "given_name_kanji"),
    *("family_name_kana", "given_name_kana", "position", "career_stage", "email", "orcid", "country_of_work"),
    *("phd_year", "statutory", "young", "talk_title"),
)
"""What a change holds of a participant, in the order in which it is shown, besides the laboratory."""


def person_values(person: Participant, laboratory: Laboratory | None) -> dict[str, Any]:
    """Return what a participant is to say, as JSON, the laboratory whole."""
    values = {name: getattr(person, name) for name in PERSON}
    return values | {"laboratory": {name: getattr(laboratory, name) for name in LABORATORY} if laboratory else None}


def person_of(values: Mapping[str, Any]) -> Participant:
    """Return what ``person_values`` has kept as a participant that is stored nowhere."""
    laboratory = Laboratory(**values["laboratory"]) if values.get("laboratory") else None
    return Participant(**{name: values[name] for name in PERSON}, laboratory=laboratory)


class Change(models.Model):
    """What both records are to say from now on; in force when an officer of each agency has agreed.

    ``before`` is what they said when it was asked, by field, as JSON. What was filed stays as it is: an approved
    change is an addendum to it. Where ``deed`` says so, a participant of the record of ``side`` is added, replaced or
    removed, and dates and venue stay: ``participant`` is the row's id, ``person`` what the row is to say and
    ``person_before`` what it said, as JSON.
    """

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="changes")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=ChangeState, default=ChangeState.ASKED)
    before: Any = models.JSONField(_("Before"), default=dict)
    start_on = models.DateField(_("Start date"))
    end_on = models.DateField(_("End date"))
    venue_name = fields.LineField(_("Venue"), max_length=200)
    venue_city = fields.LineField(_("City"), max_length=100)
    venue_country = models.CharField(_("Host country"), max_length=2)
    deed = models.CharField(_("Change"), max_length=8, choices=ChangeDeed, blank=True)
    participant = models.PositiveBigIntegerField(null=True)
    person: Any = models.JSONField(_("After"), default=dict, blank=True)
    person_before: Any = models.JSONField(_("Before"), default=dict, blank=True)
    reason = fields.BlockField(_("Reason"), max_length=REASON)
    asked_at = models.DateTimeField(_("Asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("Settled"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("of dates or venue", "change")
        verbose_name_plural = pgettext_lazy("of dates or venue", "changes")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar"], condition=Q(state=ChangeState.ASKED), name="change_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_known"),
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="change_dates_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="change_has_reason"),
            models.CheckConstraint(
                condition=Q(deed__in=("", ChangeDeed.ADD), participant__isnull=True)
                | Q(deed__in=(ChangeDeed.REPLACE, ChangeDeed.REMOVE), participant__isnull=False),
                name="change_names_participant",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.ASKED, ended_at__isnull=True)
                | (~Q(state=ChangeState.ASKED) & Q(ended_at__isnull=False)),
                name="change_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar} · {self.get_state_display()}"

    @property
    def leaves(self) -> str:
        """The name of who is replaced or removed; "" for nobody."""
        return str(person_of(self.person_before)) if self.person_before else ""

    @property
    def joins(self) -> str:
        """The name of who is added, or comes in another's place; "" for nobody."""
        return str(person_of(self.person)) if self.person else ""

    @property
    def started_on(self) -> date | None:
        """The first day as it was when the change was asked for."""
        return parse_date(self.before["start_on"] or "")

    @property
    def ended_on(self) -> date | None:
        """The last day as it was when the change was asked for."""
        return parse_date(self.before["end_on"] or "")


class ChangeWord(models.Model):
    """What one agency's officer says to an asked change."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="words")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("Agrees"))
    reason = fields.BlockField(_("Reason"), max_length=REASON, blank=True)
    said_at = models.DateTimeField(_("Decided"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("word on a change")
        verbose_name_plural = _("words on a change")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "side"], name="change_word_once"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(reason=""), name="change_refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.change} · {self.side}"

"""Telling everybody at the same moment: the planned instant, both agencies' releases, what was told (R26)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import Outcome
from reviews.models.closed import pairs_run_by
from seminars.models import Call, CallAgency, Proposal, Seminar


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Announcements by where they stand."""

    def waiting(self) -> "AnnouncementQuerySet":
        """Return those that are planned: neither cancelled nor gone out."""
        return self.filter(cancelled_at__isnull=True, announced_at__isnull=True)

    def due(self, at: datetime) -> "AnnouncementQuerySet":
        """Return those whose instant has come, however long ago (SAFETY 9)."""
        return self.waiting().filter(due_at__lte=at)


class Announcement(models.Model):
    """One planned announcement of a call. A later one tells what has changed since, as when a reserve moves up.

    ``failed_at`` is when the sweep last tried in vain, and ``failed_pair`` the pair that stood in the way, if one did.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="announcements")
    due_at = models.DateTimeField(_("Planned for"), db_index=True)
    shows_scores = models.BooleanField(_("Letters show the mean score of each criterion"), default=True)
    planned_at = models.DateTimeField(_("Planned"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(_("Cancelled"), null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(_("Announced"), null=True)
    failed_at = models.DateTimeField(_("Last tried in vain"), null=True)
    failed_pair = models.ForeignKey(Seminar, models.PROTECT, null=True, related_name="+")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(cancelled_at__isnull=True, announced_at__isnull=True),
                name="announcement_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, announced_at__isnull=True),
                name="announcement_cancelled_whole",
            ),
            models.CheckConstraint(
                condition=Q(announced_at__isnull=True) | Q(announced_at__gte=models.F("due_at")),
                name="announcement_never_early",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.due_at:%Y-%m-%d %H:%M}Z"


class Release(models.Model):
    """An officer's word that an announcement may go out, for one agency and for exactly the decisions of ``digest``.

    Moving the announcement, taking the word back, or another set of decisions makes it void.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="releases")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(_("Released"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField(_("Voided"), null=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "side"], condition=Q(voided_at__isnull=True), name="release_one_per_side"
            ),
            models.UniqueConstraint(
                fields=["announcement", "released_by"],
                condition=Q(voided_at__isnull=True),
                name="release_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement} · {self.side}"


class ToldQuerySet(models.QuerySet["Told"]):
    """What was announced, by who may read its letter."""

    def of(self, user: User) -> "ToldQuerySet":
        """Return what was announced of the pairs that ``user`` coordinates."""
        return self.filter(seminar__in=Proposal.objects.filter(coordinator=user).values("seminar"))

    def visible_to(self, user: User) -> "ToldQuerySet":
        """Return what was announced of one's own pairs and of those one runs, without pairs one is shut out of."""
        mine = Proposal.objects.filter(coordinator=user).values("seminar")
        return self.filter(Q(seminar__in=mine) | Q(seminar__in=pairs_run_by(user).values("pk")))


class Told(models.Model):
    """What an announcement told about a pair: what its pages show, whatever is decided afterwards.

    ``handed_text`` is the letter to a coordinator whom only a list names, for their agency to hand on.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="told")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="told")
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome)
    reserve_rank = models.PositiveSmallIntegerField(_("Rank on the reserve list"), null=True)
    handed_subject = models.TextField(_("Subject"), blank=True)
    handed_text = models.TextField(_("Letter"), blank=True)

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name = _("announced outcome")
        verbose_name_plural = _("announced outcomes")
        ordering = ["-announcement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "seminar"], name="told_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="told_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVE, reserve_rank__gte=1)
                | (~Q(outcome=Outcome.RESERVE) & Q(reserve_rank__isnull=True)),
                name="told_reserve_has_rank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar}: {self.get_outcome_display()}"

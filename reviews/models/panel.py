"""An agency's panel: who sits on it, how it ranks, and when it seals; the one gate of its scores (R24, SAFETY 2)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User
from reviews.choices import Recommendation
from reviews.models.closed import closed_to
from seminars.models import CallAgency, Seminar

MINUTES = 20000


class PanelQuerySet(models.QuerySet["Panel"]):
    """Panels by who may look into them."""

    def open_to(self, user: User) -> "PanelQuerySet":
        """Return the panels whose scores, ranks, notes and progress ``user`` may see: the one gate (SAFETY 2).

        An agency's officers and chairs see their own. The other agency's opens to officers once both panels are sealed
        and the joint selection has been opened: until then not even its progress exists for them. Administrators see
        none. Of a pair one is shut out of, nothing is seen in any panel: see ``Recusal``.
        """
        run = CallAgency.objects.filter(agency__in=user.officer_agencies).values("call")
        jointly = Q(side__call__selection__isnull=False, side__call__in=run)
        return self.filter(Q(side__agency__in=user.panel_agencies) | jointly)


class Panel(models.Model):
    """One side's panel in a call. Both are opened together, when evaluation begins; each is sealed alone."""

    side = models.OneToOneField(CallAgency, models.PROTECT, related_name="panel")
    opened_at = models.DateTimeField(_("Opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviews_due_at = models.DateTimeField(_("Reviews due"))
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="chairing")
    minutes = fields.BlockField(_("Minutes"), max_length=MINUTES, blank=True)
    version = models.PositiveIntegerField(default=0)
    ranking_version = models.PositiveIntegerField(default=0)
    sealed_at = models.DateTimeField(_("Sealed"), null=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["side__agency__accent"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, sealed_by__isnull=True)
                | Q(sealed_at__isnull=False, sealed_by__isnull=False),
                name="panel_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.side)


class PanelMember(models.Model):
    """Somebody who sits on the panel; ``is_present`` at its meeting counts towards the quorum."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("Present"), default=False)

    class Meta:
        verbose_name = _("panel member")
        verbose_name_plural = _("panel members")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["panel", "user"], name="panel_member_once")]

    def __str__(self) -> str:
        return str(self.user)


class _SeenThroughPanel(models.QuerySet[Any]):
    """Rows that are seen where their panel is open, and never of a pair one is shut out of."""

    def visible_to(self, user: User) -> Any:
        """Return the rows that ``user`` may see."""
        shut_out = closed_to(user)
        return self.filter(panel__in=Panel.objects.open_to(user).values("pk")).exclude(seminar__in=shut_out)


class Ranking(models.Model):
    """A panel's rank of a pair and what it proposes; equal ranks are ties, no rank is not ranked yet."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="rankings")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="rankings")
    rank = models.PositiveSmallIntegerField(_("Rank"), null=True)
    proposal = models.CharField(_("Proposal"), max_length=8, choices=Recommendation, blank=True)

    objects = _SeenThroughPanel.as_manager()

    class Meta:
        verbose_name = _("rank")
        verbose_name_plural = _("ranking")
        ordering = ["rank", "seminar"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "seminar"], name="ranking_once"),
            models.CheckConstraint(condition=Q(rank__isnull=True) | Q(rank__gte=1), name="ranking_counts_from_one"),
            models.CheckConstraint(
                condition=Q(proposal__in=["", *Recommendation.values]), name="ranking_proposal_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} · {self.seminar}: {self.rank or '–'}"


class PanelNote(models.Model):
    """What was said in the panel about a pair; seen through the panel only."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="notes")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="panel_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = fields.BlockField(_("Note"), max_length=4000)
    written_at = models.DateTimeField(_("Written"))
    form_uuid = models.UUIDField(unique=True)

    objects = _SeenThroughPanel.as_manager()

    class Meta:
        verbose_name = _("note of the panel")
        verbose_name_plural = _("notes of the panel")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

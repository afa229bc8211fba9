"""What both agencies decide together (R25)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User
from reviews.choices import Outcome
from reviews.models.closed import closed_to
from seminars.models import Call, CallAgency, Seminar

MINUTES = 20000


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Selections by who may see them."""

    def visible_to(self, user: User) -> "SelectionQuerySet":
        """Return the selections of the calls that ``user`` runs as an officer."""
        return self.filter(call__in=Call.objects.run_by(user).values("pk"))


class Selection(models.Model):
    """The joint selection of a call. It is opened, by hand, when both panels are sealed: from then on each agency sees
    the other's evaluation, and no panel can be unsealed.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="selection")
    opened_at = models.DateTimeField(_("Opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    minutes = fields.BlockField(_("Minutes"), max_length=MINUTES, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("Minutes saved"), null=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint selection")
        verbose_name_plural = _("joint selections")

    def __str__(self) -> str:
        return str(self.call)


class JointDecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by who may see them before they are announced."""

    def visible_to(self, user: User) -> "JointDecisionQuerySet":
        """Return the decisions of both agencies' officers, without pairs one is shut out of."""
        shut_out = closed_to(user)
        seen = Selection.objects.visible_to(user).values("pk")
        return self.filter(selection__in=seen).exclude(seminar__in=shut_out)


class Decision(models.Model):
    """The outcome of a pair, as far as agreed. It holds when an officer of each agency has signed it.

    ``version`` counts the changes: a signature is for one version, and a change after the first one voids it.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="decisions")
    seminar = models.OneToOneField(Seminar, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome)
    reserve_rank = models.PositiveSmallIntegerField(_("Rank on the reserve list"), null=True)
    proposed_at = models.DateTimeField(_("Proposed"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = JointDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RESERVE, reserve_rank__gte=1)
                | (~Q(outcome=Outcome.RESERVE) & Q(reserve_rank__isnull=True)),
                name="decision_reserve_has_rank",
            ),
            models.UniqueConstraint(fields=["selection", "reserve_rank"], name="decision_reserve_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seminar}: {self.get_outcome_display()}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Signatures by whether they count."""

    def standing(self) -> "SignatureQuerySet":
        """Return the signatures that no change has voided."""
        return self.filter(voided_at__isnull=True)


class Signature(models.Model):
    """An officer's word for one agency, under second factor, on one version of a decision: yes, or a refusal."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("Signed"))
    refuses = models.BooleanField(_("Refuses"), default=False)
    reason = fields.BlockField(_("Reason"), max_length=1000, blank=True)
    voided_at = models.DateTimeField(_("Voided"), null=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "side"], condition=Q(voided_at__isnull=True), name="signature_one_per_side"
            ),
            models.UniqueConstraint(
                fields=["decision", "signed_by"], condition=Q(voided_at__isnull=True), name="signature_one_per_person"
            ),
            models.CheckConstraint(condition=Q(refuses=False) | ~Q(reason=""), name="signature_refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} · {self.side}"


class SelectionNoteQuerySet(models.QuerySet["SelectionNote"]):
    """Notes of the joint selection by who may see them."""

    def visible_to(self, user: User) -> "SelectionNoteQuerySet":
        """Return the notes of both agencies' officers, without those on pairs one is shut out of."""
        shut_out = closed_to(user)
        seen = Selection.objects.visible_to(user).values("pk")
        return self.filter(selection__in=seen).exclude(seminar__in=shut_out)


class SelectionNote(models.Model):
    """What was said about a pair in the joint selection; both agencies' officers read it."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="notes")
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="selection_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = fields.BlockField(_("Note"), max_length=4000)
    written_at = models.DateTimeField(_("Written"))
    form_uuid = models.UUIDField(unique=True)

    objects = SelectionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of the joint selection")
        verbose_name_plural = _("notes of the joint selection")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

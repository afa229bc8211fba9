"""What was filed: frozen, hashed, receipted; and the institution's word on it (R5)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.models.proposal import Proposal


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Filings by whether they stand."""

    def in_force(self) -> "SubmissionQuerySet":
        """Return the filing of each record that stands: one that counts, or a first one that awaits its approval.

        A corrected filing that awaits its approval is left out: the earlier one stands until then.
        """
        waiting = Q(counted_at__isnull=True, proposal__correct_until__isnull=False)
        return self.filter(ended_at__isnull=True).exclude(waiting)


class Submission(models.Model):
    """One filing of one record: the snapshot as canonical JSON, its SHA-256, and the instant it arrived.

    ``counted_at`` is the instant that is held against the deadline: the arrival, or the institution's approval
    where the call asks for one (R5). A reopened or withdrawn filing stays, with ``ended_at``. A corrected filing that
    awaits its approval stands beside the earlier one, which stays in force until then.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="submissions")
    form_uuid = models.UUIDField(unique=True)
    number = models.CharField(_("Receipt number"), max_length=40, unique=True)
    arrived_at = models.DateTimeField(_("Arrived"))
    counted_at = models.DateTimeField(_("Counted as submitted"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    snapshot: Any = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    ended_at = models.DateTimeField(_("Reopened or withdrawn"), null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(ended_at__isnull=True, counted_at__isnull=False),
                name="submission_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(ended_at__isnull=True, counted_at__isnull=True),
                name="submission_one_to_approve",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True) | Q(counted_at__gte=models.F("arrived_at")),
                name="submission_counts_after_arrival",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Approval(models.Model):
    """The institution officer's word on one submission, asked for by e-mailed links."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="approval")
    officer_name = fields.LineField(_("Institution officer"), max_length=160)
    officer_email = models.EmailField(_("E-mail address"))
    asked_at = models.DateTimeField(_("Asked"))
    approved_at = models.DateTimeField(_("Approved"), null=True)
    returned_at = models.DateTimeField(_("Returned"), null=True)
    reason = fields.BlockField(_("Reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("institution's approval")
        verbose_name_plural = _("institutions' approvals")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(returned_at__isnull=True), name="approval_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(reason=""), name="approval_return_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.officer_name}"


class ApprovalLink(models.Model):
    """One link to a request for approval, secret (only its hash is kept): the request has one, each reminder another.

    All lead to the same page as long as the request is there. An answer uses all of them up, and what ends the request,
    such as a deadline or a record that is taken back, ends all of them (SAFETY 14, 0163).
    """

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link to an approval")
        verbose_name_plural = _("links to approvals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.approval} · {self.made_at}"

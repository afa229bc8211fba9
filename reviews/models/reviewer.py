"""Who evaluates for an agency in a call: invited by its officer, or an officer of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import Language
from accounts.models import User
from reviews.choices import ReviewerState
from seminars.models import CallAgency, PriorityArea


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Reviewers by who may know of them (I1): their own agency's officers, and themselves."""

    def visible_to(self, user: User) -> "ReviewerQuerySet":
        """Return the reviewers whom ``user`` may know of: oneself, and as an officer those of the own agency."""
        return self.filter(Q(user=user) | Q(side__agency__in=user.officer_agencies))

    def accepted(self) -> "ReviewerQuerySet":
        """Return those who have accepted, officers who review included."""
        return self.filter(state=ReviewerState.ACCEPTED)


class Reviewer(models.Model):
    """One person's part in one side's evaluation of a call.

    Until the invitation is accepted there is an address and a name only; of its secret only the hash is kept
    (SAFETY 14). ``maximum_load`` is the number of pairs the person is ready to review; nothing means the side's.
    """

    side = models.ForeignKey(CallAgency, models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviewing")
    email = models.EmailField(_("E-mail address"), max_length=254, validators=[fields.refuse_beyond_ascii])
    name = fields.LineField(_("Name"), max_length=160, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.ENGLISH)
    state = models.CharField(_("State"), max_length=10, choices=ReviewerState, default=ReviewerState.INVITED)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField(_("Invited"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("Expires"), null=True)
    answered_at = models.DateTimeField(_("Answered"), null=True)
    decline_reason = fields.BlockField(_("Reason"), max_length=1000, blank=True)
    maximum_load = models.PositiveSmallIntegerField(_("Most pairs to review"), null=True, blank=True)
    areas = models.ManyToManyField(PriorityArea, blank=True, related_name="+", verbose_name=_("Priority areas"))
    keywords: Any = models.JSONField(_("Keywords"), default=list, blank=True)
    described_at = models.DateTimeField(_("Topics and ties given"), null=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "email"], condition=~Q(state=ReviewerState.REMOVED), name="reviewer_address_once"
            ),
            models.UniqueConstraint(
                fields=["side", "user"],
                condition=Q(user__isnull=False) & ~Q(state=ReviewerState.REMOVED),
                name="reviewer_person_once",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="reviewer_secret_once"),
            models.CheckConstraint(condition=Q(state__in=ReviewerState.values), name="reviewer_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReviewerState.ACCEPTED) | Q(user__isnull=False), name="reviewer_accepted_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.name or self.email

    @property
    def most(self) -> int:
        """The number of pairs this person may get at most: as agreed, or as the side says for everybody."""
        return self.side.maximum_load if self.maximum_load is None else self.maximum_load

    def is_pending(self, at: datetime) -> bool:
        """Say whether the invitation can still be answered at ``at``."""
        return self.state == ReviewerState.INVITED and self.expires_at is not None and at < self.expires_at


class Affiliation(models.Model):
    """A place the reviewer has worked at in the last five years (R23)."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="affiliations")
    institution = fields.LineField(_("Institution"), max_length=200)
    laboratory = fields.LineField(_("Laboratory"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.institution, self.laboratory)))


class Collaborator(models.Model):
    """Somebody the reviewer has worked with in the last five years (R23)."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="collaborators")
    name = fields.LineField(_("Name"), max_length=160)
    institution = fields.LineField(_("Institution"), max_length=200, blank=True)
    orcid = fields.OrcidField(_("ORCID iD"), max_length=60, blank=True, validators=[fields.validate_orcid])

    class Meta:
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

"""Keys with which an agency's own systems read (SAFETY 1, 2)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import Agency, User
from seminars.choices import ApiRight


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by who may see and end them, and by whether they still open anything."""

    def visible_to(self, user: User) -> "ApiTokenQuerySet":
        """Return the tokens of the agencies that ``user`` is an officer of; all of them for administrators."""
        return self.all() if user.is_staff else self.filter(agency__in=user.officer_agencies)

    def in_force(self, at: datetime) -> "ApiTokenQuerySet":
        """Return the tokens that open something at ``at``."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class ApiToken(models.Model):
    """A key to the read-only interface: bound to one agency and to rights, expiring, revocable, kept as a hash only.

    ``counted_from_at`` and ``counted`` are the requests of the minute under way, for the limit.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="api_tokens", verbose_name=_("Agency"))
    name = fields.LineField(_("Label"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(_("Ends in"), max_length=4, editable=False)
    reads_calls = models.BooleanField(_("Calls"), default=False)
    reads_proposals = models.BooleanField(_("Records"), default=False)
    reads_pairs = models.BooleanField(_("Pairs"), default=False)
    reads_decisions = models.BooleanField(_("Decisions, once told"), default=False)
    reads_contacts = models.BooleanField(_("Contact details of people"), default=False)
    created_at = models.DateTimeField(_("Created"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("Expires"))
    last_used_at = models.DateTimeField(_("Last used"), null=True)
    counted_from_at = models.DateTimeField(null=True, editable=False)
    counted = models.PositiveIntegerField(default=0, editable=False)
    revoked_at = models.DateTimeField(_("Revoked"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="api_token_expires_later"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reads_calls=True) | Q(reads_proposals=True) | Q(reads_pairs=True) | Q(reads_decisions=True),
                name="api_token_reads_something",
                violation_error_message=_("Choose at least one thing that may be read."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.agency})"

    @property
    def officer_agencies(self) -> tuple[int, ...]:
        """The agency whose officers see what this token sees: querysets scope by it as they do for a person."""
        return (self.agency_id,)

    @property
    def rights(self) -> tuple[ApiRight, ...]:
        """What the token may read."""
        return tuple(right for right in ApiRight if getattr(self, f"reads_{right}"))

    def is_in_force(self, at: datetime) -> bool:
        """Say whether the token opens anything at ``at``."""
        return self.revoked_at is None and at < self.expires_at

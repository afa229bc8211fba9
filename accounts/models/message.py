"""Mail as rows: written in the same transaction as the fact it tells (SAFETY 9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Language


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", pgettext_lazy("mail", "Returned")


SEALED = tuple(f"reviews.{name}:" for name in ("assignment", "conflict", "panel", "review", "reviewer", "selection"))
"""How ``about`` begins in what an agency's evaluation, or the selection before its announcement, writes to people."""


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by who may know of them."""

    def open_to_administrators(self) -> "MessageQuerySet":
        """Return those that tell nothing of an evaluation: whom an agency writes to says how far it has come (I5)."""
        sealed = models.Q()
        for label in SEALED:
            sealed |= models.Q(about__startswith=label)
        return self.exclude(sealed)


class Message(models.Model):
    """One mail to one address: rendered once, sent once, under one Message-ID whatever the retries.

    ``attempts`` counts every try, ``refusals`` those to which the mail server said no; ``error`` is its last word, or
    what a bounce said. ``unsubscribe_url`` is the one-click address of a mail that need not be (RFC 8058).
    """

    kind = models.CharField(_("Kind"), max_length=60)
    about = models.CharField(_("About"), max_length=80, blank=True)
    key = models.CharField(_("Key"), max_length=500, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(_("Address"))
    name = models.CharField(_("Name"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language)
    subject = models.TextField(_("Subject"))
    text = models.TextField(_("Text"))
    html = models.TextField(_("HTML"), blank=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    unsubscribe_url = models.CharField(_("Address to unsubscribe"), max_length=500, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    queued_at = models.DateTimeField(_("Queued"))
    due_at = models.DateTimeField(_("Due"))
    sent_at = models.DateTimeField(_("Sent"), null=True)
    bounced_at = models.DateTimeField(pgettext_lazy("mail", "Returned"), null=True)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    refusals = models.PositiveSmallIntegerField(_("Refusals"), default=0)
    error = models.TextField(_("Error"), blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="message_queued"),
            models.Index(fields=["-queued_at", "-id"], name="message_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | (~models.Q(state__in=["sent", "bounced"]) & models.Q(sent_at__isnull=True)),
                name="message_sent_has_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(state="bounced", bounced_at__isnull=False)
                | (~models.Q(state="bounced") & models.Q(bounced_at__isnull=True)),
                name="message_bounced_has_instant",
            ),
            models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="message_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

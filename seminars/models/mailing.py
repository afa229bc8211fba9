"""A message that an officer wrote to several coordinators at once."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import Language
from accounts.models import Agency, Message, User
from accounts.models.translated import translation_of
from seminars.models.call import Call
from seminars.models.proposal import Proposal

SUBJECT, BODY = 150, 4000


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Messages to coordinators by who may see that they were sent."""

    def visible_to(self, user: User) -> Self:
        """Return what officers of the user's agencies have sent."""
        return self.filter(agency__in=user.officer_agencies)


class Mailing(models.Model):
    """What was written, in each language that needed it; who received it are its recipients."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="mailings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject_en = fields.LineField(_("Subject in English"), max_length=SUBJECT, blank=True)
    subject_fr = fields.LineField(_("Subject in French"), max_length=SUBJECT, blank=True)
    subject_ja = fields.LineField(_("Subject in Japanese"), max_length=SUBJECT, blank=True)
    body_en = fields.BlockField(_("Text in English"), max_length=BODY, blank=True)
    body_fr = fields.BlockField(_("Text in French"), max_length=BODY, blank=True)
    body_ja = fields.BlockField(_("Text in Japanese"), max_length=BODY, blank=True)
    form_uuid = models.UUIDField(unique=True)
    sent_at = models.DateTimeField(_("Sent"))

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to coordinators")
        verbose_name_plural = _("messages to coordinators")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["call", "agency", "-sent_at"], name="mailing_of_call")]

    def __str__(self) -> str:
        """The subject, in the reader's language where there is one."""
        return translation_of(self, "subject") or self.subject_fr or self.subject_ja

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """The subject and the text by language; only where there is one."""
        found = {code: (getattr(self, f"subject_{code}"), getattr(self, f"body_{code}")) for code in Language.values}
        return {code: text for code, text in found.items() if all(text)}


class MailingRecipient(models.Model):
    """One record whose coordinator was written to, and the mail that went out for it."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="recipients")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mailing", "proposal"], name="mailing_recipient_once")]

    def __str__(self) -> str:
        return f"{self.mailing} → {self.message.address}"

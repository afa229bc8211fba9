"""The words of the letters that tell an outcome, as the officers of both agencies have written them (R26)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from reviews.choices import LetterPart
from seminars.models import Call

BODY = 4000
NOTHING = Q(text_en="", text_fr="", text_ja="")
WHOLE = ~Q(text_en="") & ~Q(text_fr="") & ~Q(text_ja="")


class LetterTemplate(models.Model):
    """One part of a call's letters in each language: the subject of all of them, or the text for one outcome.

    Without texts the default holds, as it does where there is no row. ``version`` counts the changes: releases are
    given for the versions that were read.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="letter_templates")
    part = models.CharField(_("Part"), max_length=12, choices=LetterPart)
    text_en = fields.BlockField(_("Text in English"), max_length=BODY, blank=True)
    text_fr = fields.BlockField(_("Text in French"), max_length=BODY, blank=True)
    text_ja = fields.BlockField(_("Text in Japanese"), max_length=BODY, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("Changed"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("text of the letters")
        verbose_name_plural = _("texts of the letters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "part"], name="letter_template_once"),
            models.CheckConstraint(condition=Q(part__in=LetterPart.values), name="letter_template_part_known"),
            models.CheckConstraint(condition=NOTHING | WHOLE, name="letter_template_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.get_part_display()}"

    @property
    def is_default(self) -> bool:
        """Whether the officers have gone back to the default."""
        return not self.text_en

    @property
    def texts(self) -> dict[str, str]:
        """The texts by language; all empty for the default."""
        return {"en": self.text_en, "fr": self.text_fr, "ja": self.text_ja}

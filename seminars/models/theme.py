"""What a call is about: themes, priority areas, and the criteria it is judged by."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import translated
from seminars.models.call import Call


class _CallItem(models.Model):
    code = models.SlugField(_("Code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    title_en = fields.LineField(_("In English"), max_length=200)
    title_fr = fields.LineField(_("In French"), max_length=200)
    title_ja = fields.LineField(_("In Japanese"), max_length=200)

    title = translated("title")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Theme(_CallItem):
    """A field of science; one that is not admitted can be chosen, and is then refused with a reason (R13)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="themes")
    is_admitted = models.BooleanField(_("Admitted in this call"), default=True)

    class Meta(_CallItem.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="theme_once")]


class PriorityArea(_CallItem):
    """A preference, not a filter (R13)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="areas")

    class Meta(_CallItem.Meta):
        verbose_name = _("priority area")
        verbose_name_plural = _("priority areas")
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="area_once")]


class Criterion(_CallItem):
    """A criterion of selection, with guidance for reviewers and coordinators."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    weight = models.DecimalField(_("Weight"), max_digits=5, decimal_places=2, default=Decimal(1))
    guidance_en = fields.BlockField(_("Guidance in English"), max_length=2000, blank=True)
    guidance_fr = fields.BlockField(_("Guidance in French"), max_length=2000, blank=True)
    guidance_ja = fields.BlockField(_("Guidance in Japanese"), max_length=2000, blank=True)

    guidance = translated("guidance")

    class Meta(_CallItem.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="criterion_weight_positive"),
        ]


class ScaleStep(_CallItem):
    """One step of the scale that criteria are scored on, from 1 to 5; its code is the score."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="scale")
    guidance_en = fields.BlockField(_("Guidance in English"), max_length=500, blank=True)
    guidance_fr = fields.BlockField(_("Guidance in French"), max_length=500, blank=True)
    guidance_ja = fields.BlockField(_("Guidance in Japanese"), max_length=500, blank=True)

    guidance = translated("guidance")

    class Meta(_CallItem.Meta):
        verbose_name = _("step of the scale")
        verbose_name_plural = _("scale")
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="scale_step_once"),
            models.CheckConstraint(condition=models.Q(code__in=["1", "2", "3", "4", "5"]), name="scale_step_known"),
        ]

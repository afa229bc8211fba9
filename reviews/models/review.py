"""One reviewer's judgement of one pair: six scores, two comments, a recommendation; sealed at the end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User
from reviews.choices import Recommendation
from reviews.models.assignment import Assignment
from reviews.models.closed import closed_to
from reviews.models.panel import Panel
from seminars.models import Criterion

COMMENT = 6000
LOWEST, HIGHEST = 1, 5


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews by who may read them."""

    def visible_to(self, user: User) -> "ReviewQuerySet":
        """Return the own reviews, and those of the panels that are open to ``user``; of none one is shut out of."""
        shut_out = closed_to(user)
        panels = Panel.objects.open_to(user).values("side")
        mine = Q(assignment__reviewer__user=user) | Q(assignment__reviewer__side__in=panels)
        return self.filter(mine).exclude(assignment__seminar__in=shut_out)

    def sealed(self) -> "ReviewQuerySet":
        """Return the reviews that count."""
        return self.filter(sealed_at__isnull=False)


class Review(models.Model):
    """What one reviewer writes about a pair; it counts from the moment it is sealed."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review")
    comment_coordinators = fields.BlockField(_("Comment for the coordinators"), max_length=COMMENT, blank=True)
    comment_panel = fields.BlockField(_("Comment for the panel only"), max_length=COMMENT, blank=True)
    recommendation = models.CharField(_("Overall recommendation"), max_length=8, choices=Recommendation, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("Saved"), null=True)
    sealed_at = models.DateTimeField(_("Sealed"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__in=["", *Recommendation.values]), name="review_recommendation_known"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | ~Q(recommendation=""), name="review_sealed_recommends"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Score(models.Model):
    """One criterion's score, or “cannot judge”, which never counts as zero (I23)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("Score"), null=True)
    cannot_judge = models.BooleanField(_("Cannot judge"), default=False)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, value__gte=LOWEST, value__lte=HIGHEST, cannot_judge=False)
                | Q(value__isnull=True, cannot_judge=True),
                name="score_or_cannot_judge",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value or "–")

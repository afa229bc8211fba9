"""What officers write to each other about a record or a pair; nobody else ever reads it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import Agency, User
from seminars.choices import Audience
from seminars.models.proposal import Proposal
from seminars.models.seminar import Seminar

LONGEST = 4000


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes by who may read them."""

    def visible_to(self, user: User) -> Self:
        """Return the notes that ``user`` may read, and know of at all.

        Those of the own agency, and of the other one where its officer chose both, on records that the user oversees;
        never on a record or its partner that the user coordinates (SAFETY 3).
        """
        overseen = Proposal.objects.overseen_by(user).values("pk")
        halves = Seminar.objects.filter(proposals__coordinator=user).values("pk")
        return (
            self.filter(Q(agency__in=user.officer_agencies) | Q(audience=Audience.BOTH), proposal__in=overseen)
            .exclude(proposal__coordinator=user)
            .exclude(proposal__seminar__isnull=False, proposal__seminar__in=halves)
        )

    def about(self, *records: Proposal, seminar: Seminar | None = None) -> Self:
        """Return the notes on these records, and on their pair."""
        condition = Q(proposal__in=[record.pk for record in records], seminar__isnull=True)
        if seminar:
            condition |= Q(seminar=seminar)
        return self.filter(condition)

    def number_for(self, user: User) -> Subquery:
        """Return how many notes on a record, or on its pair, ``user`` may read; an annotation of records."""
        here = Q(proposal=OuterRef("pk"), seminar__isnull=True) | Q(seminar=OuterRef("seminar"))
        seen = self.visible_to(user).filter(here, deleted_at__isnull=True).order_by()
        # Grouped by nothing that differs, so that one number comes out.
        return Subquery(seen.values(one=Value(1)).annotate(number=Count("pk")).values("number"))

    def with_people(self) -> Self:
        """Fetch who wrote each note and whom it mentions."""
        return self.select_related("author", "agency", "proposal__side__agency").prefetch_related("mentioned")


class Note(models.Model):
    """A note of one officer on a record, or on the pair that the record is half of.

    A deleted one stays as an empty place: that it existed is known to those who could read it.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="notes")
    seminar = models.ForeignKey(Seminar, models.SET_NULL, null=True, related_name="notes")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    audience = models.CharField(_("Who can read it"), max_length=6, choices=Audience, default=Audience.OWN)
    text = fields.BlockField(_("Note"), max_length=LONGEST)
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("Mentioned"), blank=True
    )
    form_uuid = models.UUIDField(unique=True)
    written_at = models.DateTimeField(_("Written"))
    edited_at = models.DateTimeField(_("Changed"), null=True)
    deleted_at = models.DateTimeField(_("Deleted"), null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="note_audience_known"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=False, text="") | (Q(deleted_at__isnull=True) & ~Q(text="")),
                name="note_deleted_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

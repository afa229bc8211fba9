"""What one side asks its agency for."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import fields
from seminars.choices import CostKind, Unit
from seminars.models.participant import Participant
from seminars.models.proposal import Proposal
from seminars.models.versioned import Versioned
from seminars.rules import bounds


class BudgetLine(Versioned):
    """A line of the budget in the side's currency; its amount is never stored, always computed (R14)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    kind = models.CharField(_("Budget category"), max_length=20, choices=CostKind)
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("Participant")
    )
    quantity = models.PositiveIntegerField(
        _("Quantity"), validators=[MinValueValidator(bounds.QUANTITY[0]), MaxValueValidator(bounds.QUANTITY[1])]
    )
    unit = models.CharField(_("Unit"), max_length=8, choices=Unit)
    unit_cost = models.DecimalField(
        _("Unit cost"),
        max_digits=bounds.UNIT_COST_DIGITS,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    note = fields.LineField(_("Note"), max_length=bounds.NOTE, blank=True)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=bounds.QUANTITY[0], quantity__lte=bounds.QUANTITY[1]),
                name="line_quantity_in_bounds",
            ),
            models.CheckConstraint(condition=models.Q(unit_cost__gte=0), name="line_cost_not_negative"),
            models.CheckConstraint(condition=models.Q(kind__in=CostKind.values), name="line_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def amount(self) -> Decimal:
        """Quantity × unit cost, exact, in the side's currency."""
        return self.quantity * self.unit_cost

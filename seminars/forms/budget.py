"""One line of the budget, in the side's own currency."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from seminars.choices import CostKind, Unit
from seminars.forms.rows import RowForm
from seminars.forms.section import row
from seminars.models import BudgetLine, CallAgency, Proposal
from seminars.rules import amounts, bounds

STORED = Decimal("0.01")
USUAL_UNITS = {
    CostKind.INTERNATIONAL_TRAVEL: Unit.TRIP,
    CostKind.LOCAL_TRAVEL: Unit.TRIP,
    CostKind.ACCOMMODATION: Unit.NIGHT,
    CostKind.MEALS: Unit.MEAL,
    CostKind.DAILY_ALLOWANCE: Unit.DAY,
    CostKind.ORGANISATION: Unit.ITEM,
}
WHY: dict[str, Any] = {
    "not_a_number": _("Enter an amount in figures, such as %(example)s."),
    "two_readings": _("This can be read in two ways. Write it without a mark for thousands, such as %(example)s."),
    "negative": _("An amount cannot be negative."),
    "too_large": _("This amount is more than a budget can hold."),
}
TOO_FINE: dict[str, Any] = {"EUR": _("Enter an amount with cents at most."), "JPY": _("Enter whole yen.")}
EXAMPLE = Decimal("1234.5")


class AmountField(forms.CharField):
    """An amount as people type it in their language, in one currency."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        """Take Django's options; ``side`` is set by the form."""
        super().__init__(max_length=60, **options)
        self.currency, self.decimals = "EUR", 2

    def speak(self, side: CallAgency) -> None:
        """Take the currency of ``side``."""
        self.currency, self.decimals = side.currency, side.decimals

    def clean(self, value: Any) -> Any:
        """Return the exact amount; what is none, or may be read as two, raises a ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        language = (get_language() or "en")[:2]
        try:
            amount = amounts.read(text, self.currency, decimals=self.decimals, language=language)
        except amounts.Unreadable as why:
            code = why.args[0]
            example = amounts.written(EXAMPLE, decimals=self.decimals, language=language)
            reason = TOO_FINE[self.currency] if code == "decimals" else WHY[code]
            raise ValidationError(reason, code=code, params={"example": example}) from why
        return amount.quantize(STORED)

    def prepare_value(self, value: Any) -> Any:
        """Return a stored amount as it is typed in the reader's language; what was typed stays."""
        if not isinstance(value, Decimal):
            return value
        return amounts.written(value, decimals=self.decimals, language=(get_language() or "en")[:2])


class BudgetLineForm(RowForm):
    """A line of a kind that the agency pays, for one of the side's own people or for everybody (R15)."""

    kind = forms.ChoiceField(label=_("Budget category"))
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=bounds.QUANTITY[0],
        max_value=bounds.QUANTITY[1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=[("", _("The usual unit")), *Unit.choices])
    unit_cost = AmountField(label=_("Unit cost"))

    class Meta:
        model = BudgetLine
        fields = ("kind", "participant", "quantity", "unit", "unit_cost", "note")
        help_texts = {"note": _("Optional: what it is for, how you reckoned.")}

    def __init__(self, data: Any = None, *, proposal: Proposal, **options: Any) -> None:
        """Offer the cost kinds that this agency pays, and the side's own people."""
        super().__init__(data, proposal=proposal, **options)
        side = proposal.side
        allowed = {cost.kind for cost in side.cost_kinds.all()}
        self.fields["kind"].choices = [
            ("", _("Choose a category")),
            *((kind.value, kind.label) for kind in CostKind if kind in allowed),
        ]
        participant: Any = self.fields["participant"]
        participant.queryset = proposal.participants.filter(side=side.agency.country)
        participant.choices = [
            ("", _("Everybody, or nobody in particular")),
            *(
                (person.pk, str(person) or _("Without a name"))
                for person in proposal.participants.all()
                if person.side == side.agency.country
            ),
        ]
        self.fields["unit_cost"].speak(side)
        self.fields["unit_cost"].label = {"EUR": _("Unit cost in euros"), "JPY": _("Unit cost in yen")}[side.currency]

    def layout(self) -> tuple[Any, ...]:
        """What and for whom, then the sum."""
        return (
            row("kind", "participant"),
            Div(
                Div("quantity", css_class="col-4 col-sm-3"),
                Div("unit", css_class="col-8 col-sm-4"),
                Div("unit_cost", css_class="col-sm-5"),
                css_class="row",
            ),
            HTML("{% include 'seminars/rows/_line_amount.html' %}"),
            "note",
        )

    @property
    def amount(self) -> Decimal | None:
        """Quantity × unit cost as typed or as saved; None where one of them is missing or wrong."""
        if not self.is_bound:
            return self.instance.amount if self.instance.pk else None
        self.is_valid()
        quantity, cost = self.cleaned_data.get("quantity"), self.cleaned_data.get("unit_cost")
        return None if quantity is None or cost is None else quantity * cost

    def clean(self) -> dict[str, Any]:
        """Give a line without a unit the usual one of its kind."""
        cleaned = super().clean()
        if not cleaned.get("unit") and cleaned.get("kind"):
            cleaned["unit"] = USUAL_UNITS[CostKind(cleaned["kind"])].value
        return cleaned

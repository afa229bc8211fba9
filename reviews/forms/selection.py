"""What officers fill in during the joint selection."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.choices import Outcome
from reviews.models import Selection, SelectionNote, Signature
from reviews.rules.merging import METHODS
from seminars.forms.budget import AmountField
from seminars.models import CallAgency

METHOD_NAMES = {
    "mean": _("Mean of both ranks"),
    "worse": _("Worse of both ranks"),
    "better": _("Better of both ranks"),
    "borda": _("Sum of points (Borda)"),
    "geometric": _("Geometric mean of both ranks"),
}


class _Laid:
    """Laid out by crispy inside a form tag that the template writes."""

    @property
    def helper(self) -> FormHelper:
        """The helper, without tag and token."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        return helper


class OutcomeForm(_Laid, forms.Form):
    """The outcome that an officer proposes for a pair."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome)
    rank = forms.IntegerField(
        label=_("Rank on the reserve list"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("For the reserve list only. Without a rank the pair comes last."),
    )


class RefusalForm(_Laid, forms.ModelForm):
    """Why an agency refuses the outcome."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ["reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for a reason always."""
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        self.fields["reason"].widget.attrs["rows"] = 3


class SelectionNoteForm(_Laid, forms.ModelForm):
    """A note on a pair."""

    form_uuid = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = SelectionNote
        fields = ["text"]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep the field low."""
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["rows"] = 3


class JointMinutesForm(_Laid, forms.ModelForm):
    """The minutes; the version that was read goes with them."""

    class Meta:
        model = Selection
        fields = ["minutes"]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave room; what is too long is told, never cut by the browser."""
        super().__init__(*args, **options)
        self.fields["minutes"].widget.attrs = {"class": "form-control", "rows": 16}

    @property
    def forms(self) -> tuple[forms.BaseForm, ...]:
        """The forms that make up the page."""
        return (self,)


class MergeForm(_Laid, forms.Form):
    """What would come of a merged order, and of budgets: for looking first, and then to take as the proposal."""

    method = forms.ChoiceField(label=_("Way to merge"), choices=[(name, METHOD_NAMES[name]) for name in METHODS])
    capacity = forms.IntegerField(label=_("Selected"), min_value=0, max_value=1000)
    reserves = forms.IntegerField(label=_("On the reserve list"), min_value=0, max_value=1000)

    def __init__(self, data: Any, *, sides: Sequence[CallAgency]) -> None:
        """Ask for a budget of each side, in its currency, which may be left open."""
        super().__init__(data)
        self.sides = sides
        for side in sides:
            names = {"agency": side.agency.acronym, "currency": side.currency}
            budget = AmountField(label=_("If %(agency)s has (%(currency)s)") % names, required=False)
            budget.speak(side)
            self.fields[f"budget-{side.pk}"] = budget

    @property
    def budgets(self) -> dict[int, Decimal | None]:
        """The budgets given, by side; nothing where it was left open. Valid forms only."""
        return {side.pk: self.cleaned_data[f"budget-{side.pk}"] for side in self.sides}

    @property
    def helper(self) -> FormHelper:
        """The order on one line, the money on the next."""
        helper = super().helper
        first = [Column(name, css_class="col-sm-4") for name in ("method", "capacity", "reserves")]
        second = [Column(f"budget-{side.pk}", css_class="col-sm-4") for side in self.sides]
        helper.layout = Layout(Row(*first), Row(*second))
        return helper

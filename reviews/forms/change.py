"""Other dates, another venue or other participants, and an officer's word on it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from reviews.models import Change
from reviews.models.change import REASON
from reviews.queries.change import FACTS, Wanted
from seminars.forms.section import row
from seminars.forms.widgets import CountryField
from seminars.models import Proposal


class ChangeForm(forms.ModelForm):
    """The dates and the venue as they are to be, filled in as they are."""

    start_on = forms.DateField(label=_("Start date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    end_on = forms.DateField(label=_("End date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    venue_country = CountryField(label=_("Host country"))

    class Meta:
        model = Change
        fields = [*FACTS, "reason"]
        help_texts = {"reason": _("The officers of both agencies and your partner read it.")}

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        """Fill in what the record says."""
        super().__init__(*args, initial={name: getattr(proposal, name) for name in FACTS}, **options)
        self.fields["venue_country"].widget.first = proposal.side.call.host_countries
        self.fields["reason"].widget.attrs["rows"] = 4
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            row("start_on", "end_on"), "venue_name", row("venue_city", "venue_country"), "reason"
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, beside the end (R7)."""
        values: dict[str, Any] = super().clean() or {}
        start_on, end_on = values.get("start_on"), values.get("end_on")
        if start_on and end_on and end_on < start_on:
            self.add_error("end_on", _("The end date is before the start date."))
        return values

    @property
    def wanted(self) -> Wanted:
        """What is asked for; after the form has been found valid."""
        return Wanted(**{name: self.cleaned_data[name] for name in FACTS})


class ReasonForm(forms.Form):
    """Why other participants are asked for."""

    reason = BlockInput(
        label=_("Reason"),
        help_text=ChangeForm.Meta.help_texts["reason"],
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay out without the form's own tag."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DecisionForm(forms.Form):
    """Why a change, or a cancellation, is asked for or refused; agreeing needs no words."""

    reason = BlockInput(
        label=_("Reason"),
        help_text=_("Needed to refuse; the coordinators read it."),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, hint: Any = None, **options: Any) -> None:
        """Lay out without the form's own tag; ``hint`` says what the reason is for, where it is not a refusal's."""
        super().__init__(*args, **options)
        if hint is not None:
            self.fields["reason"].help_text = hint
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

"""Forms for the terms of a call, in Django admin; what the records refuse by themselves is not repeated here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import countries
from seminars.choices import CostKind
from seminars.models import CallAgency, CallCountry


class CallAgencyForm(forms.ModelForm):
    """One side of a call, with the costs it pays."""

    cost_kinds = forms.MultipleChoiceField(
        label=_("Costs paid"), choices=CostKind, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CallAgency
        fields = [
            "agency",
            "deadline_on",
            "deadline_time",
            "deadline_zone",
            "deadline_confirmed",
            "currency",
            "cap",
            "required_track",
            "required_laboratory_kind",
            "asks_application_number",
            "asks_institution_approval",
            "asks_director_agreement",
            "asks_japanese_names",
            "minimum_reviews",
            "maximum_load",
            "quorum",
            "shares_reviews",
            "pays_en",
            "pays_fr",
            "pays_ja",
            "filing_en",
            "filing_fr",
            "filing_ja",
            "guidelines_url_en",
            "guidelines_url_fr",
            "guidelines_url_ja",
        ]
        help_texts = {"deadline_zone": _("The date and the time are local to this zone, exactly as announced.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Tick the costs that the side pays already."""
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["cost_kinds"] = [cost.kind for cost in self.instance.cost_kinds.all()]


class SidesFormSet(forms.BaseInlineFormSet):
    """The two sides of a call."""

    def clean(self) -> None:
        """Refuse a deadline before the opening, and a published call without two agencies of two countries."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        opens_at = self.instance.opens_at
        for form in kept:
            side = form.instance
            if opens_at and not form.errors and side.announced_at <= opens_at:
                form.add_error("deadline_on", _("The deadline is before the opening of the call."))
        nations = {form.cleaned_data["agency"].country for form in kept if form.cleaned_data.get("agency")}
        if self.instance.is_published and not any(self.errors) and (len(kept), len(nations)) != (2, 2):
            raise forms.ValidationError(_("A published call has two sides, with agencies of two countries."))


class CallCountryForm(forms.ModelForm):
    """A country of a call, chosen by its name."""

    country = forms.ChoiceField(label=_("Country"), choices=countries)

    class Meta:
        model = CallCountry
        fields = ["country", "may_host", "minimum_laboratories"]


class CountriesFormSet(forms.BaseInlineFormSet):
    """The countries of a call."""

    def clean(self) -> None:
        """Refuse a published call that nobody may host."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        hosts = [form for form in kept if form.cleaned_data.get("may_host")]
        if self.instance.is_published and not any(self.errors) and not hosts:
            raise forms.ValidationError(_("At least one country of a published call may host the seminar."))

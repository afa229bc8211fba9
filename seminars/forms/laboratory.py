"""One laboratory of a record."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from seminars.forms.countries import country_choices
from seminars.forms.rows import RowForm
from seminars.forms.section import row
from seminars.forms.widgets import LongSelect
from seminars.models import DirectoryEntry, Laboratory, Proposal


def call_countries(proposal: Proposal) -> list[str]:
    """Return the codes of the call's countries, the record's own first."""
    own = proposal.side.agency.country
    return sorted((country.country for country in proposal.side.call.countries.all()), key=lambda code: code != own)


class LaboratoryForm(RowForm):
    """A laboratory as the record names it; an Inserm unit is known by its number (R11, R12)."""

    country = forms.ChoiceField(label=_("Country"), widget=LongSelect)

    class Meta:
        model = Laboratory
        fields = ("name", "kind", "institution", "city", "country", "unit", "rnsr", "regional_office")
        labels = {"name": _("Name of the laboratory")}
        help_texts = {
            "kind": _("The workplace counts, not the employer."),
            "rnsr": _("Nine digits and a letter, such as 200114767B."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the call's countries before all the others."""
        super().__init__(*args, **options)
        self.fields["country"].choices = country_choices(call_countries(self.proposal))
        suggestions = {"data-suggestions": reverse("laboratory_suggestions"), "autocomplete": "off"}
        self.fields["name"].widget.attrs.update(suggestions)

    def clean(self) -> dict[str, Any]:
        """Fill in what was left empty where the directory knows the laboratory; what was typed stays."""
        cleaned = super().clean()
        known = DirectoryEntry.objects.known_as(cleaned.get("name", ""), cleaned.get("country", ""))
        for name in ("institution", "city", "unit", "rnsr", "regional_office"):
            if known and not cleaned.get(name) and name not in self.errors:
                cleaned[name] = getattr(known, name)
        return cleaned

    def layout(self) -> tuple[Any, ...]:
        """What every laboratory has first, what only French ones have last."""
        return (
            "name",
            row("institution", "kind"),
            row("city", "country"),
            row("unit", "rnsr"),
            "regional_office",
        )

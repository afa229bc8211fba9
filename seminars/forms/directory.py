"""One laboratory of the directory, and finding one."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from seminars.actions.directory import FIELDS
from seminars.forms.countries import country_choices
from seminars.forms.section import row
from seminars.forms.widgets import LongSelect
from seminars.models import DirectoryEntry

MOST_SPELLINGS = 50


class DirectoryForm(forms.ModelForm):
    """A laboratory as the agency writes it, with its other spellings, one a line."""

    country = forms.ChoiceField(label=_("Country"), widget=LongSelect)
    spellings = BlockInput(
        label=_("Other spellings"),
        max_length=4000,
        required=False,
        help_text=_("One a line. Accents, capitals and spaces do not matter."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    class Meta:
        model = DirectoryEntry
        fields = FIELDS
        labels = {"name": _("Name of the laboratory")}
        help_texts = {"rnsr": _("Nine digits and a letter, such as 200114767B.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Show the spellings that differ from the name."""
        super().__init__(*args, **options)
        self.fields["country"].choices = country_choices([self.instance.agency.country])
        if self.instance.pk:
            texts = self.instance.spellings.exclude(text=self.instance.name).values_list("text", flat=True)
            self.initial["spellings"] = "\n".join(texts)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        layout = (row("institution", "kind"), row("city", "country"), row("unit", "rnsr"), "regional_office")
        self.helper.layout = Layout("name", *layout, "spellings")

    def clean_spellings(self) -> list[str]:
        """Return the spellings, one for each line that says something."""
        lines = [line.strip() for line in self.cleaned_data["spellings"].splitlines() if line.strip()]
        if len(lines) > MOST_SPELLINGS:
            raise forms.ValidationError(_("At most %(most)s spellings.") % {"most": MOST_SPELLINGS})
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("A spelling has at most 200 characters."))
        return lines


class MergeForm(forms.Form):
    """Which other entry is the same laboratory."""

    other = forms.ModelChoiceField(
        DirectoryEntry.objects.none(), label=_("The same laboratory"), empty_label=_("Choose a laboratory")
    )

    def __init__(self, *args: Any, entry: DirectoryEntry, **options: Any) -> None:
        """Offer the other entries of the same agency and country."""
        super().__init__(*args, **options)
        alike = DirectoryEntry.objects.filter(agency=entry.agency_id, country=entry.country).exclude(pk=entry.pk)
        self.fields["other"].queryset = alike

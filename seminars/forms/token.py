"""The form of an agency's API token."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineInput
from accounts.models import Agency
from seminars.choices import ApiRight

LIFETIMES = (("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days")), ("365", _("One year")))


class TokenForm(forms.Form):
    """Whose token, what for, what it may read, and how long."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), empty_label=None)
    name = LineInput(
        label=_("Label"),
        max_length=60,
        help_text=_("The system that will use it, such as the data warehouse."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rights = forms.MultipleChoiceField(
        label=_("May read"),
        choices=ApiRight.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without contact details, e-mail addresses, telephone numbers and ORCID iDs are left out."),
    )
    lifetime = forms.ChoiceField(label=_("Valid for"), choices=LIFETIMES, initial="180")

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        """Offer ``agencies``, those for which the person may make a token."""
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("agency", "name", "rights", "lifetime")

    def clean_rights(self) -> list[str]:
        """Refuse contact details of nothing."""
        rights: list[str] = self.cleaned_data["rights"]
        if set(rights) == {ApiRight.CONTACTS}:
            raise forms.ValidationError(_("Choose at least one thing that may be read."))
        return rights

    def clean_lifetime(self) -> timedelta:
        """Return the number of days as a span of time."""
        return timedelta(days=int(self.cleaned_data["lifetime"]))

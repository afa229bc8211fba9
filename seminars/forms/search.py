"""The forms of saved searches."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineInput


class SearchForm(forms.Form):
    """The name of a search, who else uses it, and whether one's list starts with it."""

    name = LineInput(
        label=_("Name of the search"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_shared = forms.BooleanField(label=_("Share it with the officers of my agency"), required=False)
    is_default = forms.BooleanField(label=_("Start with it when I open the list of this call"), required=False)
    query = forms.CharField(max_length=3000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the fields out."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", "is_shared", "is_default", "query")

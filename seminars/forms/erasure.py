"""The form that erases a person: the address is typed again, and the reason is kept."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LineInput
from accounts.models import User


class ErasureForm(forms.Form):
    """Whom, and why."""

    address = LineInput(
        label=_("The person's e-mail address, typed again"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = LineInput(label=_("Reason"), max_length=300, help_text=_("Kept in the history: name no name here."))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        """Ask for the address of ``person``."""
        super().__init__(*args, **options)
        self.person = person
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("address", "reason")

    def clean_address(self) -> str:
        """Refuse any other address."""
        address: str = self.cleaned_data["address"]
        if address.lower() != self.person.email:
            raise forms.ValidationError(_("This is not the person's address."))
        return address

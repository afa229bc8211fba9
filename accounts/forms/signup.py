"""Signing up."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.models import User


class SignupForm(forms.Form):
    """What we ask beside the address and the password: the name, as it will stand on lists and letters."""

    family_name = fields.LatinInput(
        label=_("Family name"),
        max_length=80,
        validators=[fields.validate_latin],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    given_name = fields.LatinInput(
        label=_("Given name"),
        max_length=80,
        validators=[fields.validate_latin],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        help_text=_("Both in Latin letters. You can add kanji and katakana to your profile afterwards."),
    )
    field_order = ["family_name", "given_name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: ``AccountAdapter.save_user`` has saved the name."""

"""The forms around a partner: inviting, leaving, telling."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.fields import BlockInput, LineInput, refuse_links
from accounts.models import User
from seminars.permissions import address_refusal


def _helper(*fields: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class InviteForm(forms.Form):
    """Whom to invite, in which language, and with which words."""

    email = forms.EmailField(
        label=_("Partner's e-mail address"),
        max_length=254,
        help_text=_("The invitation can be accepted only by somebody who has confirmed exactly this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = LineInput(
        label=_("Partner's name"),
        max_length=160,
        required=False,
        validators=[refuse_links],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language.choices)
    message = BlockInput(
        label=_("Your message"),
        max_length=2000,
        required=False,
        help_text=_("Optional. It is quoted in the e-mail under your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        """Take who invites, for nobody invites themselves."""
        super().__init__(*args, **options)
        self.by = by

    def clean_email(self) -> str:
        """Return the address in small letters; accents and one's own address are refused."""
        email: str = self.cleaned_data["email"].lower()
        if refusal := address_refusal(email, self.by):
            raise forms.ValidationError(str(refusal))
        return email

    @property
    def helper(self) -> FormHelper:
        """The layout: who, in which language, and the words."""
        pair = Div(Div("name", css_class="col-sm"), Div("language", css_class="col-sm"), css_class="row")
        return _helper("email", pair, "message")


class LeaveForm(forms.Form):
    """Why the pair is taken apart."""

    reason = BlockInput(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Your partner receives it by e-mail."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class TellForm(forms.Form):
    """What to point out to the partner, and a note."""

    facts = forms.MultipleChoiceField(label=_("What to point out"), widget=forms.CheckboxSelectMultiple)
    note = BlockInput(label=_("Your note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        """Take the facts that differ, as names and labels."""
        super().__init__(*args, **options)
        self.fields["facts"].choices = list(choices)

    @property
    def helper(self) -> FormHelper:
        """The layout: the facts, then the note."""
        return _helper("facts", "note")


class TakeForm(forms.Form):
    """One fact to take from the partner, and the fingerprint of what the page showed."""

    fact = forms.SlugField(max_length=20)
    seen = forms.SlugField(max_length=64)


class AcceptForm(forms.Form):
    """Which own record answers an invitation; none starts a new one."""

    attach = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

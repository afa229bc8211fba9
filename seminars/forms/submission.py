"""The small forms around filing: nothing in them is typed but a reason."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput


class SubmitForm(forms.Form):
    """One tiny POST: a UUID made with the page, so that sending it twice files once (SAFETY 7)."""

    form_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give a fresh form its UUID."""
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["form_uuid"] = uuid.uuid4()


class ReasonForm(forms.Form):
    """A reason that must be given."""

    reason = BlockInput(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )


class OptionalReasonForm(forms.Form):
    """A reason that may be given."""

    reason = BlockInput(
        label=_("Reason"),
        max_length=2000,
        required=False,
        help_text=_("Optional. Your partner and the agency can read it."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

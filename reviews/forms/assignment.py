"""Why a reviewer hands a pair back."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Assignment


class DeclineForm(forms.ModelForm):
    """The reason, which the agency's officers read."""

    class Meta:
        model = Assignment
        fields = ["reason"]
        help_texts = {"reason": _("The officers of the agency read it. A conflict of interest is a good reason.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for a reason always."""
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        self.fields["reason"].widget.attrs["rows"] = 4
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

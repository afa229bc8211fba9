"""The form of a calendar feed."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from seminars.models import Feed


class FeedForm(forms.ModelForm):
    """How a feed is called, and what it tells."""

    class Meta:
        model = Feed
        fields = ["name", "has_deadlines", "has_seminars"]
        help_texts = {"name": _("For you alone, such as the calendar it goes into.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the form out."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", "has_deadlines", "has_seminars")

    def clean(self) -> dict[str, Any]:
        """Refuse a feed that tells nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("has_deadlines") or cleaned.get("has_seminars")):
            self.add_error("has_deadlines", _("Choose at least one of the two."))
        return cleaned

"""What both coordinators tell those who come to a seminar."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Practical
from reviews.models.practical import TEXTS

ROWS = {"address": 3, "access": 6, "stay": 6, "contact": 3, "notes": 5}


class PracticalForm(forms.ModelForm):
    """The texts of the practical page; each may stay empty."""

    class Meta:
        model = Practical
        fields = TEXTS
        help_texts = {
            "address": _("Street, building and room, as a taxi driver or a letter of invitation needs them."),
            "access": _("From the airport and the station; last trains; parking."),
            "stay": _("Hotels, prices agreed, and who books; lunches and dinners."),
            "contact": _("Who can be reached during the seminar, and how."),
            "notes": _("Visas, equipment of the room, internet access, anything else."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave room; what is too long is told, never cut by the browser."""
        super().__init__(*args, **options)
        for name, rows in ROWS.items():
            self.fields[name].widget.attrs = {"class": "form-control", "rows": rows}
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def forms(self) -> tuple[forms.BaseForm, ...]:
        """The forms that make up the page."""
        return (self,)

    def values(self) -> dict[str, str]:
        """The texts; valid forms only."""
        return {name: self.cleaned_data[name] for name in TEXTS}

"""When the outcomes are announced, and what the letters show."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from seminars.forms.eligibility import LocalInstant


class AnnouncementForm(LocalInstant):
    """The moment by the officer's own clock; it is the same instant for everybody."""

    shows_scores = forms.BooleanField(
        label=_("Letters show the mean score of each criterion"), required=False, initial=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the day and the time side by side."""
        super().__init__(*args, **options)
        columns = Row(Column("until_on", css_class="col-sm-6"), Column("until_time", css_class="col-sm-6"))
        self.helper.layout = Layout(columns, "shows_scores")

    def clean(self) -> dict[str, Any]:
        """Add ``due_at``; refuse a moment that is not in the future."""
        cleaned = super().clean() or {}
        due_at = self.read_until(cleaned)
        if due_at is not None and due_at <= self.at:
            self.add_error("until_on", _("Choose a moment in the future."))
        return cleaned | {"due_at": due_at}

"""When the reviews of a call are due."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from seminars.forms.eligibility import LocalInstant


class ReviewsDueForm(LocalInstant):
    """The moment by the officer's own clock."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the day and the time side by side."""
        super().__init__(*args, **options)
        columns = Row(Column("until_on", css_class="col-sm-6"), Column("until_time", css_class="col-sm-6"))
        self.helper.layout = Layout(columns)

    def clean(self) -> dict[str, Any]:
        """Add ``due_at``; refuse a moment that is not in the future."""
        cleaned = super().clean() or {}
        due_at = self.read_until(cleaned)
        if due_at is not None and due_at <= self.at:
            self.add_error("until_on", _("Choose a moment in the future."))
        return cleaned | {"due_at": due_at}


class BeginForm(ReviewsDueForm):
    """The moment, and the word that the list is agreed: beginning cannot be undone."""

    agreed = forms.BooleanField(
        label=_("Both agencies agree on the list of eligible pairs."),
        error_messages={"required": _("Beginning cannot be undone. Tick this when both agencies agree.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Put the word after the moment."""
        super().__init__(*args, **options)
        self.helper.layout.append("agreed")

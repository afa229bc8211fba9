"""The sections of a final report as forms, the texts; they may be incomplete, and what is typed is never cut."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.choices import Language
from accounts.fields import BlockInput, LineInput
from accounts.models import User
from reviews.actions import report as actions
from reviews.models.report import TEXT
from reviews.queries.report_contents import Contents
from reviews.rules import report as rules
from seminars.forms.section import open_to_drafts
from seminars.forms.widgets import CountryField


class ReportForm(forms.Form):
    """A section of a report. ``version`` is the one that the page shows."""

    section: ClassVar[str]

    def __init__(self, data: Any = None, *, contents: Contents, user: User, beside: Any = ()) -> None:
        """Take what was posted, the report as it is saved, and who writes.

        ``beside`` is what another form of this section was posted with: it has the same fields then.
        """
        self.beside = data or beside
        self.contents, self.report = contents, contents.report
        self.own = contents.side_of(user)
        super().__init__(data, initial=self.saved())
        self.add_fields()
        open_to_drafts(self.fields)

    def add_fields(self) -> None:
        """Add the fields that depend on the report."""

    def saved(self) -> dict[str, Any]:
        """Return what is saved, by field."""
        return {name: getattr(self.report, name) for name in self.base_fields}

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """The forms that make up the page."""
        return (self,)

    @property
    def version(self) -> str:
        """The version of the section that the page shows."""
        return str(getattr(self.report, f"{self.section}_version"))

    @property
    def saved_at(self) -> datetime | None:
        """When the section was last saved."""
        at: datetime | None = getattr(self.report, f"{self.section}_saved_at")
        return at

    def write(self, *, version: int, by: User, at: datetime) -> None:
        """Save what was found valid. Raises Refused and EditConflict."""
        actions.save_report_texts(self.report, self.section, self.cleaned_data, version=version, by=by, at=at)


class FactsForm(ReportForm):
    """The days and the venue, as it took place."""

    section = "facts"
    start_on = forms.DateField(label=gettext_lazy("First day, as it took place"))
    end_on = forms.DateField(label=gettext_lazy("Last day, as it took place"))
    venue_name = LineInput(label=gettext_lazy("Venue"), max_length=200)
    venue_city = LineInput(label=gettext_lazy("City"), max_length=100)
    venue_country = CountryField(label=gettext_lazy("Country of the venue"))

    def saved(self) -> dict[str, Any]:
        """Return what is saved; before anything is, what was planned, for most seminars take place as planned."""
        planned = self.own.record if self.own and not self.report.facts_version else None
        return {name: getattr(planned or self.report, name) for name in self.base_fields}

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, beside the end."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("start_on"), values.get("end_on")
        if first and last and last < first:
            self.add_error("end_on", _("The last day is before the first."))
        return values


class NarrativeForm(ReportForm):
    """How it went, what came of it, and what follows."""

    section = "narrative"
    narrative = BlockInput(
        label=gettext_lazy("Course and outcomes"),
        max_length=TEXT,
        help_text=gettext_lazy("How the seminar went, what was discussed and found, and who took part in what."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    follow_up = BlockInput(
        label=gettext_lazy("Follow-up plans"),
        max_length=TEXT,
        help_text=gettext_lazy("Joint projects, stays, further seminars, applications."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    @property
    def bounds(self) -> list[tuple[BoundField, int, int, int]]:
        """Each text with its number of characters, and the fewest and most that can be handed in."""
        pairs = ((self["narrative"], rules.NARRATIVE), (self["follow_up"], rules.FOLLOW_UP))
        return [(field, len(str(field.value() or "").strip()), *bounds) for field, bounds in pairs]


class SummaryForm(ReportForm):
    """The text for everybody, in the language that its writers choose."""

    section = "summary"
    public_language = forms.ChoiceField(
        label=gettext_lazy("Language of the public summary"), choices=Language.choices, initial=Language.ENGLISH
    )
    public_text = BlockInput(
        label=gettext_lazy("Public summary"),
        max_length=TEXT,
        help_text=gettext_lazy("For readers outside the field. Name nobody who has not agreed to be named."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    @property
    def bounds(self) -> list[tuple[BoundField, int, int, int]]:
        """The text with its number of characters, and the fewest and most that can be published."""
        field = self["public_text"]
        return [(field, len(str(field.value() or "").strip()), *rules.PUBLIC)]

    def clean_public_language(self) -> str:
        """Keep the language where none is chosen."""
        return self.cleaned_data["public_language"] or self.report.public_language

    def write(self, *, version: int, by: User, at: datetime) -> None:
        """Save the summary."""
        actions.save_summary(self.report, self.cleaned_data, version=version, by=by, at=at)


class WordForm(forms.Form):
    """What an officer says to a report; accepting needs no words."""

    comment = BlockInput(
        label=pgettext_lazy("of a report", "Comment for the coordinators"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Both coordinators and the other agency's officers read it. A return needs one."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )

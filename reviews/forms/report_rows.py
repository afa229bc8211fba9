"""The sections of a final report that are rows: attendance, publications, spending."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import BlockInput, LineInput
from accounts.models import User
from reviews.actions import report as actions
from reviews.forms.report import FactsForm, NarrativeForm, ReportForm, SummaryForm
from reviews.queries.report_contents import Line, SideReport
from reviews.rules import report as rules
from seminars.forms.budget import AmountField

SPARE = 3
"""How many empty rows a list offers for more."""
ROW = re.compile(r"(?:citation|doi)-(\d{1,2})")


class AttendanceForm(ReportForm):
    """How many of each side took part, how many of them young, and statutory."""

    section = "attendance"

    def saved(self) -> dict[str, Any]:
        """Return the numbers of both sides."""
        held = [side.held for side in self.contents.sides]
        return {f"{name}-{side.side_id}": getattr(side, name) for side in held for name in actions.COUNTS}

    def add_fields(self) -> None:
        """Ask for three numbers of each side."""
        labels = {
            "attended": gettext_lazy("%(side)s: participants"),
            "young": gettext_lazy("%(side)s: young researchers"),
            "statutory": gettext_lazy("%(side)s: statutory researchers"),
        }
        for side in self.contents.sides:
            for name in actions.COUNTS:
                label = labels[name] % {"side": side.held.side.agency.acronym}
                widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
                field = forms.IntegerField(label=label, min_value=0, max_value=rules.MOST_PEOPLE, widget=widget)
                self.fields[f"{name}-{side.held.side_id}"] = field

    @property
    def rows(self) -> list[tuple[SideReport, list[BoundField]]]:
        """Each side with its three fields."""
        return [
            (side, [self[f"{name}-{side.held.side_id}"] for name in actions.COUNTS]) for side in self.contents.sides
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse more young or statutory researchers than participants."""
        values: dict[str, Any] = super().clean() or {}
        for side in self.contents.sides:
            everybody = values.get(f"attended-{side.held.side_id}")
            for name in ("young", "statutory"):
                key = f"{name}-{side.held.side_id}"
                if everybody is not None and (values.get(key) or 0) > everybody:
                    self.add_error(key, _("More than all participants."))
        return values

    def write(self, *, version: int, by: User, at: datetime) -> None:
        """Save the numbers."""
        counts = {
            side.held.side_id: {name: self.cleaned_data[f"{name}-{side.held.side_id}"] for name in actions.COUNTS}
            for side in self.contents.sides
        }
        actions.save_attendance(self.report, counts, version=version, by=by, at=at)


class DoiInput(LineInput):
    """A DOI, typed with or without its address; only its form is checked."""

    def to_python(self, value: Any) -> str:
        """Return the DOI in lower case, without its address."""
        try:
            return rules.tidy_doi(super().to_python(value))
        except ValueError as wrong:
            words = _("This is not a DOI. It begins with 10 and holds a slash, such as %(example)s.")
            raise ValidationError(words, code="doi", params={"example": "10.1038/nature12373"}) from wrong


class PublicationsForm(ReportForm):
    """The publications, one a row: what is emptied goes."""

    section = "publications"

    def saved(self) -> dict[str, Any]:
        """Return the rows."""
        rows = enumerate(self.report.publications.all())
        pairs = [((f"citation-{n}", one.citation), (f"doi-{n}", one.doi)) for n, one in rows]
        return dict(value for pair in pairs for value in pair)

    def add_fields(self) -> None:
        """Offer the saved rows, those that were posted, and a few more."""
        posted = [int(found[1]) for name in self.beside if (found := ROW.fullmatch(name))]
        wanted = max([len(self.report.publications.all()) + SPARE, *(number + 1 for number in posted)])
        self.number = min(wanted, rules.PUBLICATIONS)
        for number in range(self.number):
            place = {"number": number + 1}
            citation = LineInput(label=_("Publication %(number)s") % place, max_length=rules.CITATION)
            citation.widget = forms.Textarea(attrs={"rows": 2})
            self.fields[f"citation-{number}"] = citation
            self.fields[f"doi-{number}"] = DoiInput(label=_("DOI of publication %(number)s") % place, max_length=250)

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """Each row's two fields."""
        return [(self[f"citation-{number}"], self[f"doi-{number}"]) for number in range(self.number)]

    def write(self, *, version: int, by: User, at: datetime) -> None:
        """Save the list."""
        said = self.cleaned_data
        listed = [(said[f"citation-{number}"], said[f"doi-{number}"]) for number in range(self.number)]
        actions.save_publications(self.report, listed, version=version, by=by, at=at)


class SpendingForm(ReportForm):
    """What one's own side spent, line by line, in its currency."""

    section = "spending"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of one's own side."""
        return self.own.lines if self.own else ()

    def saved(self) -> dict[str, Any]:
        """Return the amounts and the note."""
        note = self.own.held.spending_note if self.own else ""
        return {**{line.key: line.spent for line in self.lines}, "spending_note": note}

    def add_fields(self) -> None:
        """Ask for an amount of each line."""
        for line in self.lines:
            names = {"kind": line.label, "whom": line.whom}
            words = _("Spent: %(kind)s %(whom)s") if line.line else _("Spent beside the planned lines: %(kind)s")
            amount = AmountField(label=(words % names).strip())
            if self.own:
                amount.speak(self.own.held.side)
            self.fields[line.key] = amount
        note = BlockInput(label=_("Why spending differs from what was approved"), max_length=2000)
        note.widget = forms.Textarea(attrs={"rows": 4})
        self.fields["spending_note"] = note

    @property
    def rows(self) -> list[tuple[Line, BoundField]]:
        """Each line with its field."""
        return [(line, self[line.key]) for line in self.lines]

    @property
    def version(self) -> str:
        """The version of one's own side's spending."""
        return str(self.own.held.spending_version if self.own else 0)

    @property
    def saved_at(self) -> datetime | None:
        """When one's own side's spending was last saved."""
        return self.own.held.spending_saved_at if self.own else None

    def write(self, *, version: int, by: User, at: datetime) -> None:
        """Save the amounts."""
        amounts = {line.key: self.cleaned_data[line.key] for line in self.lines}
        note = self.cleaned_data["spending_note"]
        actions.save_spending(self.report, amounts, note, version=version, by=by, at=at)


FORMS: Mapping[str, type[ReportForm]] = {
    form.section: form
    for form in (FactsForm, NarrativeForm, AttendanceForm, PublicationsForm, SpendingForm, SummaryForm)
}
"""The form of each section that is one form."""

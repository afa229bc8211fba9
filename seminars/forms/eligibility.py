"""The officers' forms on eligibility: the list's filters, the decision, and when coordinators are told."""

from datetime import datetime
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from seminars.choices import CaseStand, Eligibility, ProposedOutcome, SideDecision
from seminars.models.eligibility import REASON
from seminars.rules import admission
from seminars.rules.eligibility import NUMBERS

ORDERS: dict[str, Promise] = {
    "number": _("Number"),
    "title": _("Title"),
    "proposed": _("Proposed"),
    "decided": _("Decisions"),
}


def _all(choices: Any) -> list[tuple[str, str | Promise]]:
    return [("", _("All")), *choices]


class CaseFilter(forms.Form):
    """Search, filters and order of the list, read from the address; what it does not know is left out."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    stand = forms.ChoiceField(label=_("Situation"), choices=_all(CaseStand.choices), required=False)
    proposed = forms.ChoiceField(label=_("Proposed"), choices=_all(ProposedOutcome.choices), required=False)
    own = forms.ChoiceField(label=_("Your agency"), choices=_all(SideDecision.choices), required=False)
    other = forms.ChoiceField(label=_("Other agency"), choices=_all(SideDecision.choices), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("", _("Number")),
            *((f"{sign}{name}", label) for name, label in ORDERS.items() for sign in ("", "-")),
        ],
    )

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and is known, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def filters(self) -> list[Any]:
        """The fields that narrow the list."""
        return [self[name] for name in ("q", "stand", "proposed", "own", "other")]


class LocalInstant(forms.Form):
    """A date and a time by the reader's own clock that make an instant in the future."""

    until_on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    until_time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def __init__(self, *args: Any, at: datetime, zone_name: str | Promise, **options: Any) -> None:
        """Judge at ``at``, the instant the request arrived; ``zone_name`` is how people call the clock."""
        super().__init__(*args, **options)
        self.at = at
        self.fields["until_time"].help_text = zone_name
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def read_until(self, cleaned: dict[str, Any]) -> datetime | None:
        """Return the instant that was typed, or nothing where it is incomplete or no clock shows it."""
        on, time = cleaned.get("until_on"), cleaned.get("until_time")
        if on is None or time is None:
            return None
        try:
            return from_current_timezone(datetime.combine(on, time))
        except (ValidationError, OverflowError):
            self.add_error("until_time", _("The clocks of your time zone never show this time, or show it twice."))
            return None


class DecisionForm(LocalInstant):
    """What one agency decides on its half; the reasons come filled in from the rules, in each language."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Eligibility.choices, widget=forms.RadioSelect)
    rules = forms.MultipleChoiceField(
        label=_("Rules"),
        required=False,
        choices=[(number, number) for number in NUMBERS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The rules that a refusal or a correction rests on."),
    )
    reason_en = BlockInput(label=_("Reasons in English"), max_length=REASON, required=False, widget=forms.Textarea)
    reason_fr = BlockInput(label=_("Reasons in French"), max_length=REASON, required=False, widget=forms.Textarea)
    reason_ja = BlockInput(label=_("Reasons in Japanese"), max_length=REASON, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay out the decision first, then what a refusal and what a correction need besides."""
        super().__init__(*args, **options)
        for name in ("until_on", "until_time"):
            self.fields[name].required = False
        self.fields["until_on"].label = _("Correct until: date")
        self.fields["until_time"].label = _("Correct until: time")
        for language in ("en", "fr", "ja"):
            self.fields[f"reason_{language}"].widget.attrs |= {"rows": 4, "autocomplete": "off", "lang": language}
        self.helper.layout = Layout(
            "outcome",
            Row(Column("until_on", css_class="col-sm-6"), Column("until_time", css_class="col-sm-6")),
            "reason_en",
            "reason_fr",
            "reason_ja",
            InlineCheckboxes("rules"),
        )

    @property
    def reasons(self) -> dict[str, str]:
        """The cleaned reasons by language."""
        return {language: self.cleaned_data.get(f"reason_{language}", "") for language in ("en", "fr", "ja")}

    def clean(self) -> dict[str, Any]:
        """Ask for reasons in all languages unless it is eligible, and for an end within 30 days of a correction."""
        cleaned = super().clean() or {}
        outcome, until = cleaned.get("outcome"), None
        if outcome in (Eligibility.INELIGIBLE, Eligibility.CORRECTION):
            for language in ("en", "fr", "ja"):
                name = f"reason_{language}"
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("The reasons are needed in all three languages."))
        if outcome == Eligibility.CORRECTION:
            until = self.read_until(cleaned)
            if until is None and not (self.errors.keys() & {"until_on", "until_time"}):
                self.add_error("until_on", _("Say until when the record may be corrected."))
            elif until is not None and not admission.is_possible(until, self.at):
                self.add_error("until_on", _("A correction ends in the future, and within 30 days."))
        return cleaned | {"until": until}


class NoticeForm(LocalInstant):
    """When coordinators are told, by the officer's own clock."""

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

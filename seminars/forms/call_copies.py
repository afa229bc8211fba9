"""The forms of a call that officers prepare: its dates, terms and words, and each side's deadline."""

from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.models import Call, CallAgency
from seminars.rules.deadline import ImpossibleLocalTime, instant


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _time() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


TERMS = ("min_days", "max_days", "capacity", "report_days", "keep_funded_years", "keep_other_years")
DATES = ("window_start_on", "window_end_on", "announce_from_on", "announce_until_on")
WORDS = ("summary_en", "summary_fr", "summary_ja", "format_en", "format_fr", "format_ja")
DOUBTFUL = _("The clocks of this time zone skip this time on that day, or show it twice. Choose another one.")


def _helper(*layout: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper


def _row(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-sm-6") for name in names))


class CallCopyForm(forms.ModelForm):
    """What a call says but for its sides and its lists."""

    opens_on = forms.DateField(label=_("Opening: date"), widget=_day())
    opens_time = forms.TimeField(label=_("Opening: time"), widget=_time())

    class Meta:
        model = Call
        fields = ["code", "title_en", "title_fr", "title_ja", "year", "seminar_year", *DATES, *TERMS, *WORDS]
        widgets = {
            **{name: _day() for name in DATES},
            **{name: forms.Textarea(attrs={"rows": 5}) for name in WORDS},
        }
        help_texts = {"code": _("Part of the address of the call's page: small letters, digits and hyphens.")}

    def __init__(self, *args: Any, zone: str, zone_name: str | Promise, **options: Any) -> None:
        """Read the opening by the clock of ``zone``, which people call ``zone_name``."""
        super().__init__(*args, **options)
        self.zone = zone
        opening = self.instance.opens_at.astimezone(ZoneInfo(zone))
        self.initial.update(opens_on=opening.date(), opens_time=opening.time())
        self.fields["opens_time"].help_text = zone_name
        if self.instance.pk:
            self.fields["code"].disabled = True
        names = Fieldset(_("Names"), "code", "title_en", "title_fr", "title_ja", _row("year", "seminar_year"))
        dates = Fieldset(_("Dates"), _row("opens_on", "opens_time"), _row(*DATES[:2]), _row(*DATES[2:]))
        terms = Fieldset(_("Terms"), _row(*TERMS[:2]), _row(*TERMS[2:]))
        words = Div(HTML("<details><summary>"), HTML(str(_("Texts"))), HTML("</summary>"), *WORDS, HTML("</details>"))
        self.helper = _helper(names, dates, terms, words)

    def clean(self) -> dict[str, Any]:
        """Set the instant at which the call opens, from its local date and time."""
        cleaned: dict[str, Any] = super().clean() or {}
        on, time = cleaned.get("opens_on"), cleaned.get("opens_time")
        if on is not None and time is not None:
            try:
                self.instance.opens_at = instant(on, time, self.zone)
            except ImpossibleLocalTime:
                self.add_error("opens_time", DOUBTFUL)
        return cleaned


class SideCopyForm(forms.ModelForm):
    """One side's deadline, as announced, and its maximum amount."""

    class Meta:
        model = CallAgency
        fields = ["deadline_on", "deadline_time", "deadline_zone", "deadline_confirmed", "cap"]
        widgets = {"deadline_on": _day(), "deadline_time": _time()}

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the form out under the agency's name."""
        super().__init__(*args, **options)
        deadline = (_row("deadline_on", "deadline_time"), "deadline_zone", "deadline_confirmed")
        self.helper = _helper(*deadline, "cap")


class CallCopyForms:
    """All forms of one call together: of the call itself, and of each side under its agency's code."""

    def __init__(self, data: Any, call: Call, sides: list[CallAgency], *, zone: str, zone_name: str | Promise) -> None:
        """Bind the forms to unsaved or stored records, which they change when they are valid."""
        self.call = CallCopyForm(data, instance=call, zone=zone, zone_name=zone_name)
        self.sides = [SideCopyForm(data, instance=side, prefix=side.agency.code) for side in sides]

    def is_valid(self) -> bool:
        """Say whether everything can be stored; what holds between the forms is said beside the later date."""
        answers = [form.is_valid() for form in (self.call, *self.sides)]
        if not all(answers):
            return False
        call, opens_at = self.call.instance, self.call.instance.opens_at
        for form in self.sides:
            side = form.instance
            side.deadline_at = side.announced_at
            if side.deadline_at <= opens_at:
                form.add_error("deadline_on", _("The deadline is before the opening of the call."))
            if call.announce_from_on < side.deadline_on:
                self.call.add_error("announce_from_on", _("The results would come before a deadline."))
        if call.window_start_on <= max(form.instance.deadline_on for form in self.sides):
            self.call.add_error("window_start_on", _("The seminars would begin before a deadline."))
        return not any(form.errors for form in (self.call, *self.sides))

    @property
    def has_errors(self) -> bool:
        """Whether anything is to be corrected."""
        return any(form.is_bound and form.errors for form in (self.call, *self.sides))

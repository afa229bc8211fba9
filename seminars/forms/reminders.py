"""When the people of one side of a call are reminded of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.choices import ReminderAudience
from seminars.models import CallAgency, ReminderRule
from seminars.reminding import KINDS, Kind
from seminars.rules.reminders import MOST_STEPS, NotASchedule, read_steps, written

LONGEST = 80
PICKER = {"type": "date", "class": "form-control form-control-sm w-auto"}


class StepsField(forms.CharField):
    """Steps such as ``-30d -7d -3h``, read as hours in their order."""

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the steps; refuse what is none, and more than there may be."""
        try:
            return read_steps(super().clean(value))
        except NotASchedule as wrong:
            if part := wrong.args[0]:
                words = _("“%(part)s” is no step: write 7d for days and 3h for hours, with a minus for before.")
                raise ValidationError(words, params={"part": part}) from wrong
            raise ValidationError(_("At most %(most)s steps."), params={"most": MOST_STEPS}) from wrong


@dataclass(frozen=True)
class Line:
    """One rule on the page: what it is about, whom it is for, and its two fields."""

    kind: Kind
    audience: str | Promise
    steps: Any
    is_on: Any


class RulesForm(forms.Form):
    """Every rule of a side. Without steps, or not ticked, a rule sends nothing; not ticked it keeps its steps."""

    def __init__(self, *args: Any, side: CallAgency, **options: Any) -> None:
        """Lay out what the side has, and the defaults where a kind is new to it."""
        held = {(rule.kind, rule.audience): rule for rule in ReminderRule.objects.filter(side=side)}
        self._named = [(kind, audience) for kind in KINDS.values() for audience in kind.defaults]
        super().__init__(*args, prefix=side.agency.code, **options)
        for kind, audience in self._named:
            rule = held.get((kind.code, audience))
            label = f"{kind.label} · {ReminderAudience(audience).label}"
            steps = StepsField(label=label, max_length=LONGEST, required=False)
            steps.initial = rule.steps if rule else written(kind.defaults[audience])
            steps.widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "aria-describedby": "steps-hint"}
            self.fields[f"{kind.code}-{audience}-steps"] = steps
            is_on = forms.BooleanField(label=label, required=False, initial=rule.is_on if rule else True)
            self.fields[f"{kind.code}-{audience}-on"] = is_on
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-check-input" if name.endswith("-on") else "form-control form-control-sm"

    def lines(self) -> Iterator[Line]:
        """Yield the rules in the order of the programme."""
        for kind, audience in self._named:
            fields = self[f"{kind.code}-{audience}-steps"], self[f"{kind.code}-{audience}-on"]
            yield Line(kind, ReminderAudience(audience).label, *fields)

    @property
    def asked(self) -> dict[tuple[str, str], tuple[tuple[int, ...], bool]]:
        """What is asked for, by kind and audience, once the form is valid."""
        values = self.cleaned_data
        return {
            (kind.code, audience): (
                values[f"{kind.code}-{audience}-steps"],
                values[f"{kind.code}-{audience}-on"],
            )
            for kind, audience in self._named
        }


class DayForm(forms.Form):
    """The day whose reminders are looked at."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=PICKER, format="%Y-%m-%d"))

    def day_or(self, fallback: date) -> date:
        """Return the day that is asked for, or ``fallback``."""
        return self.cleaned_data["on"] if self.is_bound and self.is_valid() else fallback

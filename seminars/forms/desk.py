"""The filters of the officers' list, which live in the address; and the late admission of one record."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.expressions import OrderBy
from django.forms.utils import from_current_timezone
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from seminars.choices import ANNOUNCED, PairingStep, ProposalState, SeminarState, Situation, Track
from seminars.models import Call, Proposal
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries import search
from seminars.queries.chosen import BY_NAME, chosen
from seminars.queries.column_table import COLUMNS
from seminars.queries.overview import Overview
from seminars.rules import admission

PAIR_STATES = [(state.value, state.label) for state in (SeminarState.IN_REVIEW, *ANNOUNCED)]


def _orders() -> list[tuple[str, str]]:
    return [
        (f"{sign}{column.name}", f"{column.order_label or column.label} {arrow}")
        for column in COLUMNS
        if column.order
        for sign, arrow in (("", "↑"), ("-", "↓"))
    ]


class _Choice(django_filters.ChoiceFilter):
    """A choice among few, as a small menu."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"empty_label": _("All"), **options})


class ProposalFilter(django_filters.FilterSet):
    """Search, filters and order of the officers' list, read from the address; what it does not know is left out."""

    q = django_filters.CharFilter(method="find", max_length=search.LONGEST, label=_("Search"))
    side = _Choice(field_name="side__agency__code", label=_("Side"))
    state = _Choice(method="stand", choices=ProposalState.choices, label=_("State"))
    step = _Choice(method="stand", choices=PairingStep.choices, label=_("Pairing"))
    pair = _Choice(field_name="seminar__state", choices=PAIR_STATES, label=_("State of the pair"))
    situation = _Choice(method="be_in", choices=Situation.choices, label=_("Situation"))
    track = _Choice(choices=Track.choices, label=_("JSPS track"))
    area = _Choice(field_name="areas__code", label=_("Priority area"))
    sort = django_filters.ChoiceFilter(method="order", empty_label=_("Last changed first"), label=_("Sort by"))

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, data: QueryDict, overview: Overview, *, call: Call) -> None:
        """Filter the records of ``overview``; offer the sides and the priority areas of ``call``."""
        super().__init__(data, overview.records.order_by("-changed_at", "-pk"))
        self.overview = overview
        self.columns = chosen(data.getlist("columns"))
        self.filters["side"].extra["choices"] = [(side.agency.code, side.agency.acronym) for side in call.sides.all()]
        self.filters["area"].extra["choices"] = [(area.code, area.title) for area in call.areas.all()]
        self.filters["sort"].extra["choices"] = _orders()

    @cached_property
    def ids(self) -> list[int]:
        """The ids of the records found, in order; by itself the last changed first."""
        return list(self.qs.values_list("pk", flat=True))

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What was asked for, by name; nothing when anything of it is unknown."""
        return {} if self.form.errors else {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def query(self) -> str:
        """The address of the same list, without what it does not know and without the page."""
        known = self.form.cleaned_data if self.form.is_valid() else getattr(self.form, "cleaned_data", {})
        known["columns"] = self.columns.address
        return urlencode({name: value for name, value in known.items() if value}, safe=",")

    @property
    def is_strange(self) -> bool:
        """Whether the address asks for anything that the list does not know."""
        return bool(self.form.errors) or self.columns.is_strange

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.asked.keys() - {"sort"})

    def find(self, records: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Keep the records that hold all the words."""
        return search.matching(records, value)

    def stand(self, records: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Keep the records whose state or step, as it counts now, is ``value``."""
        return records.filter(pk__in=self.overview.where(lambda record: getattr(record, name) == value))

    def be_in(self, records: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Keep the records in one situation."""
        return records.filter(pk__in=self.overview.where(lambda record: value in record.flags))

    def order(self, records: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Sort by one column, what is empty last; the newest record first among equals."""
        order = BY_NAME[value.removeprefix("-")].order
        if order is None:
            return records
        return records.order_by(OrderBy(order(self.overview), descending=value.startswith("-"), nulls_last=True), "-pk")


class AdmissionForm(forms.Form):
    """Why one record is admitted late, and until when by the officer's own clock."""

    reason = BlockInput(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Kept in the history of the record. Only officers of your agency can read it."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    until_on = forms.DateField(
        label=_("Until which date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_time = forms.TimeField(
        label=_("Until what time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, at: datetime, zone_name: str | Promise, **options: Any) -> None:
        """Judge the expiry at ``at``, the instant the request arrived; ``zone_name`` is how people call the clock."""
        super().__init__(*args, **options)
        self.at = at
        self.fields["until_time"].help_text = zone_name
        self.helper = FormHelper()
        self.helper.form_tag = False
        columns = Row(Column("until_on", css_class="col-sm-6"), Column("until_time", css_class="col-sm-6"))
        self.helper.layout = Layout("reason", columns)

    def clean(self) -> dict[str, Any]:
        """Add ``until``, an aware instant; refuse one that no clock shows, is past, or is too far away."""
        cleaned = super().clean() or {}
        on, time = cleaned.get("until_on"), cleaned.get("until_time")
        if on is None or time is None:
            return cleaned
        try:
            until = from_current_timezone(datetime.combine(on, time))
        except (ValidationError, OverflowError):
            self.add_error("until_time", _("The clocks of your time zone never show this time, or show it twice."))
            return cleaned
        if not admission.is_possible(until, self.at):
            self.add_error("until_on", _("A late admission ends in the future, and within 30 days."))
        return cleaned | {"until": until}

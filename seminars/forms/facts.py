"""The seminar's facts, which both sides share."""

import re
from typing import Any

from crispy_forms.layout import HTML, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.fields import LineInput
from seminars.forms.section import Counted, SectionForm, row
from seminars.forms.widgets import CountryField
from seminars.models import Proposal
from seminars.rules import bounds

SEPARATORS = re.compile(r"[,;、，；]")


class KeywordsInput(LineInput):
    """Keywords in one line, separated by commas or semicolons of either script; a list without repetitions."""

    def prepare_value(self, value: Any) -> Any:
        """Return a list as the line that is typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the keywords as a list; too many or too long ones raise a ValidationError."""
        words = {word.casefold(): word for part in SEPARATORS.split(super().to_python(value)) if (word := part.strip())}
        keywords = list(words.values())
        if len(keywords) > bounds.KEYWORDS[1]:
            message = ngettext("At most %(most)d keyword.", "At most %(most)d keywords.", bounds.KEYWORDS[1])
            raise ValidationError(message, code="many", params={"most": bounds.KEYWORDS[1]})
        if any(len(keyword) > bounds.KEYWORD_LENGTH for keyword in keywords):
            message = _("Each keyword may have at most %(most)d characters.")
            raise ValidationError(message, code="long", params={"most": bounds.KEYWORD_LENGTH})
        return keywords


def offer(field: Any, items: QuerySet[Any], first: list[tuple[str, Any]]) -> None:
    """Let a field choose among ``items`` of the record's own call and nothing else."""
    field.queryset = items
    field.choices = [*first, *((item.pk, item.title) for item in items)]


class FactsForm(SectionForm):
    """Titles, abstract, keywords, theme and areas, dates and venue."""

    section = "facts"
    keywords = KeywordsInput(
        label=_("Keywords"), help_text=_("Three to six, separated by commas. A comma of either script will do.")
    )
    start_on = forms.DateField(label=_("Start date"))
    end_on = forms.DateField(label=_("End date"))
    venue_country = CountryField(label=_("Host country"))

    class Meta:
        model = Proposal
        fields = [
            "title_en",
            "title_fr",
            "title_ja",
            "abstract_en",
            "keywords",
            "theme",
            "areas",
            "start_on",
            "end_on",
            "venue_name",
            "venue_city",
            "venue_country",
        ]
        widgets = {
            "title_en": forms.TextInput(attrs={"lang": "en"}),
            "title_fr": forms.TextInput(attrs={"lang": "fr"}),
            "title_ja": forms.TextInput(attrs={"lang": "ja"}),
            "abstract_en": forms.Textarea(attrs={"lang": "en", "rows": 8}),
            "areas": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title_fr": _("Optional."),
            "title_ja": _("Optional."),
            "abstract_en": _("For both agencies: what the seminar is about, for whom, and what is to come of it."),
            "areas": _("Optional. A preference of the call, not a condition."),
            "venue_name": _("The building or institution that receives the seminar."),
        }

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        """Offer the themes, areas and countries of the record's own call."""
        super().__init__(data, proposal=proposal)
        call = proposal.side.call
        offer(self.fields["theme"], call.themes.all(), [("", _("Choose a theme"))])
        offer(self.fields["areas"], call.areas.all(), [])
        self.fields["venue_country"].widget.first = call.host_countries
        live = {
            "hx-get": reverse("dates_info", kwargs={"pk": proposal.pk}),
            "hx-trigger": "change, input delay:400ms",
            "hx-include": "#id_start_on, #id_end_on",
            "hx-target": "#dates-info",
            "hx-swap": "outerHTML",
            "hx-sync": "closest form:queue last",
            "min": call.window_start_on.isoformat(),
            "max": call.window_end_on.isoformat(),
        }
        for name in ("start_on", "end_on"):
            self.fields[name].widget.attrs.update(live)

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        return Layout(
            Fieldset(
                _("What it is about"),
                Field("title_en"),
                row("title_fr", "title_ja"),
                Counted("abstract_en", bounds.ABSTRACT),
                "keywords",
            ),
            Fieldset(_("Theme and priority areas"), "theme", "areas"),
            Fieldset(
                _("Dates and venue"),
                row("start_on", "end_on"),
                HTML('{% include "seminars/proposals/_dates.html" %}'),
                "venue_name",
                row("venue_city", "venue_country"),
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, beside the end (R7)."""
        values: dict[str, Any] = super().clean() or {}
        start_on, end_on = values.get("start_on"), values.get("end_on")
        if start_on and end_on and end_on < start_on:
            self.add_error("end_on", _("The end date is before the start date."))
        return values


class SpanForm(forms.Form):
    """The two days that the page asks about while they are typed."""

    start_on = forms.DateField(required=False)
    end_on = forms.DateField(required=False)

"""One person who takes part; the coordinators have a section of their own."""

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import TITLES
from accounts.fields import refuse_forbidden
from seminars.choices import CareerStage, ParticipantRole
from seminars.forms.countries import country_choices
from seminars.forms.laboratory import LaboratoryForm, call_countries
from seminars.forms.rows import RowForm
from seminars.forms.section import row
from seminars.forms.widgets import LongSelect
from seminars.models import Laboratory, Participant, Proposal

NEW = "new"
JAPANESE = ("family_name_kanji", "given_name_kanji", "family_name_kana", "given_name_kana")


def sides(proposal: Proposal) -> list[tuple[str, str | Promise]]:
    """Return the sides a participant may come with: the record's own, the partner's, and a third country."""
    own = proposal.side.agency.country
    named = [(side.agency.country, side.agency.acronym) for side in proposal.side.call.sides.all()]
    return [*sorted(named, key=lambda pair: pair[0] != own), ("", _("Another country"))]


class LaboratoryChoice(forms.ModelChoiceField):
    """One of the record's laboratories, or ``new``: then the answer is no laboratory, and the second form speaks."""

    def __init__(self, **options: Any) -> None:
        """Offer nothing until the record is known."""
        super().__init__(Laboratory.objects.none(), required=False, empty_label=_("Choose a laboratory"), **options)

    def clean(self, value: Any) -> Any:
        """Return the laboratory, or nothing."""
        return None if value == NEW else super().clean(value)


class JapaneseNames(Div):
    """Names in kanji and katakana, folded away where nobody asks for them and there are none."""

    template = "seminars/rows/_names_in_japanese.html"

    def render(self, form: Any, context: Any, *args: Any, **options: Any) -> str:
        """Render the fields behind their heading."""
        fields = self.get_rendered_fields(form, context, *args, **options)
        shown = {"fields": fields, "is_open": form.writes_japanese, "side": form.japanese_side}
        return render_to_string(self.template, shown)


class ParticipantForm(RowForm):
    """A speaker or participant, with an existing laboratory or one that is new to the record."""

    side = forms.ChoiceField(label=_("Side"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in ParticipantRole if role is not ParticipantRole.COORDINATOR],
    )
    laboratory = LaboratoryChoice(label=_("Laboratory"))
    country_of_work = forms.ChoiceField(
        label=_("Country of work"),
        required=False,
        help_text=_("Left empty, it is the laboratory's country."),
        widget=LongSelect,
    )
    title = forms.ChoiceField(
        label=pgettext_lazy("person", "Title"),
        choices=[("", ""), *((name, name) for name in TITLES)],
        required=False,
    )

    class Meta:
        model = Participant
        fields = (
            "family_name",
            "given_name",
            "family_name_kanji",
            "given_name_kanji",
            "family_name_kana",
            "given_name_kana",
            "side",
            "role",
            "title",
            "position",
            "career_stage",
            "email",
            "orcid",
            "laboratory",
            "country_of_work",
            "phd_year",
            "statutory",
            "young",
            "talk_title",
        )
        widgets = {"phd_year": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}
        help_texts = {
            "statutory": _("Holds a permanent public research post, such as CR, DR, MCU-PH or PU-PH in France."),
            "young": _(
                "Around the doctorate or early in the career. Somebody may be young, statutory, both or neither."
            ),
            "talk_title": _("Needed of speakers."),
        }

    def __init__(self, data: Any = None, *, proposal: Proposal, **options: Any) -> None:
        """Offer this record's sides and laboratories only."""
        super().__init__(data, proposal=proposal, **options)
        own = proposal.side.agency.country
        if self.instance.pk is None:
            self.initial = {"side": own, **self.initial}
        self.fields["side"].choices = sides(proposal)
        self.fields["country_of_work"].choices = country_choices(call_countries(proposal))
        self.fields["laboratory"].queryset = proposal.laboratories.all()
        known = [(laboratory.pk, str(laboratory)) for laboratory in proposal.laboratories.all()]
        self.fields["laboratory"].choices = [
            ("", _("Choose a laboratory")),
            *known,
            (NEW, _("A laboratory not in this list")),
        ]
        self.fields["career_stage"].choices = [("", _("Choose a grade")), *CareerStage.choices]
        self.fields["email"].validators.append(refuse_forbidden)
        adds = bool(data) and data.get(self.add_prefix("laboratory")) == NEW
        self.laboratory_form = LaboratoryForm(
            data if adds else None, proposal=proposal, prefix="lab", use_required_attribute=False
        )

    def layout(self) -> tuple[Any, ...]:
        """Who, how written, where they work, what they bring."""
        return (
            row("side", "role"),
            row("title", "family_name", "given_name"),
            JapaneseNames(row("family_name_kanji", "given_name_kanji"), row("family_name_kana", "given_name_kana")),
            row("position", "career_stage"),
            row("email", "orcid"),
            row("laboratory", "country_of_work"),
            HTML("{% include 'seminars/rows/_new_laboratory.html' %}"),
            row("talk_title", "phd_year"),
            Div("statutory", "young", css_class="flags"),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a person without any name; fill in the country of work from the laboratory."""
        cleaned = super().clean()
        named = cleaned.get("family_name") or cleaned.get("family_name_kanji")
        if not named and not {"family_name", "family_name_kanji"} & self.errors.keys():
            self.add_error("family_name", _("Give at least the family name."))
        if self.laboratory_form.is_bound and not self.laboratory_form.is_valid():
            self.add_error("laboratory", _("Please complete the new laboratory."))
        laboratory = self.new_laboratory or cleaned.get("laboratory")
        if laboratory and not cleaned.get("country_of_work"):
            cleaned["country_of_work"] = laboratory.country
        return cleaned

    @property
    def writes_japanese(self) -> bool:
        """Whether the names in Japanese are shown at once: for the side that asks for them, and where there are any."""
        typed = any(self[name].value() or self[name].errors for name in JAPANESE)
        return typed or self["side"].value() == self.japanese_side

    @property
    def japanese_side(self) -> str:
        """The side that asks for names in Japanese, or "none"."""
        sides = self.proposal.side.call.sides.all()
        return next((side.agency.country for side in sides if side.asks_japanese_names), "none")

    @property
    def new_laboratory(self) -> Laboratory | None:
        """The laboratory that is to be added with this person, or nothing."""
        added = self.laboratory_form
        return added.instance if added.is_bound and added.is_valid() else None

"""Who coordinates on both sides, where they work, and what this side's procedure asks."""

from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from accounts.choices import TITLES
from accounts.fields import refuse_links
from seminars.actions.coordinators import Entry, Place, coordinator, version_of
from seminars.choices import Track
from seminars.forms.section import Details, DraftForm, row
from seminars.forms.widgets import CountryField
from seminars.models import Laboratory, Participant, Proposal
from seminars.queries.dossiers import partner_country

KANJI = ("family_name_kanji", "given_name_kanji")
KANA = ("family_name_kana", "given_name_kana")
AUTOCOMPLETE = {"given_name": "given-name", "family_name": "family-name", "email": "email", "phone": "tel"}


class PersonForm(DraftForm):
    """The own coordinator."""

    laboratory = forms.ChoiceField(label=_("Laboratory"))

    class Meta:
        model = Participant
        fields = ["title", "family_name", "given_name", *KANJI, *KANA, "position", "email", "orcid", "phone"]
        help_texts = {
            "orcid": _("Sixteen characters, such as 0000-0002-1825-0097; its orcid.org address works too."),
            "phone": _("With the country code, such as +33 or +81."),
        }

    def __init__(
        self, data: Any = None, *, instance: Participant, prefix: str, laboratories: Iterable[Laboratory]
    ) -> None:
        """Offer the record's own laboratories, and names in Japanese script where the side asks for them."""
        super().__init__(data, instance=instance, prefix=prefix, initial={"laboratory": instance.laboratory_id})
        new = ("", _("One that is not in the list yet: describe it below"))
        self.fields["laboratory"].choices = [new, *((laboratory.pk, str(laboratory)) for laboratory in laboratories)]
        if "title" in self.fields:
            choices = [("", ""), *((name, name) for name in TITLES)]
            label = pgettext_lazy("person", "Title")
            self.fields["title"] = forms.ChoiceField(label=label, choices=choices, required=False)
            region = {"FR": "FR", "JP": "JP"}.get(instance.side)
            self.fields["phone"] = PhoneNumberField(
                label=_("Telephone"), help_text=self.fields["phone"].help_text, region=region, required=False
            )
            if not instance.proposal.side.asks_japanese_names:
                for name in KANJI + KANA:
                    del self.fields[name]
            for name, token in AUTOCOMPLETE.items():
                self.fields[name].widget.attrs["autocomplete"] = token

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        japanese = [row(*KANJI), row(*KANA)] if KANJI[0] in self.fields else []
        return Layout(
            Fieldset(
                _("Coordinator"),
                row("title", "family_name", "given_name"),
                *japanese,
                row("position", "email"),
                row("orcid", "phone"),
                "laboratory",
            )
        )


class PartnerForm(PersonForm):
    """The partner's coordinator, as far as this side needs to know."""

    class Meta(PersonForm.Meta):
        fields = ["family_name", "given_name", "email"]
        help_texts = {"email": _("The address of the partner's account: the two records are compared by it.")}

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        return Layout(Fieldset(_("Partner"), row("family_name", "given_name"), "email", "laboratory"))


class LaboratoryForm(DraftForm):
    """A coordinator's laboratory: the one chosen above, or a new one."""

    described = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)
    country = CountryField(label=_("Country"))

    class Meta:
        model = Laboratory
        fields = ["name", "kind", "unit", "rnsr", "institution", "city", "country"]

    def __init__(self, data: Any = None, *, instance: Laboratory, prefix: str) -> None:
        """Describe a laboratory, or a new one where ``instance`` is not saved."""
        super().__init__(data, instance=instance, prefix=prefix, initial={"described": instance.pk})
        self.fields["name"].label = _("Name of the laboratory")
        sides = (instance.proposal.side.agency.country, partner_country(instance.proposal))
        self.fields["country"].widget.first = tuple(filter(None, sides))

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        rows = (row("name", "kind"), row("unit", "rnsr"), "institution", row("city", "country"))
        is_open = bool(self.errors) or not self.instance.pk
        summary = _("Details of the laboratory")
        return Layout(Details(summary, "described", *rows, css_id=f"{self.prefix}-fields", is_open=is_open))

    @property
    def is_described(self) -> bool:
        """Whether anything is said that a new laboratory does not say by itself."""
        return any(self.cleaned_data.get(name) for name in ("name", "unit", "rnsr", "institution", "city"))

    def clean(self) -> dict[str, Any]:
        """Ask for the name, kind and country as soon as anything else is said."""
        values: dict[str, Any] = super().clean() or {}
        if self.is_described or self.instance.pk:
            for name in ("name", "kind", "country"):
                if name in values and not values[name]:
                    self.add_error(name, _("Please give this, or clear the whole laboratory."))
        return values


class FilingForm(DraftForm):
    """What this side's procedure asks of the record itself."""

    class Meta:
        model = Proposal
        fields = [
            "director_name",
            "track",
            "application_number",
            "institution_officer_name",
            "institution_officer_email",
        ]
        help_texts = {
            "director_name": _("The director of the Inserm unit, whose agreement you declare in the last section."),
            "track": _("The JSPS call under which the Japanese file is entered."),
            "application_number": _("The number that the JSPS Electronic Application System gave the file."),
            "institution_officer_name": _("Who approves the file for your institution, by an e-mailed link."),
        }

    def __init__(self, data: Any = None, *, instance: Proposal) -> None:
        """Leave out what the side does not ask for."""
        super().__init__(data, instance=instance)
        side = instance.side
        asked = {
            "director_name": side.asks_director_agreement,
            "track": bool(side.required_track),
            "application_number": side.asks_application_number,
            "institution_officer_name": side.asks_institution_approval,
            "institution_officer_email": side.asks_institution_approval,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
            elif name.endswith("_name"):
                self.fields[name].validators.append(refuse_links)

    def layout(self) -> Layout:
        """Return how the fields stand on the page."""
        officer = [name for name in ("institution_officer_name", "institution_officer_email") if name in self.fields]
        if "track" in self.fields:
            self.fields["track"].choices = [("", _("Choose the track")), *Track.choices]
        others = [name for name in self.fields if name not in officer]
        rows = [row(*officer)] if officer else []
        return Layout(Fieldset(_("Filing with the agency"), *others, *rows)) if self.fields else Layout()


class CoordinatorsForm:
    """The section as one form: all of it is saved, or nothing."""

    section = "coordinators"

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        """Take what was posted and the record as it is saved."""
        self.proposal = proposal
        self.is_bound = data is not None
        self.laboratories = {str(laboratory.pk): laboratory for laboratory in proposal.laboratories.all()}
        self.own, self.own_laboratory = self._person(PersonForm, data, "own", proposal.side.agency.country)
        self.partner, self.partner_laboratory = self._person(PartnerForm, data, "partner", partner_country(proposal))
        self.filing = FilingForm(data, instance=proposal)
        self.pairs = ((self.own, self.own_laboratory), (self.partner, self.partner_laboratory))

    def _person(self, form: type[PersonForm], data: Any, prefix: str, side: str) -> tuple[PersonForm, LaboratoryForm]:
        person = coordinator(self.proposal, side) or Participant(side=side)
        person.proposal = self.proposal
        described = data.get(f"{prefix}-laboratory-described") if self.is_bound else person.laboratory_id
        laboratory = self.laboratories.get(str(described)) or Laboratory(proposal=self.proposal, country=side)
        return (
            form(data, instance=person, prefix=prefix, laboratories=self.laboratories.values()),
            LaboratoryForm(data, instance=laboratory, prefix=f"{prefix}-laboratory"),
        )

    @property
    def forms(self) -> tuple[DraftForm, ...]:
        """The forms that make up the section, in the order of the page."""
        return (self.own, self.own_laboratory, self.partner, self.partner_laboratory, self.filing)

    @property
    def version(self) -> str:
        """The version of the section that the page shows."""
        return version_of(self.proposal)

    def is_valid(self) -> bool:
        """Check all forms, and that no laboratory is both exchanged for another and changed."""
        valid = not [form for form in self.forms if not form.is_valid()]
        for person, laboratory in self.pairs if valid else ():
            if self.is_exchanged(person, laboratory) and person.cleaned_data["laboratory"] and laboratory.changed_data:
                message = _("You chose another laboratory and changed the one described below. Do one at a time.")
                person.add_error("laboratory", message)
                valid = False
        return valid

    @staticmethod
    def is_exchanged(person: PersonForm, laboratory: LaboratoryForm) -> bool:
        """Say whether the laboratory chosen is not the one that the page described."""
        return person.cleaned_data["laboratory"] != str(laboratory.instance.pk or "")

    def entries(self) -> tuple[Entry, Entry]:
        """Return what is said of the own coordinator and of the partner."""
        own, partner = (Entry(person.values(), self._place(person, laboratory)) for person, laboratory in self.pairs)
        return own, partner

    def _place(self, person: PersonForm, laboratory: LaboratoryForm) -> Place:
        chosen = person.cleaned_data["laboratory"]
        changed = {name: laboratory.cleaned_data[name] for name in laboratory.changed_data if name != "described"}
        if chosen:
            return Place(int(chosen), {} if self.is_exchanged(person, laboratory) else changed)
        return Place(values=laboratory.values() if changed and laboratory.is_described else {})

    def refreshed(self, saved: "CoordinatorsForm") -> Iterator[BoundField | DraftForm]:
        """Return what the page must show anew once this form is saved, taken from the form as ``saved``.

        The lists of laboratories, which one is described, and where another was chosen its description. What a
        person is typing of a new laboratory stays as it is.
        """
        for pair, saved_pair in zip(self.pairs, saved.pairs, strict=True):
            yield saved_pair[0]["laboratory"]
            exchanged = self.is_exchanged(*pair) and not self._place(*pair).values
            yield saved_pair[1] if exchanged else saved_pair[1]["described"]

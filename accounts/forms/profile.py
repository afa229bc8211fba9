"""One's own profile."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.choices import TITLES, Gender, Language
from accounts.formats import zone_name
from accounts.models import User

REGIONS = {Language.FRENCH: "FR", Language.JAPANESE: "JP"}


AUTOCOMPLETE = {
    "given_name": "given-name",
    "family_name": "family-name",
    "position": "organization-title",
    "institution": "organization",
    "phone": "tel",
}


class ProfileForm(forms.ModelForm):
    """Everything a person may say of themselves. The address, the roles and the rights are not here."""

    class Meta:
        model = User
        fields = [
            "title",
            "family_name",
            "given_name",
            "family_name_kanji",
            "given_name_kanji",
            "family_name_kana",
            "given_name_kana",
            "position",
            "institution",
            "department",
            "laboratory",
            "orcid",
            "phone",
            "language",
            "time_zone",
            "gender",
        ]
        help_texts = {
            "family_name_kanji": _("For people with a Japanese name: as it will stand in the Japanese file."),
            "family_name_kana": _("Half-width katakana and hiragana are turned into full-width katakana."),
            "orcid": _("Sixteen characters, such as 0000-0002-1825-0097; its orcid.org address works too."),
            "phone": _("With the country code, such as +33 or +81; without it we take your language's country."),
            "language": _("Pages and e-mails come in this language."),
            "gender": _("Only if you wish: it is counted in statistics, and shown to nobody beside your name."),
            "time_zone": _("Its clock comes first wherever a date has a time."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay the form out; names in Japanese script are offered to everybody and required of nobody."""
        super().__init__(*args, **options)
        language = get_language() or Language.ENGLISH
        self.fields["title"] = forms.ChoiceField(
            label=self.fields["title"].label, choices=[("", ""), *((name, name) for name in TITLES)], required=False
        )
        self.fields["phone"] = PhoneNumberField(
            label=self.fields["phone"].label,
            help_text=self.fields["phone"].help_text,
            region=REGIONS.get(self.instance.language),
            required=False,
        )
        self.fields["gender"].choices = [("", _("I do not say")), *Gender.choices]
        self.fields["given_name"].required = self.fields["family_name"].required = True
        self.fields["time_zone"].choices = [
            (zone, zone_name(zone, language)) for zone, _label in self.fields["time_zone"].choices if zone
        ]
        for name, token in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = token
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        def row(*names: str) -> Div:
            return Div(*(Div(name, css_class="col-sm") for name in names), css_class="row")

        return Layout(
            Fieldset(_("Name in Latin letters"), row("title", "family_name", "given_name")),
            Fieldset(
                _("Name in Japanese script"),
                row("family_name_kanji", "given_name_kanji"),
                row("family_name_kana", "given_name_kana"),
            ),
            Fieldset(_("Work"), row("position", "institution"), row("department", "laboratory"), row("orcid", "phone")),
            Fieldset(_("How we write to you"), row("language", "time_zone")),
            Fieldset(_("For statistics"), row("gender")),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a name in Japanese script, or for neither."""
        values: dict[str, Any] = super().clean() or {}
        for script in ("kanji", "kana"):
            family, given = f"family_name_{script}", f"given_name_{script}"
            if family in values and given in values and bool(values[family]) != bool(values[given]):
                missing = given if values[family] else family
                self.add_error(missing, _("Please give both the family name and the given name, or neither."))
        return values

"""How a dossier is to be made, read from the address: language, version, saved or shown."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from seminars.choices import DossierVersion


class DossierForm(forms.Form):
    """What an address may ask of a dossier; what it does not say is the reader's language and the full version."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    version = forms.ChoiceField(label=_("Version"), choices=DossierVersion, required=False)
    show = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, for_officer: bool, key: str = "dossier") -> None:
        """Offer officers the reviewers' version too; ``key`` tells the fields of several forms of a page apart."""
        super().__init__(data, auto_id=f"id_{key}_%s")
        self.fields["language"].initial = (get_language() or "en")[:2]
        if not for_officer:
            del self.fields["version"]

    @property
    def asked_language(self) -> str:
        """The language asked for, or the reader's own."""
        return str(self.cleaned_data["language"] or self.fields["language"].initial)

    @property
    def asked_version(self) -> DossierVersion:
        """The version asked for, or the full one."""
        return DossierVersion(self.cleaned_data.get("version") or DossierVersion.FULL)

"""What an officer asks a pack of dossiers for."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from seminars.choices import DossierVersion

PAIRS, LISTED = "pairs", "list"


class PackForm(forms.Form):
    """Which dossiers, in which languages, for whom."""

    which = forms.ChoiceField(label=_("Dossiers"), widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    version = forms.ChoiceField(label=_("Version"), choices=DossierVersion, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, pairs: int, listed: int | None) -> None:
        """Offer all ``pairs``, and the ``listed`` dossiers of the list the officer comes from, where there is one."""
        initial = {
            "which": PAIRS if listed is None else LISTED,
            "languages": [(get_language() or "en")[:2]],
            "version": DossierVersion.FULL,
        }
        super().__init__(data, initial=initial)
        choices = [(PAIRS, _("Every confirmed pair (%(number)s)") % {"number": pairs})]
        if listed is not None:
            choices.append((LISTED, _("The list you come from (%(number)s dossiers)") % {"number": listed}))
        self.fields["which"].choices = choices
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("which", "languages", "version")

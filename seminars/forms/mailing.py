"""The form of a message to coordinators: a subject and a text in each language that is needed."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.fields import BlockInput, LineInput
from seminars.models.mailing import BODY, SUBJECT
from seminars.rules import placeholders

PARTS = ("subject", "body")


class MailingForm(forms.Form):
    """A language that is left empty falls back to English; half a message is a mistake, and so is an unknown word
    in braces.
    """

    records = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
    form_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, needed: Collection[str], **options: Any) -> None:
        """Offer the languages that are ``needed``, and English."""
        super().__init__(*args, **options)
        self.needed = [code for code in Language.values if code in needed]
        self.languages = list(dict.fromkeys([*self.needed, Language.ENGLISH.value]))
        self.fields["form_uuid"].initial = uuid4
        for code in self.languages:
            self.fields[f"subject_{code}"] = LineInput(label=_("Subject"), max_length=SUBJECT, required=False)
            self.fields[f"body_{code}"] = BlockInput(
                label=_("Text"), max_length=BODY, required=False, widget=forms.Textarea(attrs={"rows": 7})
            )
            for part in ("subject", "body"):
                self.fields[f"{part}_{code}"].widget.attrs |= {"lang": code, "autocomplete": "off"}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        parts = [
            Fieldset(Language(code).label, f"subject_{code}", f"body_{code}", css_class=f"in-{code}")
            for code in self.languages
        ]
        self.helper.layout = Layout("records", "form_uuid", *parts)

    def clean(self) -> dict[str, Any]:
        """Refuse half messages, words in braces that are no placeholder, and a language nobody wrote for."""
        cleaned = super().clean() or {}
        whole = []
        for code in self.languages:
            subject, body = (cleaned.get(f"{part}_{code}", "") for part in ("subject", "body"))
            if subject and body:
                whole.append(code)
            elif subject or body:
                self.add_error(f"{'body' if subject else 'subject'}_{code}", _("Write both the subject and the text."))
            self._refuse_unknown(f"subject_{code}", subject, placeholders.IN_SUBJECT)
            self._refuse_unknown(f"body_{code}", body, placeholders.NAMES)
        if not self.errors and Language.ENGLISH not in whole and set(self.needed) - set(whole):
            words = _("Write the message in English too, or in every language that is needed.")
            self.add_error(f"subject_{Language.ENGLISH}", words)
        return cleaned

    def _refuse_unknown(self, name: str, text: str, known: Collection[str]) -> None:
        unknown = placeholders.unknown(text, known)
        if unknown:
            shown = ", ".join(f"{{{word}}}" for word in unknown)
            self.add_error(name, _("There is no such placeholder here: %(words)s.") % {"words": shown})

    @property
    def texts(self) -> dict[str, str]:
        """The subjects and texts by the name of their column."""
        return {f"{part}_{code}": self.cleaned_data[f"{part}_{code}"] for code in self.languages for part in PARTS}

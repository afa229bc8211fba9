"""The form of one part of the letters that tell an outcome, in every language."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.fields import BlockInput, LineInput
from reviews.choices import LetterPart
from reviews.models.letter import BODY
from reviews.rules.letter import strange, telling

SUBJECT = 150


class LetterForm(forms.Form):
    """A text for every language, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, part: str, **options: Any) -> None:
        """Ask for one line where ``part`` is the subject, else for paragraphs."""
        super().__init__(*args, **options)
        self.part = part
        for code, label in Language.choices:
            if part == LetterPart.SUBJECT:
                field: forms.Field = LineInput(label=label, max_length=SUBJECT)
            else:
                field = BlockInput(label=label, max_length=BODY, widget=forms.Textarea(attrs={"rows": 9}))
            field.widget.attrs |= {"lang": code, "autocomplete": "off"}
            self.fields[f"text_{code}"] = field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """Refuse, beside each text, what stands in braces and means nothing there, or would tell the outcome."""
        cleaned = super().clean() or {}
        for code in Language.values:
            text = cleaned.get(f"text_{code}", "")
            for found, words in (
                (strange(self.part, text), _("There is no such placeholder here: %(words)s.")),
                (telling(self.part, text), _("A subject must not tell the outcome: %(words)s.")),
            ):
                if found:
                    self.add_error(f"text_{code}", words % {"words": ", ".join(f"{{{word}}}" for word in found)})
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """The texts by language, as they were typed."""
        return {code: self.cleaned_data[f"text_{code}"] for code in Language.values}

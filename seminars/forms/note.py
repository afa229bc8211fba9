"""The form of an internal note."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from seminars.choices import Audience
from seminars.models.note import LONGEST
from seminars.permissions import Reader


class NoteForm(forms.Form):
    """What a note says, who can read it, and whom it mentions. Widening who can read it wants a confirmation."""

    text = BlockInput(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )
    audience = forms.ChoiceField(
        label=_("Who can read it"), choices=Audience.choices, initial=Audience.OWN, widget=forms.RadioSelect
    )
    confirmed = forms.BooleanField(required=False)
    mentioned = forms.TypedMultipleChoiceField(
        label=_("Mention"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They receive an e-mail with a link; it does not repeat the note."),
    )
    form_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, readers: Sequence[Reader], other: str, was: str = Audience.OWN, **options: Any
    ) -> None:
        """Offer ``readers`` to mention. ``other`` is the other agency of a confirmed pair, or ""; ``was``, who could
        read the note before.
        """
        super().__init__(*args, **options)
        self.readers, self.was = {reader.user.pk: reader for reader in readers}, was
        self.fields["form_uuid"].initial = uuid4
        self.fields["mentioned"].choices = [
            (reader.user.pk, f"@{reader.user.display_name or reader.user.email} ({reader.agency})")
            for reader in readers
        ]
        self.fields["confirmed"].label = _("Yes, the officers of %(agency)s may read this note.") % {"agency": other}
        layout = ["text", "audience", "confirmed", "mentioned", "form_uuid"]
        if not other:
            del self.fields["audience"], self.fields["confirmed"]
        elif was == Audience.BOTH:
            del self.fields["confirmed"]
        if not readers:
            del self.fields["mentioned"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(name for name in layout if name in self.fields))

    def clean(self) -> dict[str, Any]:
        """Refuse a note to both agencies that was not confirmed, and mentions of people who could not read it."""
        audience = "" if "audience" in self.fields else self.was
        cleaned = {"audience": audience, "mentioned": [], **(super().clean() or {})}
        if cleaned["audience"] == Audience.BOTH and "confirmed" in self.fields and not cleaned.get("confirmed"):
            self.add_error("confirmed", _("Please confirm that the other agency may read this note."))
        strangers = [
            str(self.readers[pk].user)
            for pk in cleaned["mentioned"]
            if self.readers[pk].audience == Audience.BOTH and cleaned["audience"] == Audience.OWN
        ]
        if strangers:
            words = _("%(names)s could not read this note: it is for your agency only.")
            self.add_error("mentioned", words % {"names": ", ".join(strangers)})
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """The text, the audience and the mentions, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("text", "audience", "mentioned")}

"""What a panel types: its ranking, its sitting, a note, and the reasons of sealing and unsealing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.choices import Role
from accounts.models import User
from reviews.actions.panel import Place
from reviews.choices import Recommendation
from reviews.models import Panel, PanelNote
from reviews.models.panel import MINUTES

HIGHEST_RANK = 9999


class RankingForm:
    """Ranks and proposals as typed, by pair (id); ``places`` raises ValidationError for what is no rank."""

    def __init__(self, data: Any, pairs: list[int]) -> None:
        """Take what the page posts; pairs that it does not name stay as they are."""
        self.data, self.pairs = data, [pair for pair in pairs if f"rank-{pair}" in data]

    @property
    def version(self) -> int:
        """The version that the page showed; -1 where it cannot be read."""
        text = str(self.data.get("version", ""))
        return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**31)) else -1

    def typed(self, pair: int) -> tuple[str, str]:
        """Return rank and proposal as they were typed."""
        return str(self.data.get(f"rank-{pair}", "")).strip(), str(self.data.get(f"proposal-{pair}", ""))

    def places(self) -> dict[int, Place]:
        """Return what was typed, understood."""
        rank, found = forms.IntegerField(min_value=1, max_value=HIGHEST_RANK, required=False), {}
        for pair in self.pairs:
            typed, proposal = self.typed(pair)
            if proposal not in ["", *Recommendation.values]:
                raise ValidationError(_("This cannot be read. Load the page again."))
            try:
                found[pair] = Place(rank.clean(typed), proposal)
            except ValidationError as wrong:
                raise ValidationError(_("Ranks are whole numbers from 1.")) from wrong
        return found


class SittingForm(forms.Form):
    """Who chairs, who sits, who is present, and the minutes."""

    chair = forms.ModelChoiceField(User.objects.none(), label=_("Chair"), required=False, empty_label="–")
    minutes = fields.BlockField(_("Minutes"), max_length=MINUTES, blank=True).formfield()
    members = forms.ModelMultipleChoiceField(User.objects.none(), required=False)
    present = forms.ModelMultipleChoiceField(User.objects.none(), required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, panel: Panel, **options: Any) -> None:
        """Offer the people who act for the panel's agency."""
        super().__init__(*args, **options)
        agency = panel.side.agency_id
        acting = User.objects.filter(memberships__agency=agency, is_active=True).distinct().order_by("pk")
        chairs = acting.filter(memberships__agency=agency, memberships__role__in=[Role.CHAIR, Role.OFFICER])
        people: dict[str, Any] = {"chair": chairs, "members": acting, "present": acting}
        for name, queryset in people.items():
            self.fields[name].queryset = queryset
        self.fields["chair"].widget.attrs["class"] = "form-select"
        self.fields["minutes"].widget.attrs |= {"class": "form-control", "rows": 12}
        self.people = list(acting)


class PanelNoteForm(forms.ModelForm):
    """What was said of a pair."""

    form_uuid = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = PanelNote
        fields = ["text"]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give the text some room."""
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs |= {"class": "form-control", "rows": 4}


class ReasonForm(forms.Form):
    """Why a panel is sealed with too few reviews, or opened again."""

    reason = fields.BlockField(_("Reason"), max_length=1000, blank=True).formfield()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give the text some room."""
        super().__init__(*args, **options)
        self.fields["reason"].widget.attrs |= {"class": "form-control", "rows": 3}

"""What an officer asks of the page of assignments: which pairs to show, and what to give and take back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.queries.pairs import Pairing


class GridFilter(forms.Form):
    """Which pairs are shown, and how."""

    q = forms.CharField(label=_("Number or title"), required=False, max_length=100)
    lacking = forms.BooleanField(label=_("Only pairs that lack reviewers"), required=False)
    view = forms.ChoiceField(choices=[("list", "list"), ("grid", "grid")], required=False, widget=forms.HiddenInput)

    def asked(self) -> dict[str, Any]:
        """Return what is asked, as far as it can be understood."""
        self.is_valid()
        return self.cleaned_data


class AssignmentsForm(forms.Form):
    """Pairs to give (``give``: ids of reviewer and pair, one or several), and assignments to take back.

    ``shown`` are the assignments that stood on the page as ticked boxes, ``keep`` those still ticked.
    """

    def __init__(self, data: Any) -> None:
        """Take what the page posts."""
        super().__init__(data)
        self.posted = data

    def clean(self) -> dict[str, Any]:
        """Return ``give`` and ``take_back``; raise a ValidationError for what no page of ours sends."""
        try:
            give = {self._pairing(value) for value in " ".join(self.posted.getlist("give")).split()}
            shown, keep = (set(map(int, self.posted.getlist(name))) for name in ("shown", "keep"))
            back = {int(self.posted["withdraw"])} if "withdraw" in self.posted else shown - keep
            if any(abs(number) >= 2**31 for number in [*back, *(pk for pairing in give for pk in pairing)]):
                raise ValueError
        except ValueError as wrong:
            raise forms.ValidationError(_("This cannot be read. Load the page again.")) from wrong
        return {"give": give, "take_back": back}

    def _pairing(self, value: str) -> Pairing:
        reviewer, pair = value.split("-")
        return int(reviewer), int(pair)

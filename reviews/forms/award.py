"""What is granted of each line of a budget, and what a coordinator says to it."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from reviews.models.award import REASON
from reviews.queries.award import Budget, Line
from reviews.rules.award import Granted, above_cap, wrong_lines
from seminars.forms.budget import WHY, AmountField

WRONG: dict[str, Any] = {
    "too_much": _("At most what was requested."),
    "reason": _("Say why it is less than requested."),
    "negative": WHY["negative"],
}


class AwardForm(forms.Form):
    """An amount and a reason for each line; a new one grants what was requested."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, budget: Budget, **options: Any) -> None:
        """Ask for every line of ``budget``."""
        super().__init__(*args, **options)
        self.budget = budget
        self.fields["version"].initial = budget.award.version if budget.award else None
        for line in budget.lines:
            granted = line.requested if line.approved is None else line.approved
            names = {"kind": line.line.get_kind_display(), "whom": line.line.participant or ""}
            label = _("Approved: %(kind)s %(whom)s") % names
            amount = AmountField(label=label, initial=granted)
            amount.speak(budget.proposal.side)
            self.fields[f"approved-{line.line.pk}"] = amount
            reason = BlockInput(label=_("Reason: %(kind)s %(whom)s") % names, max_length=REASON, required=False)
            reason.initial = line.reason
            reason.widget = forms.Textarea(attrs={"rows": 2, "maxlength": REASON, "placeholder": " "})
            self.fields[f"reason-{line.line.pk}"] = reason
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control form-control-sm")

    @property
    def rows(self) -> list[tuple[Line, Any, Any]]:
        """Each line with its two fields."""
        return [(line, self[f"approved-{line.line.pk}"], self[f"reason-{line.line.pk}"]) for line in self.budget.lines]

    @property
    def granted(self) -> Mapping[int, Granted]:
        """What is granted, by the line's id; after the form has been found valid."""
        taken = self.cleaned_data
        return {
            line.line.pk: Granted(taken[f"approved-{line.line.pk}"], taken[f"reason-{line.line.pk}"])
            for line in self.budget.lines
        }

    def clean(self) -> dict[str, Any]:
        """Refuse more than was requested, less without a reason, and a total above the cap (R14)."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        side = self.budget.proposal.side
        requested = {line.line.pk: line.requested for line in self.budget.lines}
        for pk, why in wrong_lines(requested, self.granted, decimals=side.decimals).items():
            self.add_error(f"reason-{pk}" if why == "reason" else f"approved-{pk}", WRONG.get(why, WHY["not_a_number"]))
        if not self.errors and above_cap((line.approved for line in self.granted.values()), side.cap):
            self.add_error(None, _("The total is above the maximum of the call."))
        return cleaned


class WordsForm(forms.Form):
    """A coordinator's words to the agencies: an answer to the budget, or why the seminar is given up."""

    text = BlockInput(label=_("Your reasons"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Lay out without the form's own tag."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

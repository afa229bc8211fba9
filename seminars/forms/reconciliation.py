"""What the page of reconciliation is asked: which list, which pairs, why a pair is taken apart."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import BlockInput
from seminars.words.matching import LISTS

PAIR = re.compile(r"record-([0-9]{1,9}):(record|row)-([0-9]{1,9})")
MOST = 100
"""How many pairs are confirmed at once."""

Pair = tuple[int, str, int]


def pairs_named(names: list[str]) -> list[Pair]:
    """Return pairs as (id of the record, kind of the other half, its id); what is no name of a pair is left out."""
    found = [PAIR.fullmatch(name) for name in dict.fromkeys(names[:MOST])]
    return [(int(match[1]), match[2], int(match[3])) for match in found if match]


def list_asked(asked: Any) -> str:
    """Return which list of the page an address asks for; the first one where it asks for none that there is."""
    show = asked.get("show", "")
    return show if show in LISTS else ""


class TakeApartForm(forms.Form):
    """Why a match is taken apart."""

    reason = BlockInput(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The coordinators read it in the e-mail that tells them, and it stays in the history."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave the form tag and the token to the page."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

"""Assignments from a spreadsheet: the file, and what its rows say in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.queries.assignment import Grid
from reviews.rules.assignment_list import Known, Line
from reviews.rules.fit import normal
from seminars.forms.application_list import ListFileField

WORDS: Mapping[str, str | Promise] = {
    "no_pair": _("No pair in review has this number or title."),
    "many_pairs": _("More than one pair is meant: give the number."),
    "no_reviewer": _("Nobody who reviews for this agency has this e-mail address."),
    "conflict": _("Conflict of interest."),
    "left_out": _("Left out: no e-mail address."),
    "given": _("Given already."),
    "twice": _("Stands above already."),
}


class AssignmentFileForm(forms.Form):
    """The file."""

    file = ListFileField(
        label=_("List"), max_length=255, help_text=_("XLSX or CSV, at most 10 MB, 5,000 rows and 60 columns.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave the form's tag to the template."""
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def known_of(grid: Grid) -> Known:
    """Return what the rows of a file may name: the pairs and reviewers that the officer sees."""
    titles: dict[str, set[int]] = {}
    for pair in grid.pairs:
        titles.setdefault(normal(pair.title), set()).add(pair.pk)
    by_user = {reviewer.user_id: reviewer.pk for reviewer in grid.reviewers}
    addresses = {reviewer.email.lower(): reviewer.pk for reviewer in grid.reviewers}
    addresses |= {reviewer.user.email.lower(): reviewer.pk for reviewer in grid.reviewers if reviewer.user}
    return Known(
        numbers={str(pair.seminar): pair.pk for pair in grid.pairs},
        titles=titles,
        reviewers=addresses,
        barred={(by_user[user], pair) for user, pair in grid.conflicts if user in by_user},
        given=set(grid.active),
    )


def lines_in_words(lines: Sequence[Line], grid: Grid) -> list[dict[str, Any]]:
    """Return each row with the pair and the reviewer it names, and what is wrong with it in words."""
    pairs = {pair.pk: pair for pair in grid.pairs}
    people = {reviewer.pk: reviewer for reviewer in grid.reviewers}
    return [
        {
            "line": line,
            "pair": pairs.get(line.pair or 0),
            "reviewer": people.get(line.reviewer or 0),
            "words": WORDS.get(line.problem or line.note, ""),
        }
        for line in lines
    ]

"""How pages write what is read in a list."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from seminars.choices import KnownChoice
from seminars.models import ListedApplication
from seminars.queries.list_preview import ADD, SKIP, Line
from seminars.rules.listed import Problem, ReadRow
from seminars.words import lists

register = template.Library()
CHOICES: dict[str, Any] = {
    ADD: pgettext_lazy("row", "Import"),
    SKIP: _("Leave out"),
    **{choice.value: choice.label for choice in KnownChoice},
}
MARKS = {"uploaded": "draft", "importing": "wait", "imported": "done", "undone": "none"}


@register.filter
def problem_words(problem: Problem) -> str:
    """Write a problem as the end of a sentence: ``Row 5, “E-mail”: {{ problem|problem_words }}``."""
    return lists.problem(problem)


@register.filter
def choice_label(choice: str) -> str:
    """Write what may happen with a row."""
    return str(CHOICES[choice])


@register.filter
def row_options(line: Line) -> list[tuple[str, str, bool]]:
    """Give the choices for a row: value, words, whether it is the present one, or the one that is not kept yet."""
    present = line.unkept or line.choice
    options = [(option, str(CHOICES[option]), option == present) for option in line.options]
    if present in line.options:
        return options
    return [("", str(_("Choose")), True), *options]


@register.filter
def list_mark(state: str) -> str:
    """Give the class of the mark beside the state of a list."""
    return MARKS[state]


@register.filter
def as_listed(row: ReadRow) -> ListedApplication:
    """Give a row that was read as the application it would become, to be shown like one."""
    columns = {field.name for field in ListedApplication._meta.concrete_fields}
    return ListedApplication(**{name: value for name, value in row.values.items() if name in columns})

"""How the officers' pages write codes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from babel.dates import format_date
from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from accounts import formats
from seminars.choices import PairingStep, ProposalState, ProposedOutcome, Situation
from seminars.queries.chosen import Row
from seminars.queries.columns import Column
from seminars.queries.eligibility import Case
from seminars.queries.listing import Cell
from seminars.rules.dossier import Violation
from seminars.templatetags.seminars import state_mark
from seminars.words import findings
from seminars.words.mailing import headline

register = template.Library()
register.filter(headline)

Piece = tuple[Any, ...]
"""A pattern and what goes into it."""

PICK = '<input class="form-check-input" type="checkbox" name="record" value="{}" form="pick" aria-label="{}">'
TITLE = (
    '<th role="rowheader" scope="row" class="c-title"><a href="{}?list={}" id="record-{}" data-open><bdi>{}</bdi></a>'
)


@register.filter
def finding(violation: Violation) -> str:
    """Write a violation as one sentence to an officer: ``{{ violation|finding }}``."""
    return findings.said(violation)


@register.filter
def state_name(state: str) -> str:
    """Write a record's state: ``{{ record.situation.state|state_name }}``."""
    return str(ProposalState(state).label)


@register.filter
def step_name(step: str) -> str:
    """Write how far a pair has come: ``{{ record.situation.step|step_name }}``."""
    return str(PairingStep(step).label)


@register.filter
def situation_name(situation: str) -> str:
    """Write what is so about a record: ``{{ reason|situation_name }}``."""
    return str(Situation(situation).label)


@register.filter
def month_name(on: date) -> str:
    """Write the month of a date in short, for an axis: "Sept", "sept.", "9月"."""
    return format_date(on, "MMM", locale=formats.LOCALES[(get_language() or "en")[:2]])


OUTCOME_MARKS = {"eligible": "done", "ineligible": "stop", "correction": "warn", "look": "warn"}


@register.filter
def outcome_mark(outcome: str) -> str:
    """Give the class of the mark beside an outcome: ``<span class="state state-{{ outcome|outcome_mark }}">``."""
    return OUTCOME_MARKS[outcome]


@register.filter
def proposed_name(outcome: str) -> str:
    """Write what the application proposes, or what both agencies decided."""
    return str(ProposedOutcome(outcome).label)


@register.simple_tag
def case_url(case: Case) -> str:
    """Give the address of a case: its pair's page, or that of the record alone."""
    if case.seminar:
        return reverse("desk_eligibility_seminar", args=[case.seminar.pk])
    return reverse("desk_eligibility_record", args=[case.first.pk])


@register.simple_tag
def list_row(row: Row, address: str) -> SafeString:
    """Write a row of the officers' list, each cell by what it holds: ``{% list_row row list %}``.

    Written at once, for a list of fifty records has hundreds of cells, and a template for each costs more than all
    queries together. ``address`` is the list's own, to come back to from a record.
    """
    patterns, values = [], []
    for pattern, *said in _pieces(row, address):
        patterns.append(pattern)
        values += said
    return format_html("".join(patterns), *values)


def _pieces(row: Row, address: str) -> Iterator[Piece]:
    yield ('<tr role="row" data-row><td role="cell" class="c-pick d-print-none">',)
    if row.line.is_own:
        yield PICK, row.line.pk, gettext("Select %(title)s") % {"title": row.line.title}
    yield ("</td>",)
    for column, cell in row.cells:
        if column.name == "title":
            yield TITLE, cell.href, address, row.line.pk, cell.text
            for word in cell.warnings:
                yield '<span class="state state-warn">{}</span>', word
            yield ("</th>",)
        else:
            yield from _cell(column, cell)
    yield ("</tr>",)


def _cell(column: Column, cell: Cell) -> Iterator[Piece]:
    # The name of a column is a word of our own.
    yield (f'<td role="cell" class="c-{column.name}{" num" if column.is_number else ""}">',)
    if cell.text and not column.captionless:
        yield '<span class="caption">{}</span> ', column.label
    yield _main(cell)
    if cell.japanese:
        yield ' <span lang="ja">{}</span>', cell.japanese
    if cell.also:
        yield ' <a class="pair" href="{}">{}</a>', cell.also.href, cell.also.text
    for note in cell.notes:
        yield "<small>{}</small>", note
    yield ("</td>",)


def _main(cell: Cell) -> Piece:
    if cell.side:
        return '<span class="side-{}">{}</span>', cell.side, cell.text
    if cell.state:
        return '<span class="state state-{}">{}</span>', state_mark(cell.state), cell.text
    return ('<a href="{}">{}</a>', cell.href, cell.text) if cell.href else ("{}", cell.text)

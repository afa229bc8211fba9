"""How the officers' pages write codes."""

from datetime import date
from functools import cache

from babel.dates import format_date
from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from accounts import formats
from seminars import findings
from seminars.choices import PairingStep, ProposalState, ProposedOutcome, Situation
from seminars.chosen import Row
from seminars.columns import Column
from seminars.eligibility import Case
from seminars.listing import Cell
from seminars.mailing_words import headline
from seminars.rules.dossier import Violation
from seminars.templatetags.seminars import state_mark

register = template.Library()
register.filter(headline)

ROW = '<tr role="row" data-row><td role="cell" class="c-pick d-print-none">{}</td>{}</tr>'
PICK = '<input class="form-check-input" type="checkbox" name="record" value="{}" form="pick" aria-label="{}">'
TITLE = (
    '<th role="rowheader" scope="row" class="c-title">'
    '<a href="{}?list={}" id="record-{}" data-open><bdi>{}</bdi></a>{}</th>'
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
    cells = format_html_join("", "{}", ((_written(row, column, cell, address),) for column, cell in row.cells))
    label = gettext("Select %(title)s") % {"title": row.line.title} if row.line.is_own else ""
    return format_html(ROW, format_html(PICK, row.line.pk, label) if label else "", cells)


def _written(row: Row, column: Column, cell: Cell, address: str) -> SafeString:
    if column.name == "title":
        warnings = format_html_join("", '<span class="state state-warn">{}</span>', ((word,) for word in cell.warnings))
        return format_html(TITLE, cell.href, address, row.line.pk, cell.text, warnings)
    written = _main(cell)
    # What is escaped stays so when it is added: only what is there is escaped, and once.
    if cell.text and not column.captionless:
        written = format_html('<span class="caption">{}</span> ', column.label) + written
    if cell.japanese:
        written += format_html(' <span lang="ja">{}</span>', cell.japanese)
    if cell.also:
        written += format_html(' <a class="pair" href="{}">{}</a>', cell.also.href, cell.also.text)
    for note in cell.notes:
        written += format_html("<small>{}</small>", note)
    return format_html("{}{}</td>", _opening(column.name, column.is_number), written)


@cache
def _opening(name: str, is_number: bool) -> SafeString:
    return format_html('<td role="cell" class="c-{}{}">', name, " num" if is_number else "")


def _main(cell: Cell) -> SafeString:
    if cell.side:
        return format_html('<span class="side-{}">{}</span>', cell.side, cell.text)
    if cell.state:
        return format_html('<span class="state state-{}">{}</span>', state_mark(cell.state), cell.text)
    return format_html('<a href="{}">{}</a>', cell.href, cell.text) if cell.href else conditional_escape(cell.text)

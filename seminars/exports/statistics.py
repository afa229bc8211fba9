"""The statistics of a call as tables: numbers as numbers, amounts in the decimals of their currency."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from seminars.breakdowns import Breakdown, Column
from seminars.drawings.bars import Value
from seminars.exports.tables import of_side
from seminars.exports.workbook import Sheet
from seminars.models import CallAgency
from seminars.queries.columns import Written
from seminars.queries.trend import Trend

TREND = "trend"


def statistics_sheets(breakdowns: Sequence[Breakdown], trend: Trend, sides: Sequence[CallAgency]) -> dict[str, Sheet]:
    """Return a table for each chart that has anything to show, by its key, and the trend last."""
    sheets = {item.key: breakdown_sheet(item) for item in breakdowns if item.rows}
    headings = [_("Call"), *(side.agency.acronym for side in sides), _("Pairs submitted on both sides")]
    rows = [[row.label, *(value.number for value in row.values)] for row in trend.rows]
    return {**sheets, TREND: Sheet(_("From call to call"), headings, rows)}


def breakdown_sheet(item: Breakdown) -> Sheet:
    """Return a chart's table; what is a share of something has that in per cent in columns of its own."""
    is_shares = any(value.of for row in item.rows for value in row.values)
    headings = [str(item.title), *(_heading(column, item) for column in item.columns)]
    if is_shares:
        headings += [of_side(_("Share in per cent"), column.name) for column in item.columns]
    rows: list[list[Written]] = []
    for row in (*item.rows, *item.totals, *item.figures):
        numbers = [_number(value, column) for value, column in zip(row.values, item.columns, strict=True)]
        rows.append([row.label, *numbers, *(_share(value) for value in row.values if is_shares)])
    return Sheet(str(item.title), headings, rows)


def _heading(column: Column, item: Breakdown) -> str:
    if column.side is None or not item.is_money:
        return column.name
    return of_side(_("Amount in %(currency)s") % {"currency": column.side.currency}, column.name)


def _number(value: Value, column: Column) -> Written:
    if column.side is None or not isinstance(value.number, Decimal):
        return value.number
    return round(value.number, column.side.decimals)


def _share(value: Value) -> Decimal | None:
    return round(Decimal(100) * value.number / value.of, 1) if value.of else None

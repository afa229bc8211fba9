"""The assignments of a side as sheets; the first one can be changed and imported again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reviews.queries.assignment import Grid, Seat
from seminars.exports.cells import Value
from seminars.exports.workbook import Sheet


def assignments_sheets(grid: Grid) -> list[Sheet]:
    """Return who reviews what, a row for each assignment and for each pair without one, and the reviewers' loads."""
    headings = (_("Pair"), _("Title"), _("Reviewer"), _("E-mail address"), _("State"), _("Fit"), _("Reviews missing"))
    people = (_("Reviewer"), _("E-mail address"), _("Pairs"), _("At most"))
    loads = [(str(person), person.email, load, person.most) for person, load in grid.loads]
    return [Sheet(_("Assignments"), headings, _rows(grid)), Sheet(_("Reviewers"), people, loads)]


def _rows(grid: Grid) -> Iterator[tuple[Value, ...]]:
    for row in grid.seated(grid.rows):
        for seat in row.given:
            person = seat.reviewer
            who = (str(person), person.email, _state(seat), seat.points)
            yield (str(row.pair.seminar), row.pair.title, *who, row.missing)
        if not row.given:
            yield (str(row.pair.seminar), row.pair.title, "", "", "", None, row.missing)


def _state(seat: Seat) -> str:
    return str(seat.assignment.get_state_display()) if seat.assignment else ""

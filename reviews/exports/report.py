"""The final reports of a call as a table: numbers as numbers, amounts in each side's currency."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reviews.queries.report_contents import People
from reviews.queries.report_list import Row
from seminars.exports.tables import of_side
from seminars.exports.workbook import Sheet
from seminars.models import CallAgency
from seminars.queries.columns import Written


def reports_sheet(rows: Iterable[Row], sides: Sequence[CallAgency]) -> Sheet:
    """Return reports, one a row, with the figures of each side."""
    headings = [
        *(_("Pair"), _("Title"), _("Stands"), _("Last day"), pgettext("a report", "Due")),
        *(pgettext("a report", "Handed in"), _("Late"), _("Version")),
    ]
    for side in sides:
        acronym = side.agency.acronym
        headings += [
            of_side(label, acronym) for label in (_("Coordinator"), _("Participants"), pgettext("a plan", "Planned"))
        ]
        headings += [of_side(label, acronym) for label in (_("Young researchers"), _("Statutory researchers"))]
        headings += [
            of_side(f"{label} ({side.currency})", acronym) for label in (pgettext("an amount", "Approved"), _("Spent"))
        ]
    headings.append(pgettext("of a seminar", "Publications"))
    return Sheet(_("Final reports"), headings, [_row(row, sides) for row in rows])


def _row(row: Row, sides: Sequence[CallAgency]) -> list[Written]:
    report, latest = row.report, row.latest
    written: list[Written] = [
        *(str(report.seminar), row.contents.title, str(row.stand.label), report.last_day, report.due_on),
        latest.submitted_at if latest else None,
        (_("Yes") if latest.is_late else _("No")) if latest else None,
        latest.number if latest else None,
    ]
    # What is being written is nobody's word yet.
    is_said = row.is_said
    known = {side.held.side_id: side for side in row.contents.sides}
    for side in sides:
        held = known[side.pk]
        people = held.people if is_said else People()
        written += [str(held.record.coordinator) if held.record else "", people.attended, held.plan.attended]
        written += [people.young, people.statutory]
        written += [held.approved, held.spent if is_said and held.is_reported else None]
    return [*written, len(report.publications.all()) if is_said else None]

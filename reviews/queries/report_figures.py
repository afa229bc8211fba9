"""A call's seminars in numbers, as they took place: from the reports that both agencies have accepted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts import formats
from accounts.models import User
from reviews.choices import ReportState
from reviews.queries.report_contents import Contents, SideReport
from reviews.queries.report_list import Row as ReportRow
from reviews.queries.report_list import report_rows
from seminars.breakdowns import Breakdown, Chapter, Column, Row, columns_of
from seminars.choices import CostKind
from seminars.drawings.bars import Value
from seminars.models import Call, CallAgency

KEY = "held"
"""Where the chapter stands on the page of statistics."""


def source(call: Call, user: User, at: datetime) -> Chapter | None:
    """Return what took place, as far as ``user`` reads the reports of a call; nothing before a seminar is confirmed."""
    rows = report_rows(call, user, at)
    return _chapter(rows, tuple(call.sides.all()), at) if rows else None


def _chapter(rows: Sequence[ReportRow], sides: tuple[CallAgency, ...], at: datetime) -> Chapter:
    accepted = [row for row in rows if row.report.state == ReportState.ACCEPTED]
    late = sum(row.latest is not None and row.latest.is_late for row in accepted)
    words = _("Counted: %(counted)s of %(all)s reports, those that both agencies have accepted.")
    note = words % {"counted": len(accepted), "all": len(rows)}
    if late:
        note += " " + ngettext("%(number)s of them was late.", "%(number)s of them were late.", late) % {"number": late}
    found = (_seminars(rows, at), *_of_accepted([row.contents for row in accepted], sides))
    return Chapter(KEY, _("Seminars as they took place"), note, found)


def _of_accepted(contents: Sequence[Contents], sides: tuple[CallAgency, ...]) -> Iterator[Breakdown]:
    if not contents:
        return
    by_side = {side.pk: _of(contents, side) for side in sides}
    yield _people(sides, by_side)
    for side in sides:
        if any(one.record for one in by_side[side.pk]):
            yield _spending(side, by_side[side.pk])
    yield _publications(contents)


def _of(contents: Sequence[Contents], side: CallAgency) -> list[SideReport]:
    return [held for one in contents for held in one.sides if held.held.side_id == side.pk]


def _counted(number: int) -> Value:
    return Value(number, str(number))


def _seminars(rows: Sequence[ReportRow], at: datetime) -> Breakdown:
    reports = [row.report for row in rows]
    numbers = {
        _("Planned: confirmed by both agencies"): len(reports),
        _("Held: the last day is over"): sum(report.is_over(at) for report in reports),
        _("Report handed in at least once"): sum(row.latest is not None for row in rows),
        _("Report accepted"): sum(report.state == ReportState.ACCEPTED for report in reports),
    }
    table = tuple(Row(label, (_counted(number),)) for label, number in numbers.items())
    note = _("Cancelled seminars are not among them.")
    return Breakdown("held-seminars", _("Seminars planned and held"), note, (Column(_("Seminars")),), table)


def _people(sides: tuple[CallAgency, ...], by_side: dict[int, list[SideReport]]) -> Breakdown:
    def row(label: str, name: str, *, planned: bool) -> Row:
        sums = (
            sum(getattr(held.plan if planned else held.people, name) or 0 for held in by_side[side.pk])
            for side in sides
        )
        return Row(label, tuple(_counted(number) for number in sums))

    rows = (
        row(_("Participants"), "attended", planned=False),
        row(_("Participants, as planned"), "attended", planned=True),
        row(_("Young researchers"), "young", planned=False),
        row(_("Young researchers, as planned"), "young", planned=True),
        row(_("Statutory researchers"), "statutory", planned=False),
        row(_("Statutory researchers, as planned"), "statutory", planned=True),
    )
    note = _("Young and statutory are two questions, answered for each person.")
    return Breakdown("held-people", _("Attendance"), note, columns_of(sides), rows)


def _spending(side: CallAgency, held: Sequence[SideReport]) -> Breakdown:
    """Return what one side spent by kind of cost, beside what was approved where its agency approves amounts."""
    language = (get_language() or "en")[:2]
    spent: defaultdict[str, Decimal] = defaultdict(Decimal)
    approved: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in (line for one in held for line in one.lines):
        spent[line.kind] += line.spent or 0
        approved[line.kind] += line.approved or 0
    is_granted = any(one.approved is not None for one in held)

    def money(amount: Decimal) -> str:
        return formats.money(round(amount, side.decimals), side.currency, language)

    def row(label: object, *kinds: CostKind) -> Row:
        sums = [sum((of[kind] for kind in kinds), Decimal(0)) for of in (approved, spent)]
        return Row(str(label), tuple(Value(amount, money(amount)) for amount in (sums if is_granted else sums[1:])))

    kinds = [kind for kind in CostKind if approved[kind] or spent[kind]]
    granted, total = sum(approved.values(), Decimal(0)), sum(spent.values(), Decimal(0))
    note = _("Spent: %(spent)s.") % {"spent": money(total)}
    if is_granted:
        words = _("Spent: %(spent)s of %(approved)s approved; not spent: %(left)s.")
        note = words % {"spent": money(total), "approved": money(granted), "left": money(granted - total)}
    return Breakdown(
        f"held-spending-{side.agency.code}",
        _("Spending of %(side)s") % {"side": side.agency.acronym},
        note,
        (
            *((Column(pgettext("an amount", "Approved"), side=side),) if is_granted else ()),
            Column(_("Spent"), side.agency.accent, side),
        ),
        tuple(row(kind.label, kind) for kind in kinds),
        totals=(row(_("Total"), *kinds),) if kinds else (),
    )


def _publications(contents: Sequence[Contents]) -> Breakdown:
    rows = []
    for one in contents:
        listed = list(one.report.publications.all())
        numbers = (len(listed), sum(bool(publication.doi) for publication in listed))
        rows.append(Row(str(one.report.seminar), tuple(_counted(number) for number in numbers)))
    title = pgettext("of a seminar", "Publications")
    note = _("As listed in the reports; of a DOI only the form is checked.")
    any_ = any(value.number for row in rows for value in row.values)
    totals = (Row(_("Total"), tuple(_counted(sum(int(row.values[n].number) for row in rows)) for n in (0, 1))),)
    columns = (Column(title), Column(_("With a DOI"), is_drawn=False))
    return Breakdown("held-publications", title, note, columns, tuple(rows) if any_ else (), totals=totals)

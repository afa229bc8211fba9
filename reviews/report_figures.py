"""A call's seminars in numbers, as they took place: from the reports that both agencies have accepted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts import formats
from reviews.choices import ReportState
from reviews.report_contents import Contents, SideReport
from reviews.report_list import Row as ReportRow
from seminars.bars import Drawing, Value, drawing
from seminars.choices import CostKind
from seminars.models import CallAgency
from seminars.statistics import Breakdown, Row

NO_SIDE = 0
"""The accent of what belongs to both sides."""


@dataclass(frozen=True)
class Figures:
    """What was counted: ``awaited`` reports in all, ``counted`` accepted ones, ``late`` ones among those."""

    awaited: int
    counted: int
    late: int
    breakdowns: tuple[Breakdown, ...]
    publications: tuple[tuple[str, int, int], ...]
    """For each seminar its number, its publications, and how many of them have a DOI."""

    @property
    def drawing(self) -> Drawing:
        """The publications of each seminar as bars."""
        return drawing([(name, [Value(all_, str(all_))]) for name, all_, _doi in self.publications], [NO_SIDE])

    @property
    def published(self) -> int:
        """How many publications there are."""
        return sum(number for _name, number, _doi in self.publications)


def figures_of(rows: Sequence[ReportRow], sides: Sequence[CallAgency]) -> Figures:
    """Return the figures of a call from its reports, fetched by ``report_rows``."""
    accepted = [row for row in rows if row.report.state == ReportState.ACCEPTED]
    contents = [row.contents for row in accepted]
    by_side = {side.pk: _of(contents, side) for side in sides}
    return Figures(
        awaited=len(rows),
        counted=len(accepted),
        late=sum(row.latest is not None and row.latest.is_late for row in accepted),
        breakdowns=(_people(sides, by_side), *(_spending(side, by_side[side.pk]) for side in sides)),
        publications=tuple(_publications(one) for one in contents),
    )


def _of(contents: Sequence[Contents], side: CallAgency) -> list[SideReport]:
    return [held for one in contents for held in one.sides if held.held.side_id == side.pk]


def _publications(contents: Contents) -> tuple[str, int, int]:
    listed = list(contents.report.publications.all())
    return str(contents.report.seminar), len(listed), sum(bool(one.doi) for one in listed)


def _people(sides: Sequence[CallAgency], by_side: dict[int, list[SideReport]]) -> Breakdown:
    def row(label: str, name: str, *, planned: bool) -> Row:
        sums = (
            sum(getattr(held.plan if planned else held.people, name) or 0 for held in by_side[side.pk])
            for side in sides
        )
        return Row(label, tuple(Value(number, str(number)) for number in sums))

    rows = (
        row(_("Participants"), "attended", planned=False),
        row(_("Participants, as planned"), "attended", planned=True),
        row(_("Young researchers"), "young", planned=False),
        row(_("Young researchers, as planned"), "young", planned=True),
        row(_("Statutory researchers"), "statutory", planned=False),
        row(_("Statutory researchers, as planned"), "statutory", planned=True),
    )
    note = _("Young and statutory are two questions, answered for each person.")
    return Breakdown("people", _("Attendance"), note, tuple(sides), rows if any(by_side.values()) else ())


def _spending(side: CallAgency, held: Sequence[SideReport]) -> Breakdown:
    language = (get_language() or "en")[:2]

    def row(label: object, amount: Decimal) -> Row:
        text = formats.money(round(amount, side.decimals), side.currency, language)
        return Row(str(label), (Value(amount, text),))

    spent: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in held:
        for line in one.lines:
            spent[line.kind] += line.spent or 0
    approved = [one.approved for one in held if one.approved is not None]
    total = sum(spent.values(), Decimal(0))
    figures = [row(_("Spent"), total)]
    if approved:
        granted = sum(approved, Decimal(0))
        figures = [row(pgettext("an amount", "Approved"), granted), *figures, row(_("Not spent"), granted - total)]
    kinds = tuple(row(kind.label, spent[kind]) for kind in CostKind if spent.get(kind))
    title = _("Spending of %(side)s") % {"side": side.agency.acronym}
    return Breakdown(f"spending-{side.agency.code}", title, "", (side,), kinds, tuple(figures) if kinds else ())

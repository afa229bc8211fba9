"""The final reports of a call as officers look through them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from reviews.choices import ReportState
from reviews.models import Report, ReportVersion
from reviews.queries.report_contents import Contents, contents_of, with_contents
from seminars.models import Call


class ReportStand(models.TextChoices):
    """What officers look for among the reports of a call; derived, never stored."""

    COMING = "coming", _("Seminar not over yet")
    OVERDUE = "overdue", pgettext_lazy("a report", "Overdue")
    WRITING = "writing", pgettext_lazy("a report", "Being written, not due yet")
    MINE = "mine", _("To be decided on by your agency")
    OTHER = "other", _("Waiting for the other agency")
    RETURNED = "returned", pgettext_lazy("a report", "Returned for correction")
    ACCEPTED = "accepted", pgettext_lazy("a report", "Accepted by both agencies")


@dataclass(frozen=True)
class Row:
    """A report with where it stands for the officer who looks."""

    contents: Contents
    stand: ReportStand
    latest: ReportVersion | None
    is_overdue: bool

    @property
    def is_said(self) -> bool:
        """Whether its figures stand: what is being written is nobody's word yet."""
        return self.report.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)

    @property
    def report(self) -> Report:
        """The report."""
        return self.contents.report


def _stand(report: Report, latest: ReportVersion | None, agencies: frozenset[int], at: datetime) -> ReportStand:
    if report.state == ReportState.ACCEPTED:
        return ReportStand.ACCEPTED
    if report.state == ReportState.SUBMITTED:
        said = {word.side.agency_id for word in latest.words.all()} if latest else set()
        return ReportStand.OTHER if agencies & said else ReportStand.MINE
    if report.is_overdue(at):
        return ReportStand.OVERDUE
    if report.state == ReportState.RETURNED:
        return ReportStand.RETURNED
    return ReportStand.WRITING if report.is_over(at) else ReportStand.COMING


def report_rows(call: Call, user: User, at: datetime) -> list[Row]:
    """Return the reports of a call that an officer reads, the earliest due first, in a fixed number of queries."""
    agencies = frozenset(user.officer_agencies)
    rows = []
    for report in with_contents(Report.objects.read_by(user).filter(seminar__call=call)):
        latest = next(iter(report.versions.all()), None)
        stand = _stand(report, latest, agencies, at)
        rows.append(Row(contents_of(report), stand, latest, report.is_overdue(at)))
    return sorted(rows, key=lambda row: (row.report.due_on is None, row.report.due_on, row.report.pk))


def counted(rows: Iterable[Row]) -> dict[ReportStand, int]:
    """Return how many reports stand where, in the order of the stands, without those with none."""
    found = [row.stand for row in rows]
    return {stand: found.count(stand) for stand in ReportStand if stand in found}

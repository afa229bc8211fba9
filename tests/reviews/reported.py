"""Confirmed seminars that are over, and their reports, in a few lines."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from reviews.actions.report_opening import open_report
from reviews.models import Report
from seminars.choices import SeminarState
from seminars.models import Proposal, Seminar
from tests import cast
from tests.reviews.awarded import selected

FIRST, LAST = date(2027, 5, 10), date(2027, 5, 12)
AFTER = datetime(2027, 5, 20, 9, tzinfo=UTC)
DUE = datetime(2027, 7, 11, 22, tzinfo=UTC)
LATE = DUE + timedelta(days=3)


def confirmed(title: str = "Confirmed", costs: tuple[str, ...] = ("1000.00", "500.50")) -> Report:
    """Return the empty report of a confirmed seminar whose French half asks for ``costs``."""
    seminar = selected(title, costs)
    Proposal.objects.filter(seminar=seminar).update(
        start_on=FIRST, end_on=LAST, venue_name="Institut Cochin", venue_city="Paris", venue_country="FR"
    )
    Seminar.objects.filter(pk=seminar.pk).update(state=SeminarState.CONFIRMED)
    open_report(Seminar.objects.get(pk=seminar.pk))
    return reread(Report.objects.get(seminar=seminar))


def reread(report: Report) -> Report:
    """Return a report as the database has it."""
    return Report.objects.with_terms().get(pk=report.pk)


def writer(report: Report, country: str = "FR") -> User:
    """Return the coordinator of one side, in English."""
    return cast.in_english(Proposal.objects.get(seminar=report.seminar, side__agency__country=country).coordinator)


def values(**changes: Any) -> Mapping[str, Any]:
    """Return what a complete section of facts says, but for ``changes``."""
    facts = {"start_on": FIRST, "end_on": LAST, "venue_name": "Institut Cochin", "venue_city": "Paris"}
    return {**facts, "venue_country": "FR", **changes}

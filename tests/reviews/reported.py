"""Confirmed seminars that are over, and their reports, in a few lines."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from reviews.actions import report as actions
from reviews.actions import report_signing as signing
from reviews.actions.report_opening import open_report
from reviews.choices import AwardState
from reviews.models import Award, AwardLine, Report
from reviews.queries.report_contents import Contents, contents_of, with_contents
from seminars.choices import SeminarState
from seminars.models import Proposal, Seminar
from tests import cast
from tests.reviews.awarded import selected
from tests.seminars.filed import officer, side

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


TEXT = " ".join(["The seminar brought both teams together."] * 8)


def complete(report: Report, *, at: datetime = AFTER) -> Report:
    """Write everything that a report needs, and return it; spending is what was planned."""
    marie = writer(report)
    actions.save_report_texts(report, "facts", values(), version=0, by=marie, at=at)
    texts = {"narrative": TEXT, "follow_up": "A joint project."}
    actions.save_report_texts(report, "narrative", texts, version=0, by=marie, at=at)
    counts = {side.side_id: {"attended": 8, "young": 3, "statutory": 5} for side in report.sides.all()}
    actions.save_attendance(report, counts, version=0, by=marie, at=at)
    for country in ("FR", "JP"):
        spend(report, country, at=at)
    return reread(report)


def spend(report: Report, country: str = "FR", *, more: str = "0", note: str = "", at: datetime = AFTER) -> None:
    """Write down that one side spent what was planned, and ``more`` on each line."""
    by = writer(report, country)
    own = contents(report).side_of(by)
    assert own is not None
    amounts = {line.key: line.asked + Decimal(more) for line in own.lines if line.asked is not None}
    version = own.held.spending_version
    actions.save_spending(report, amounts, note, version=version, by=by, at=at)


def contents(report: Report) -> Contents:
    """Return a report with all it says."""
    return contents_of(with_contents(Report.objects.filter(pk=report.pk)).get())


def handed_in(report: Report, *, at: datetime = AFTER) -> Report:
    """Let both coordinators sign a complete report."""
    for country in ("FR", "JP"):
        report = reread(report)
        signing.sign_report(report, version=report.version, by=writer(report, country), at=at)
    return reread(report)


def accepted(report: Report, *, at: datetime = AFTER) -> Report:
    """Let both agencies accept the report that was handed in."""
    for country in ("FR", "JP"):
        number = report.versions.count()
        signing.decide_report(report, side(country), number=number, accepts=True, by=officer(country), at=at)
    return reread(report)


def granted(report: Report) -> None:
    """Let Inserm have granted everything that its coordinator asked for, and the coordinator have accepted."""
    record = contents(report).sides[0].record
    assert record is not None
    instants = dict.fromkeys(("validated_at", "proposed_at", "accepted_at"), AFTER)
    award = Award.objects.create(proposal=record, state=AwardState.ACCEPTED, validated_by=officer("FR"), **instants)
    for line in record.lines.all():
        AwardLine.objects.create(award=award, line=line, requested=line.amount, approved=line.amount)

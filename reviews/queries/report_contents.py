"""A report with all it says, beside what was planned and approved."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from reviews.choices import AwardState, ReportFileKind
from reviews.models import Report, ReportFile, ReportSide, ReportVersion, Spending
from reviews.rules import report as rules
from reviews.rules.report import Lack, ReportFacts, SideFacts
from seminars.choices import CostKind
from seminars.models import BudgetLine, CallAgency, Proposal

KEPT = ReportFile.objects.filter(removed_at__isnull=True)


def with_contents(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Fetch reports with everything that their pages show, in a fixed number of queries."""
    sides = ReportSide.objects.select_related("side__agency", "side__call", "signed_by", "officer_agreed_by")
    records = Proposal.objects.select_related("coordinator", "side__agency", "award")
    lines = BudgetLine.objects.select_related("participant", "award_line")
    said = ("words__side__agency", "words__said_by")
    versions = ReportVersion.objects.select_related("reopening__side__agency", "reopening__reopened_by")
    return reports.select_related("seminar__call").prefetch_related(
        Prefetch("sides", sides.prefetch_related("spending", "side__cost_kinds")),
        Prefetch("seminar__proposals", records.prefetch_related("participants", Prefetch("lines", lines))),
        Prefetch("files", KEPT.select_related("side__agency", "uploaded_by")),
        Prefetch("versions", versions.prefetch_related(*said)),
        "publications",
    )


@dataclass(frozen=True)
class HandedIn:
    """The files that a version names, as far as they are still there: a photo may have been deleted for good since."""

    pdfs: tuple[ReportFile, ...]
    receipts: tuple[ReportFile, ...]
    photos: tuple[ReportFile, ...]


def handed_in_with(version: ReportVersion, receipts_of: CallAgency | None = None) -> HandedIn:
    """Return the files of a version, also those taken out of the report since: one query.

    ``receipts_of`` leaves the receipts of all other sides out: they may name a person's bank.
    """
    named = {(one["kind"], one["agency"], one["sha256"]) for one in json.loads(version.snapshot)["files"]}
    kept = ReportFile.objects.filter(report=version.report_id, uploaded_at__lte=version.submitted_at)
    found = {}
    for file in kept.select_related("side__agency"):
        is_open = receipts_of is None or file.kind != ReportFileKind.RECEIPT or file.side_id == receipts_of.pk
        if is_open and (key := (file.kind, file.side.agency.code, file.sha256)) in named:
            found[key] = file
    kinds = (ReportFileKind.PDF, ReportFileKind.RECEIPT, ReportFileKind.PHOTO)
    return HandedIn(*(tuple(file for file in found.values() if file.kind == kind) for kind in kinds))


@dataclass(frozen=True)
class People:
    """How many took part, or were to; None where it is not known."""

    attended: int | None = None
    young: int | None = None
    statutory: int | None = None


@dataclass(frozen=True)
class Line:
    """What was asked for, approved and spent on one line of the budget, or beside the planned lines (``line`` None)."""

    kind: str
    line: BudgetLine | None
    approved: Decimal | None
    spent: Decimal | None

    @property
    def key(self) -> str:
        """How forms name the line."""
        return f"line-{self.line.pk}" if self.line else f"kind-{self.kind}"

    @property
    def label(self) -> str:
        """The kind of cost."""
        return str(CostKind(self.kind).label)

    @property
    def whom(self) -> str:
        """For whom the line was planned, or ""."""
        return str(self.line.participant) if self.line and self.line.participant else ""

    @property
    def asked(self) -> Decimal | None:
        """What the line was planned to cost."""
        return self.line.amount if self.line else None


@dataclass(frozen=True)
class SideReport:
    """One side of a report, its record, and the plan."""

    held: ReportSide
    record: Proposal | None
    plan: People
    lines: tuple[Line, ...]

    @property
    def people(self) -> People:
        """Who took part."""
        return People(self.held.attended, self.held.young, self.held.statutory)

    @property
    def spent(self) -> Decimal:
        """The sum of what was spent, in the side's currency."""
        return sum((line.spent for line in self.lines if line.spent is not None), Decimal(0))

    @property
    def asked(self) -> Decimal:
        """The sum of what was planned."""
        return sum((line.asked for line in self.lines if line.asked is not None), Decimal(0))

    @property
    def approved(self) -> Decimal | None:
        """The sum of what was approved; None where the agency approves nothing here."""
        known = [line.approved for line in self.lines if line.approved is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def left(self) -> Decimal | None:
        """What remains of the approved amount; below zero where more was spent."""
        return None if self.approved is None else self.approved - self.spent

    @property
    def apart(self) -> Decimal | None:
        """By how much what was spent and what was approved differ, whichever is more."""
        return None if self.left is None else abs(self.left)

    @property
    def is_reported(self) -> bool:
        """Whether any spending has been written down."""
        return any(line.spent is not None for line in self.lines)

    @property
    def facts(self) -> SideFacts:
        """The side as the rules look at it."""
        held = self.held
        return SideFacts(
            key=held.side.agency.acronym,
            writes=self.record is not None,
            attended=held.attended,
            young=held.young,
            statutory=held.statutory,
            open_lines=sum(line.line is not None and line.spent is None for line in self.lines),
            spent=self.spent,
            approved=self.approved,
            spending_note=held.spending_note,
        )


@dataclass(frozen=True)
class Contents:
    """A report fetched by ``with_contents``, and its sides."""

    report: Report
    sides: tuple[SideReport, ...]

    def side_of(self, user: User) -> SideReport | None:
        """Return the side that ``user`` coordinates."""
        return next((side for side in self.sides if side.record and side.record.coordinator_id == user.pk), None)

    @property
    def writers(self) -> tuple[SideReport, ...]:
        """The sides whose coordinator writes here: each has to sign."""
        return tuple(side for side in self.sides if side.record is not None)

    @cached_property
    def title(self) -> str:
        """The title of the seminar, as its first record has it."""
        return next((side.record.called for side in self.writers if side.record), str(self.report.seminar))

    def files(self, kind: ReportFileKind, side: ReportSide | None = None) -> list[ReportFile]:
        """Return the files of a kind, or those of one side."""
        found = [file for file in self.report.files.all() if file.kind == kind]
        return [file for file in found if side is None or file.side_id == side.side_id]

    @property
    def photos(self) -> list[ReportFile]:
        """The photos."""
        return self.files(ReportFileKind.PHOTO)

    @property
    def pdfs(self) -> list[ReportFile]:
        """The uploaded reports."""
        return self.files(ReportFileKind.PDF)

    @property
    def facts(self) -> ReportFacts:
        """The report as the rules look at it."""
        report = self.report
        return ReportFacts(
            start_on=report.start_on,
            end_on=report.end_on,
            venue=(report.venue_name, report.venue_city, report.venue_country),
            narrative=report.narrative,
            follow_up=report.follow_up,
            sides=tuple(side.facts for side in self.sides),
        )

    def lacks(self, at: datetime) -> tuple[Lack, ...]:
        """Return what stands in the way of handing in at ``at``."""
        return rules.check(self.facts, rules.today_in(self.report.zones, at))


def contents_of(report: Report) -> Contents:
    """Return what a report fetched by ``with_contents`` says."""
    records = {record.side_id: record for record in report.seminar.proposals.all()}
    return Contents(report, tuple(_side(held, records.get(held.side_id)) for held in report.sides.all()))


def _side(held: ReportSide, record: Proposal | None) -> SideReport:
    if record is None:
        return SideReport(held, None, People(), ())
    own = [person for person in record.participants.all() if person.side == held.side.agency.country]
    young, statutory = sum(person.young for person in own), sum(person.statutory for person in own)
    return SideReport(held, record, People(len(own), young, statutory), tuple(_lines(held, record)))


def _lines(held: ReportSide, record: Proposal) -> Iterator[Line]:
    """Yield the planned lines by kind, and after those of a kind what was spent on it beside them."""
    spent: dict[tuple[int | None, str], Spending] = {(one.line_id, one.kind): one for one in held.spending.all()}
    award = getattr(record, "award", None)
    is_granted = award is not None and award.state == AwardState.ACCEPTED
    planned = list(record.lines.all())
    allowed = [cost.kind for cost in held.side.cost_kinds.all()]
    for kind in CostKind.values:
        for line in _of(planned, kind):
            granted = getattr(line, "award_line", None) if is_granted else None
            found = spent.get((line.pk, kind))
            yield Line(kind, line, granted.approved if granted else None, found.amount if found else None)
        unplanned = spent.get((None, kind))
        if unplanned or kind in allowed:
            yield Line(kind, None, None, unplanned.amount if unplanned else None)


def _of(lines: Iterable[BudgetLine], kind: str) -> list[BudgetLine]:
    return [line for line in lines if line.kind == kind]

"""Who is to be reminded from the evaluation to the final report; each agency's own people only (R24, R25, R27, R29)."""

from collections.abc import Collection, Generator, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from reviews.choices import ACTIVE, WRITING, AssignmentState, AwardState, ReviewerState
from reviews.models import Assignment, Award, Decision, Panel, Report, ReportVersion, Selection, Signature
from seminars.choices import ReminderAudience, SeminarState
from seminars.models import Call, CallAgency, Proposal
from seminars.queries.reminding_sources import DAY, Officers, officers_of
from seminars.reminding import ALWAYS, Kind, Stage, Want

COORDINATOR, OFFICER = ReminderAudience.COORDINATOR.value, ReminderAudience.OFFICER.value
REVIEWER, CHAIR = ReminderAudience.REVIEWER.value, ReminderAudience.CHAIR.value
OF_REVIEWER = ("reviewer__user", "reviewer__side__agency", "reviewer__side__call", "reviewer__side__panel")


def _assignments(ids: Collection[int]) -> Mapping[int, Any]:
    return Assignment.objects.select_related(*OF_REVIEWER).in_bulk(ids)


def _panels(ids: Collection[int]) -> Mapping[int, Any]:
    return Panel.objects.select_related("side__agency", "side__call").in_bulk(ids)


def _selections(ids: Collection[int]) -> Mapping[int, Any]:
    return Selection.objects.select_related("call").in_bulk(ids)


def _awards(ids: Collection[int]) -> Mapping[int, Any]:
    return Award.objects.select_related("proposal__side__agency", "proposal__side__call").in_bulk(ids)


def _records(ids: Collection[int]) -> Mapping[int, Any]:
    return Proposal.objects.with_side().in_bulk(ids)


def _reported(ids: Collection[int]) -> Mapping[int, Any]:
    found: Mapping[int, Any] = Proposal.objects.with_side().in_bulk(ids)
    reports = Report.objects.filter(seminar__proposals__in=ids).with_terms().distinct()
    by_pair = {report.seminar_id: report for report in reports}
    for record in found.values():
        record.final_report = by_pair.get(record.seminar_id)
    return {pk: record for pk, record in found.items() if record.final_report}


KINDS = (
    Kind(
        "review_unacknowledged",
        _("Assignment not acknowledged"),
        _("day the pair was assigned"),
        _("Your answer is awaited"),
        {REVIEWER: (7 * DAY, 14 * DAY, 21 * DAY, 28 * DAY)},
        _assignments,
        mandatory_from=ALWAYS,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "review_unsealed",
        _("Review not sealed"),
        _("day the reviews are due"),
        _("Your reviews are due"),
        {REVIEWER: (-14 * DAY, -7 * DAY, -2 * DAY, -DAY, DAY, 7 * DAY)},
        _assignments,
        mandatory_from=-DAY,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "reviews_late",
        _("Reviews late"),
        _("day the reviews are due"),
        _("Reviews are late"),
        {OFFICER: (DAY, 7 * DAY)},
        _panels,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "panel_unsealed",
        _("Panel not sealed"),
        _("first day of the results"),
        _("Your panel is not sealed yet"),
        {OFFICER: (-30 * DAY, -14 * DAY, -7 * DAY), CHAIR: (-30 * DAY, -14 * DAY, -7 * DAY)},
        _panels,
        mandatory_from=-7 * DAY,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "signature",
        _("Signature missing"),
        _("day the first decision was proposed"),
        _("Signatures of your agency are missing"),
        {OFFICER: (3 * DAY, 7 * DAY, 14 * DAY)},
        _selections,
        mandatory_from=ALWAYS,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "budget_answer",
        _("Answer to the budget missing"),
        _("day the budget was sent"),
        _("Your answer to the budget is awaited"),
        {COORDINATOR: (7 * DAY, 14 * DAY, 21 * DAY), OFFICER: (21 * DAY,)},
        _awards,
        mandatory_from=ALWAYS,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "seminar_coming",
        _("Seminar coming"),
        _("first day of the seminar"),
        _("Your seminar is coming"),
        {COORDINATOR: (-60 * DAY, -14 * DAY)},
        _records,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "report_due",
        _("Final report due"),
        _("day the report is due"),
        _("The final report of your seminar"),
        {COORDINATOR: (-30 * DAY, -7 * DAY, 0, 7 * DAY, 30 * DAY), OFFICER: (14 * DAY, 45 * DAY)},
        _reported,
        mandatory_from=0,
        stage=Stage.AFTERWARDS,
    ),
    Kind(
        "report_correction",
        _("Final report to be corrected"),
        _("day the report was given back"),
        _("The final report of your seminar"),
        {COORDINATOR: (14 * DAY, 30 * DAY, 60 * DAY), OFFICER: (45 * DAY,)},
        _reported,
        mandatory_from=ALWAYS,
        stage=Stage.AFTERWARDS,
    ),
)


def source(call: Call, at: datetime) -> Iterator[Want]:
    """Yield who is to be reminded at ``at`` of evaluation, selection, budgets, seminars and reports."""
    officers = officers_of(call)
    panels = list(Panel.objects.filter(side__call=call, sealed_at__isnull=True).select_related("side", "chair"))
    late = yield from _reviews(panels)
    for panel in panels:
        yield from _panel(panel, panel.side_id in late, call, officers)
    yield from _signatures(call, officers)
    yield from _budgets(call, officers)
    yield from _seminars(call, at)
    yield from _reports(call, officers)


def _start_of(on: date, side: CallAgency) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(side.deadline_zone)).astimezone(UTC)


def _reviews(panels: list[Panel]) -> Generator[Want, None, set[int]]:
    """Yield whose answer or review is missing on panels that are not sealed; return the sides that lack a review."""
    due = {panel.side_id: panel.reviews_due_at for panel in panels}
    shut_out = Assignment.objects.shut_out().values("pk")
    awaited = Assignment.objects.filter(
        state__in=ACTIVE,
        reviewer__side__in=due,
        reviewer__state=ReviewerState.ACCEPTED,
        seminar__state=SeminarState.IN_REVIEW,
    ).exclude(review__sealed_at__isnull=False)
    lacking: set[int] = set()
    for assignment in awaited.exclude(pk__in=shut_out).select_related("reviewer__user").order_by("pk"):
        side_id, person = assignment.reviewer.side_id, assignment.reviewer.user
        lacking.add(side_id)
        if person is None:
            continue
        common = (REVIEWER, assignment.pk, person, side_id)
        if assignment.state == AssignmentState.GIVEN:
            # A chase by an officer counts as the last word: the next reminder is a week after it.
            last = max(filter(None, (assignment.assigned_at, assignment.chased_at)))
            yield Want("review_unacknowledged", *common, last, last, assignment.seminar_id)
        yield Want("review_unsealed", *common, due[side_id], assignment.assigned_at, assignment.seminar_id)
    return lacking


def _panel(panel: Panel, lacks_reviews: bool, call: Call, officers: Officers) -> Iterator[Want]:
    results = _start_of(call.announce_from_on, panel.side)
    acting = officers.of(panel.side.agency_id, None)
    for officer in acting:
        common = (OFFICER, panel.pk, officer, panel.side_id)
        if lacks_reviews:
            yield Want("reviews_late", *common, panel.reviews_due_at, panel.opened_at)
        yield Want("panel_unsealed", *common, results, panel.opened_at)
    if panel.chair and panel.chair not in acting:
        yield Want("panel_unsealed", CHAIR, panel.pk, panel.chair, panel.side_id, results, panel.opened_at)


def _signatures(call: Call, officers: Officers) -> Iterator[Want]:
    """Yield the officers of each side that has not signed a decision which they may see."""
    standing = Prefetch("signatures", Signature.objects.standing(), to_attr="standing")
    open_states = (SeminarState.IN_REVIEW, SeminarState.RESERVE)
    found = Decision.objects.filter(selection__call=call, seminar__state__in=open_states)
    decisions = list(found.prefetch_related(standing).order_by("proposed_at", "pk"))
    for side in call.sides.all():
        unsigned: list[Any] = [
            decision for decision in decisions if side.pk not in {signature.side_id for signature in decision.standing}
        ]
        for officer in officers.of(side.agency_id, None):
            first = next((one for one in unsigned if (officer.pk, one.seminar_id) not in officers.shut_out), None)
            if first:
                since = first.proposed_at
                yield Want("signature", OFFICER, first.selection_id, officer, side.pk, since, since)


def _budgets(call: Call, officers: Officers) -> Iterator[Want]:
    waiting = Award.objects.filter(
        state=AwardState.PROPOSED, proposal__side__call=call, proposal__seminar__state=SeminarState.SELECTED
    )
    for award in waiting.select_related("proposal__coordinator", "proposal__side").order_by("pk"):
        record, sent_at = award.proposal, award.proposed_at
        assert sent_at is not None  # noqa: S101 - a constraint: what is proposed says when
        common = (record.side_id, sent_at, sent_at, record.seminar_id)
        yield Want("budget_answer", COORDINATOR, award.pk, record.coordinator, *common)
        for officer in officers.of(record.side.agency_id, record.seminar_id):
            yield Want("budget_answer", OFFICER, award.pk, officer, *common)


def _seminars(call: Call, at: datetime) -> Iterator[Want]:
    coming = Proposal.objects.filter(
        side__call=call, seminar__state=SeminarState.CONFIRMED, start_on__isnull=False
    ).select_related("coordinator", "side")
    for record in coming.order_by("pk"):
        assert record.start_on is not None  # noqa: S101 - asked for above
        starts = _start_of(record.start_on, record.side)
        if starts < at:
            continue
        yield Want(
            "seminar_coming",
            COORDINATOR,
            record.pk,
            record.coordinator,
            record.side_id,
            starts,
            record.changed_at,
            record.seminar_id,
        )


def _reports(call: Call, officers: Officers) -> Iterator[Want]:
    """Yield who is reminded of a report that is not handed in: who has not signed it; when late, the officers (R29).

    One that was given back was handed in once: it is no longer awaited by the day it was due, but by when it went back.
    """
    versions = Prefetch("versions", ReportVersion.objects.select_related("reopening").prefetch_related("words"))
    standing = Report.objects.standing().filter(seminar__call=call, state__in=WRITING)
    for report in standing.with_terms().prefetch_related(versions).order_by("pk"):
        due_at, last_day, back_at = report.due_at, report.last_day, _given_back_at(report)
        if due_at is None or last_day is None:
            continue
        kind = "report_correction" if back_at else "report_due"
        signed = {side.side_id for side in report.sides.all() if side.signed_at}
        for record in report.seminar.proposals.all():
            since = back_at or _start_of(last_day, record.side)
            common = (record.side_id, back_at or due_at, since, report.seminar_id)
            if record.side_id not in signed:
                yield Want(kind, COORDINATOR, record.pk, record.coordinator, *common)
            for officer in officers.of(record.side.agency_id, report.seminar_id):
                yield Want(kind, OFFICER, record.pk, officer, *common)


def _given_back_at(report: Report) -> datetime | None:
    """Return when the latest version of a report was returned or opened again, or nothing."""
    latest = next(iter(report.versions.all()), None)
    if latest is None:
        return None
    instants = [word.said_at for word in latest.words.all() if not word.accepts]
    reopening = getattr(latest, "reopening", None)
    return max([*instants, *([reopening.reopened_at] if reopening else [])], default=None)

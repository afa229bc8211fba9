"""Writing the final report, signing it, deciding on it, and publishing its summary (R29)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import ReportState
from reviews.models import Report, ReportSide
from reviews.permissions.base import not_officer
from seminars.choices import SeminarState
from seminars.permissions import Refusal
from seminars.rules import states


def own_side(report: Report, by: User) -> ReportSide | None:
    """Return the side of a report, fetched with its terms, that ``by`` coordinates."""
    own = {record.side_id for record in report.seminar.proposals.all() if record.coordinator_id == by.pk}
    return next((side for side in report.sides.all() if side.side_id in own), None)


def _not_writer(report: Report, by: User, at: datetime) -> Refusal | None:
    if own_side(report, by) is None:
        return _("Only the coordinators of this seminar may do this.")
    if report.seminar.state != SeminarState.CONFIRMED:
        return _("This seminar is not confirmed, or no longer.")
    return None if report.is_over(at) else _("The report is written once the seminar's last day is over.")


def write_report_refusal(report: Report, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not change the report, fetched with its terms."""
    if refusal := _not_writer(report, by, at):
        return refusal
    if report.state == ReportState.SUBMITTED:
        return _("The report is with both agencies. It can change again if one of them returns it.")
    return _("Both agencies have accepted the report.") if report.state == ReportState.ACCEPTED else None


def sign_report_refusal(report: Report, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not sign the report for their side; what it lacks is another question."""
    if refusal := write_report_refusal(report, by, at):
        return refusal
    side = own_side(report, by)
    return _("You have signed already.") if side and side.signed_at else None


def decide_report_refusal(report: Report, held: ReportSide, by: User) -> Refusal | None:
    """Say why ``by`` may not accept or return the latest version for a side."""
    if refusal := not_officer(held.side, by):
        return refusal
    if report.seminar.state != SeminarState.CONFIRMED:
        return _("This seminar is not confirmed, or no longer.")
    if report.state != ReportState.SUBMITTED:
        return _("The report is not with the agencies.")
    latest = report.versions.order_by("-number").first()
    said = latest is not None and latest.words.filter(side=held.side_id).exists()
    return _("Your agency has decided already.") if said else None


def reopen_report_refusal(report: Report, held: ReportSide, by: User) -> Refusal | None:
    """Say why ``by`` may not open an accepted report again, as an officer of a side."""
    if refusal := not_officer(held.side, by):
        return refusal
    if report.seminar.state != SeminarState.CONFIRMED:
        return _("This seminar is not confirmed, or no longer.")
    if any(record.data_ended_at for record in report.seminar.proposals.all()):
        return _("The period of its records has ended: the report stays as it is.")
    if states.allowed(states.REPORT, "reopen_report", report.state):
        return None
    return _("Only a report that both agencies have accepted is opened again.")


def write_summary_refusal(report: Report, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not change the public summary, fetched with its terms."""
    if refusal := _not_writer(report, by, at):
        return refusal
    return _("The summary is published.") if report.published_at else None


def agree_refusal(report: Report, held: ReportSide, by: User, at: datetime, *, as_officer: bool) -> Refusal | None:
    """Say why ``by`` may not agree to publish, or take that back, as a side's officer or its coordinator."""
    if as_officer:
        if refusal := not_officer(held.side, by):
            return refusal
        if report.seminar.state != SeminarState.CONFIRMED or report.state != ReportState.ACCEPTED:
            return _("An agency agrees to publish once both have accepted the report.")
    elif own_side(report, by) != held:
        return _("Only the coordinator of this side may do this.")
    return write_summary_refusal(report, by, at) if not as_officer else _published(report)


def _published(report: Report) -> Refusal | None:
    return _("The summary is published.") if report.published_at else None


def take_down_refusal(report: Report, held: ReportSide, by: User) -> Refusal | None:
    """Say why ``by`` may not take the published summary off the public pages, as an officer of a side."""
    if refusal := not_officer(held.side, by):
        return refusal
    return None if report.published_at else _("The summary is not published.")

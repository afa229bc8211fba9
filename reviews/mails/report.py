"""Mails about final reports; what they say is read after signing in."""

from collections.abc import Iterable
from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.models import User
from reviews.mails.award import tell_all
from reviews.models import Report, ReportReopening, ReportVersion, ReportWord
from reviews.models.closed import officers_who_see
from seminars.models import CallAgency, Proposal


def _record_of(report: Report, person: User) -> Proposal | None:
    return report.seminar.proposals.filter(coordinator=person).first()


def report_signed(report: Report, waiting: Iterable[User], *, by: User, at: datetime) -> None:
    """Ask the other coordinator to read the report and to sign."""
    for person in waiting:
        context = {"seminar": report.seminar, "proposal": _record_of(report, person), "signer": by}
        queue_message("report_signed", to=person, about=report, context=context, at=at, key=str(report.version))


def report_signature_voided(report: Report, signer: User, *, by: User, at: datetime) -> None:
    """Tell who has signed that the report was changed since, and has to be signed again."""
    if signer == by:
        return
    context = {"seminar": report.seminar, "proposal": _record_of(report, signer), "editor": by}
    queue_message("report_signature_voided", to=signer, about=report, context=context, at=at, key=str(report.version))


def report_handed_in(version: ReportVersion, *, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that the report is handed in."""
    tell_all("report_handed_in", version.report.seminar, about=version, at=at, version=version)


def report_returned(word: ReportWord, *, at: datetime) -> None:
    """Tell both coordinators what has to be corrected."""
    _tell_but_own_agency("report_returned", word, word=word, at=at)


def report_reopened(reopening: ReportReopening, *, was_public: bool, at: datetime) -> None:
    """Tell both coordinators, and the other agency's officers, that an accepted report is open again, and why."""
    _tell_but_own_agency("report_reopened", reopening, reopening=reopening, was_public=was_public, at=at)


def _tell_but_own_agency(kind: str, said: ReportWord | ReportReopening, *, at: datetime, **context: object) -> None:
    """Write to both coordinators, and to the officers of the agency that did not say it."""
    report = said.version.report
    seminar, values = report.seminar, {**context, "seminar": report.seminar, "report": report}
    for proposal in seminar.proposals.select_related("coordinator").order_by("pk"):
        own = {**values, "proposal": proposal}
        queue_message(kind, to=proposal.coordinator, about=said, context=own, at=at)
    for officer in officers_who_see(seminar, CallAgency.objects.filter(call=seminar.call_id).exclude(pk=said.side_id)):
        queue_message(kind, to=officer, about=said, context=values, at=at)


def report_accepted(version: ReportVersion, *, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that both agencies have accepted."""
    tell_all("report_accepted", version.report.seminar, about=version, at=at, version=version)


def summary_published(report: Report, *, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that the public summary can be read by anyone."""
    seminar, key = report.seminar, at.isoformat()
    for proposal in seminar.proposals.select_related("coordinator").order_by("pk"):
        context = {"seminar": seminar, "report": report}
        queue_message("summary_published", to=proposal.coordinator, about=report, context=context, at=at, key=key)
    for officer in officers_who_see(seminar, CallAgency.objects.filter(call=seminar.call_id)):
        context = {"seminar": seminar, "report": report}
        queue_message("summary_published", to=officer, about=report, context=context, at=at, key=key)

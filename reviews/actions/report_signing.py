"""Signing a report, which hands it in, what both agencies say to it, and opening an accepted one again (R29)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.award import require_not_shut_out
from reviews.actions.report import lock_report, side_written_by
from reviews.choices import ReportState
from reviews.models import Report, ReportReopening, ReportSide, ReportVersion, ReportWord
from reviews.permissions import decide_report_refusal, reopen_report_refusal, sign_report_refusal
from reviews.queries.report_contents import Contents, contents_of, with_contents
from reviews.queries.report_snapshot import frozen
from reviews.words.report import lack_words
from seminars.actions.proposals import EditConflict
from seminars.models import CallAgency
from seminars.permissions import Refused, require
from seminars.queries.snapshots import canonical, sha256
from seminars.rules import states


def _contents(report: Report) -> Contents:
    return contents_of(with_contents(Report.objects.filter(pk=report.pk)).get())


@transaction.atomic
def sign_report(report: Report, *, version: int, by: User, at: datetime) -> ReportVersion | None:
    """Sign, for one's own side, what ``version`` says; return the version handed in when nobody's signature is missing.

    A half known from a list has no coordinator here: then one signature hands in. Raises Refused, also with what the
    report lacks, and EditConflict where it says something else meanwhile.
    """
    report = lock_report(report)
    require(sign_report_refusal(report, by, at))
    if report.version != version:
        raise EditConflict
    if lacks := _contents(report).lacks(at):
        raise Refused(" ".join(lack_words(lack) for lack in lacks))
    side = side_written_by(report, by)
    side.signed_at, side.signed_by = at, by
    side.save(update_fields=["signed_at", "signed_by"])
    record(report.seminar, "report_signed", by=by, at=at)
    contents = _contents(report)
    if waiting := [one.record.coordinator for one in contents.writers if one.record and not one.held.signed_at]:
        mails.report_signed(report, waiting, by=by, at=at)
        return None
    return _hand_in(contents, by=by, at=at)


def _hand_in(contents: Contents, *, by: User, at: datetime) -> ReportVersion:
    report = contents.report
    due_on, due_at = report.due_on, report.due_at
    assert due_on is not None  # noqa: S101 - or the report could not be signed
    text = canonical(frozen(contents))
    made = ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        submitted_at=at,
        submitted_by=by,
        due_on=due_on,
        # What was first handed in in time and then returned is late no more.
        is_late=due_at is not None and at >= due_at and not report.versions.filter(is_late=False).exists(),
        snapshot=text,
        sha256=sha256(text),
    )
    _move(report, "hand_in_report", by=by, at=at)
    mails.report_handed_in(made, at=at)
    return made


@transaction.atomic
def decide_report(
    report: Report, side: CallAgency, *, number: int, accepts: bool, comment: str = "", by: User, at: datetime
) -> ReportState:
    """Accept the version ``number`` for one agency, or return it with a comment, and return how the report stands.

    One return gives it back to the coordinators, and no signature stands; accepted is what every side of the call
    accepts. Raises Refused: not the side's officer, in conflict with the pair, decided already, another version, or a
    return without a comment.
    """
    report = lock_report(report)
    held = ReportSide.objects.select_related("side__agency").get(report=report, side=side)
    require(decide_report_refusal(report, held, by))
    require_not_shut_out(report.seminar_id, by)
    latest = report.versions.order_by("-number")[0]
    if latest.number != number:
        raise Refused(_("A newer version has been handed in meanwhile: read it first."))
    if not accepts and not comment.strip():
        raise Refused(_("Say what has to be corrected."))
    values = {"accepts": accepts, "comment": comment.strip(), "said_at": at, "said_by": by}
    word = ReportWord.objects.create(version=latest, side=side, **values)
    if not accepts:
        _give_back(report)
        _move(report, "return_report", by=by, at=at, reason=word.comment)
        mails.report_returned(word, at=at)
    elif latest.words.filter(accepts=True).count() == len(report.sides.all()):
        _move(report, "accept_report", by=by, at=at)
        mails.report_accepted(latest, at=at)
    else:
        record(report.seminar, "report_accepted_by_one", by=by, at=at)
    return ReportState(report.state)


@transaction.atomic
def reopen_report(report: Report, side: CallAgency, *, reason: str, by: User, at: datetime) -> ReportReopening:
    """Give an accepted report back to its coordinators, as an officer of one agency; both accept the next version anew.

    A published summary is off the public pages from then on, for the dates and publications beside it may change. What
    the agencies had agreed to goes; the coordinators' agreements are for their text, and stand until it changes. Raises
    Refused: not the side's officer, in conflict with the pair, not accepted, or without a reason.
    """
    report = lock_report(report)
    held = ReportSide.objects.select_related("side__agency").get(report=report, side=side)
    require(reopen_report_refusal(report, held, by))
    require_not_shut_out(report.seminar_id, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    values = {"side": side, "reason": reason.strip(), "reopened_at": at, "reopened_by": by}
    made = ReportReopening.objects.create(version=report.versions.order_by("-number")[0], **values)
    was_public = report.published_at is not None
    Report.objects.filter(pk=report.pk).update(published_at=None)
    ReportSide.objects.filter(report=report).update(officer_agreed_at=None, officer_agreed_by=None)
    _give_back(report)
    _move(report, "reopen_report", by=by, at=at, reason=made.reason)
    if was_public:
        record(report.seminar, "summary_taken_down", by=by, at=at, reason=made.reason)
    mails.report_reopened(made, was_public=was_public, at=at)
    return made


def _give_back(report: Report) -> None:
    """Let no signature stand for what is to be corrected."""
    ReportSide.objects.filter(report=report).update(signed_at=None, signed_by=None)


def _move(report: Report, verb: str, *, by: User, at: datetime, reason: str = "") -> None:
    report.state = states.target(states.REPORT, verb)
    report.save(update_fields=["state"])
    record(report.seminar, verb, by=by, at=at, reason=reason)

"""Agreeing to the public summary of a report, which the last agreement publishes; taking it down again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.award import require_not_shut_out
from reviews.actions.report import forget_agreements, lock_report, side_written_by
from reviews.choices import ReportState
from reviews.models import Report, ReportSide
from reviews.permissions import agree_refusal, take_down_refusal
from reviews.rules import report as rules
from seminars.actions.proposals import EditConflict
from seminars.models import CallAgency
from seminars.permissions import Refused, require


@transaction.atomic
def agree_as_coordinator(report: Report, *, agrees: bool, version: int, by: User, at: datetime) -> bool:
    """Agree, for one's own side, to publish the summary of ``version``, or take that back; say whether it is published.

    Raises Refused, and EditConflict where the summary has changed meanwhile.
    """
    report = lock_report(report)
    held = side_written_by(report, by)
    require(agree_refusal(report, held, by, at, as_officer=False))
    _require_text(report, version, agrees=agrees)
    held.coordinator_agreed_at = at if agrees else None
    held.save(update_fields=["coordinator_agreed_at"])
    record(report.seminar, "summary_agreed" if agrees else "summary_agreement_taken_back", by=by, at=at)
    return _publish(report, by=by, at=at)


@transaction.atomic
def agree_as_officer(report: Report, side: CallAgency, *, agrees: bool, version: int, by: User, at: datetime) -> bool:
    """Agree, for an agency, to publish the summary of ``version``, or take that back; say whether it is published.

    Raises Refused, and EditConflict where the summary has changed meanwhile.
    """
    report = lock_report(report)
    held = next(one for one in report.sides.all() if one.side_id == side.pk)
    require(agree_refusal(report, held, by, at, as_officer=True))
    require_not_shut_out(report.seminar_id, by)
    _require_text(report, version, agrees=agrees)
    held.officer_agreed_at, held.officer_agreed_by = (at, by) if agrees else (None, None)
    held.save(update_fields=["officer_agreed_at", "officer_agreed_by"])
    record(report.seminar, "summary_agreed" if agrees else "summary_agreement_taken_back", by=by, at=at)
    return _publish(report, by=by, at=at)


def _require_text(report: Report, version: int, *, agrees: bool) -> None:
    if report.summary_version != version:
        raise EditConflict
    if agrees and not rules.is_publishable(report.public_text):
        fewest, most = rules.PUBLIC
        words = _("The public summary needs %(fewest)s to %(most)s characters.")
        raise Refused(words % {"fewest": fewest, "most": most})


def _publish(report: Report, *, by: User, at: datetime) -> bool:
    """Publish a locked report's summary when nobody's agreement is missing; say whether it is."""
    writers = {record.side_id for record in report.seminar.proposals.all()}
    held = list(ReportSide.objects.filter(report=report))
    everybody = all(
        side.officer_agreed_at and (side.coordinator_agreed_at or side.side_id not in writers) for side in held
    )
    if not everybody or report.state != ReportState.ACCEPTED:
        return False
    report.published_at = at
    report.save(update_fields=["published_at"])
    record(report.seminar, "summary_published", by=by, at=at)
    mails.summary_published(report, at=at)
    return True


@transaction.atomic
def take_down(report: Report, side: CallAgency, *, reason: str, by: User, at: datetime) -> None:
    """Take a published summary off the public pages, as an officer of one agency; all agree anew before it is back.

    Raises Refused, also without a reason.
    """
    report = lock_report(report)
    held = next(one for one in report.sides.all() if one.side_id == side.pk)
    require(take_down_refusal(report, held, by))
    require_not_shut_out(report.seminar_id, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    report.published_at = None
    report.save(update_fields=["published_at"])
    forget_agreements(report, by=by, at=at)
    record(report.seminar, "summary_taken_down", by=by, at=at, reason=reason.strip())

"""Late admission of one record: by an officer, with a reason, for a time, and in the history (SAFETY 6)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from seminars import mails
from seminars.actions.locks import lock_pair
from seminars.actions.proposals import plain
from seminars.models import Proposal
from seminars.permissions import Refused, admit_refusal, end_admission_refusal, require
from seminars.rules import admission, states


@transaction.atomic
def admit_late(proposal: Proposal, *, reason: str, until: datetime, by: User, at: datetime) -> Proposal:
    """Make a lapsed record a draft again that may be submitted until ``until``, and tell its coordinator.

    Raises Refused: not an officer of the record's agency, before the deadline, not lapsed, no reason, an expiry
    that is past or more than 30 days away, or a coordinator who has another open record on this side (R20).
    """
    held = lock_pair(proposal.pk)
    require(admit_refusal(held, by, at))
    if not reason:
        raise Refused(_("A late admission needs a reason."))
    if not admission.is_possible(until, at):
        raise Refused(_("A late admission ends in the future, and within 30 days."))
    held.submissions.filter(ended_at__isnull=True).update(ended_at=at)
    before = {"state": held.state_at(at)}
    held.state = states.target(states.PROPOSAL, "admit_late")
    held.admitted_until, held.admitted_by, held.admission_reason = until, by, reason
    held.changed_at = at
    try:
        with transaction.atomic():
            held.save(update_fields=["state", "admitted_until", "admitted_by", "admission_reason", "changed_at"])
    except IntegrityError as clash:
        raise Refused(_("This coordinator has another open record with this agency.")) from clash
    after = {"state": held.state, "admitted_until": plain(until)}
    record(held, "admit_late", by=by, at=at, before=before, after=after, reason=reason)
    mails.admitted(held, at=at)
    return held


@transaction.atomic
def end_admission(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Take back a late admission that was not used yet: the record has lapsed again, and its coordinator is told.

    Raises Refused: not an officer of the record's agency, no admission, used already, or over.
    """
    held = lock_pair(proposal.pk)
    require(end_admission_refusal(held, by, at))
    before = {
        "state": held.state,
        "admitted_until": plain(held.admitted_until),
        "admission_reason": held.admission_reason,
    }
    held.state = states.target(states.PROPOSAL, "lapse")
    held.admitted_until, held.admitted_by, held.admission_reason = None, None, ""
    held.changed_at = at
    held.save(update_fields=["state", "admitted_until", "admitted_by", "admission_reason", "changed_at"])
    record(held, "end_admission", by=by, at=at, before=before, after={"state": held.state})
    mails.admission_ended(held, at=at)
    return held

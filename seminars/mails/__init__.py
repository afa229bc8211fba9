"""The mails of the programme: one function and one template ``templates/mails/<kind>.txt`` for each.

Every function is called inside the transaction of the fact it tells, and writes its mail down there. The text is
made in the recipient's language and time zone; its first line is the subject, which names no seminar and no person.
"""

from seminars.mails.eligibility import (
    correction_asked,
    correction_ended,
    correction_received,
    eligibility_context,
    eligibility_reopened,
    eligibility_told,
    told_outcome,
)
from seminars.mails.lists import list_shared, list_unshared
from seminars.mails.mailings import mailing, mailing_preview
from seminars.mails.matching import match_taken_apart, matched
from seminars.mails.notes import mentioned
from seminars.mails.packs import pack_failed, pack_ready
from seminars.mails.pairing import (
    invitation,
    invitation_accepted,
    invitation_declined,
    pair_awaits_you,
    pair_confirmed,
    pair_left,
    partner_asks,
)
from seminars.mails.personal import copy_ready, period_over
from seminars.mails.reminders import recipient_of, reminded, reminder_preview
from seminars.mails.submission import (
    admission_ended,
    admitted,
    approval_request,
    approved,
    filed_alone,
    lapsed,
    receipt,
    reopened,
    returned,
    withdrawn,
)

__all__ = [
    "admission_ended",
    "admitted",
    "approval_request",
    "approved",
    "copy_ready",
    "correction_asked",
    "correction_ended",
    "correction_received",
    "eligibility_context",
    "eligibility_reopened",
    "eligibility_told",
    "filed_alone",
    "invitation",
    "invitation_accepted",
    "invitation_declined",
    "lapsed",
    "list_shared",
    "list_unshared",
    "mailing",
    "mailing_preview",
    "match_taken_apart",
    "matched",
    "mentioned",
    "pack_failed",
    "pack_ready",
    "pair_awaits_you",
    "pair_confirmed",
    "pair_left",
    "partner_asks",
    "period_over",
    "receipt",
    "recipient_of",
    "reminded",
    "reminder_preview",
    "reopened",
    "returned",
    "told_outcome",
    "withdrawn",
]

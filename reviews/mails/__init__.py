"""What evaluation and selection write to people; queued with the fact they tell."""

from reviews.mails.announcement import outcomes_told
from reviews.mails.announcement import preview as letter_preview
from reviews.mails.assignment import assignment_declined, assignments_chased, assignments_given
from reviews.mails.award import award_answered, award_proposed, preview, seminar_confirmed, seminar_declined
from reviews.mails.cancellation import cancellation_asked, cancellation_kept, seminar_cancelled
from reviews.mails.change import change_asked, change_settled, change_withdrawn
from reviews.mails.report import (
    report_accepted,
    report_handed_in,
    report_reopened,
    report_returned,
    report_signature_voided,
    report_signed,
    summary_published,
)
from reviews.mails.review import review_reopened
from reviews.mails.reviewer import conflicts_detected, review_answered, review_invitation
from reviews.mails.selection import selection_opened, signatures_voided

__all__ = [
    "assignment_declined",
    "assignments_chased",
    "assignments_given",
    "award_answered",
    "award_proposed",
    "cancellation_asked",
    "cancellation_kept",
    "change_asked",
    "change_settled",
    "change_withdrawn",
    "conflicts_detected",
    "letter_preview",
    "outcomes_told",
    "preview",
    "report_accepted",
    "report_handed_in",
    "report_reopened",
    "report_returned",
    "report_signature_voided",
    "report_signed",
    "review_answered",
    "review_invitation",
    "review_reopened",
    "selection_opened",
    "seminar_cancelled",
    "seminar_confirmed",
    "seminar_declined",
    "signatures_voided",
    "summary_published",
]

"""Mails to reviewers about their invitation, and to officers about the answer."""

from collections.abc import Iterable
from datetime import datetime

from accounts.actions.messages import Addressee, queue_message
from accounts.models import User
from reviews.models import Conflict, Reviewer
from reviews.models.closed import closed_to
from seminars.models import CallAgency


def review_invitation(reviewer: Reviewer, token: str, *, at: datetime) -> None:
    """Invite somebody to review; the link with ``token`` is the only copy of the secret."""
    side = reviewer.side
    to = Addressee(reviewer.email, reviewer.language, reviewer.name, side.agency.time_zone)
    context = {"call": side.call, "agency": side.agency, "expires_at": reviewer.expires_at, "token": token}
    queue_message("review_invitation", to=to, about=reviewer, context=context, at=at, key=at.isoformat())


def review_answered(reviewer: Reviewer, *, at: datetime) -> None:
    """Tell the agency's officers whether an invited person reviews, and why not."""
    context = {"reviewer": reviewer, "call": reviewer.side.call}
    for officer in User.objects.officers_of([reviewer.side.agency_id]):
        queue_message("review_answered", to=officer, about=reviewer, context=context, at=at)


def conflicts_detected(side: CallAgency, conflicts: Iterable[Conflict], *, at: datetime) -> None:
    """Tell the agency's officers how many conflicts wait for a decision; which pairs is read after signing in.

    Nobody is counted a conflict of a pair that is closed to themselves.
    """
    found = list(conflicts)
    for officer in User.objects.officers_of([side.agency_id]):
        own = set(closed_to(officer))
        number = sum(1 for conflict in found if conflict.seminar_id not in own)
        if number:
            context = {"number": number, "call": side.call}
            queue_message("conflicts_detected", to=officer, about=found[0], context=context, at=at, key=at.isoformat())

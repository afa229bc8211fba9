"""Messages to coordinators."""

from collections.abc import Collection

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Call, Proposal, Submission
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.permissions.base import Refusal

MOST = 1000
"""How many records one message goes to."""


def writable(call: Call, records: Collection[int], by: User) -> ProposalQuerySet:
    """Return those records whose coordinators ``by`` may write to: of the agency ``by`` acts for, with an open account.

    The partner's coordinators are the other agency's to write to. Fetched with what placeholders say.
    """
    in_force = Submission.objects.in_force().only("proposal", "number")
    own = Proposal.objects.overseen_by(by).filter(
        pk__in=records, side__call=call, side__agency__in=by.officer_agencies, coordinator__is_active=True
    )
    return own.with_side().prefetch_related(Prefetch("submissions", in_force, to_attr="filed")).order_by("pk")


def send_refusal(number: int) -> Refusal | None:
    """Say why a message may not go out to ``number`` records: to nobody, or to too many at once."""
    if number == 0:
        return _("Nobody is selected whom you may write to.")
    return _("One message goes to at most 1,000 coordinators.") if number > MOST else None

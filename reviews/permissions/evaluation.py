"""Beginning the evaluation of a call, for both agencies at once."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Panel
from seminars.models import Call
from seminars.permissions import Refusal


def begin_refusal(call: Call, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not begin the evaluation of ``call``, or bring further eligible pairs into it.

    Both panels stand or fall together, and pairs join until the reviews are due: neither tells an agency anything of
    what the other has done (R24). Fetch the call ``with_sides``.
    """
    if not any(side.agency_id in by.officer_agencies for side in call.sides.all()):
        return _("Only an officer of this agency may do this.")
    if at <= call.last_deadline_at:
        return _("The deadline of the call has not passed yet.")
    begun = Panel.objects.filter(side__call=call).first()
    if begun and at > begun.reviews_due_at:
        return _("The reviews were due already: no pair can join the evaluation any more.")
    return None


def move_due_refusal(call: Call, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not move the day the reviews are due: not begun, or past, when panels may have sealed."""
    if not Panel.objects.filter(side__call=call).exists():
        return _("The evaluation has not begun yet.")
    return begin_refusal(call, by, at)

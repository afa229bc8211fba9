"""Beginning an evaluation: both panels open at once, and every eligible pair goes to review (R22)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews.actions.conflict import detect_conflicts
from reviews.models import Panel
from reviews.permissions import begin_refusal, move_due_refusal
from seminars.choices import SeminarState
from seminars.models import Call, Seminar
from seminars.permissions import Refused, require
from seminars.rules import states


def lock_call(call: Call) -> Call:
    """Lock a call for what concerns both agencies at once, and return it with its sides as it is after the lock."""
    list(Call.objects.filter(pk=call.pk).select_for_update().values_list("pk", flat=True))
    return Call.objects.with_sides().get(pk=call.pk)


@transaction.atomic
def begin_evaluation(call: Call, *, reviews_due_at: datetime, by: User, at: datetime) -> int:
    """Open both panels of a call and bring its eligible pairs to review; return how many have come to it.

    Conflicts of interest of everybody who judges are looked for at once (R23).

    Done again before the reviews are due, it brings the pairs that were found eligible since; ``reviews_due_at``
    counts the first time only. Raises Refused.
    """
    call = lock_call(call)
    require(begin_refusal(call, by, at))
    if reviews_due_at <= at:
        raise Refused(_("Reviews are due in the future."))
    for side in call.sides.all():
        defaults = {"opened_at": at, "opened_by": by, "reviews_due_at": reviews_due_at}
        panel, opened = Panel.objects.get_or_create(side=side, defaults=defaults)
        if opened:
            record(panel, "panel_opened", by=by, at=at, after={"reviews_due_at": reviews_due_at.isoformat()})
    eligible = list(Seminar.objects.filter(call=call, state=SeminarState.ELIGIBLE).select_for_update().order_by("pk"))
    for seminar in eligible:
        seminar.state = states.target(states.SEMINAR, "begin_review")
        seminar.save(update_fields=["state"])
        record(
            seminar,
            "begin_review",
            by=by,
            at=at,
            before={"state": SeminarState.ELIGIBLE.value},
            after={"state": seminar.state},
        )
    for side in call.sides.all():
        side.call = call
        detect_conflicts(side, at=at)
    return len(eligible)


@transaction.atomic
def move_reviews_due(call: Call, *, reviews_due_at: datetime, by: User, at: datetime) -> None:
    """Move the moment the reviews of both agencies are due. Raises Refused."""
    call = lock_call(call)
    require(move_due_refusal(call, by, at))
    if reviews_due_at <= at:
        raise Refused(_("Reviews are due in the future."))
    for panel in Panel.objects.filter(side__call=call).order_by("pk"):
        before = {"reviews_due_at": panel.reviews_due_at.isoformat()}
        panel.reviews_due_at = reviews_due_at
        panel.save(update_fields=["reviews_due_at"])
        record(panel, "due_moved", by=by, at=at, before=before, after={"reviews_due_at": reviews_due_at.isoformat()})

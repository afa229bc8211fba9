"""Opening the joint selection, and deciding in it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Decision, Panel, Selection, Signature
from seminars.models import Call, CallAgency
from seminars.permissions import Refusal


def side_of(call: Call, by: User) -> CallAgency | None:
    """Return the side ``by`` acts for: always the same one, so that nobody ever acts for both (R25)."""
    return next((side for side in call.sides.all() if side.agency_id in by.officer_agencies), None)


def open_selection_refusal(call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not open the joint selection now. Fetch the call ``with_sides``.

    Of the other agency's panel nothing is told: one sentence for whatever keeps it from being sealed (R24).
    """
    own = side_of(call, by)
    if own is None:
        return _("Only an officer of this agency may do this.")
    if Selection.objects.filter(call=call).exists():
        return _("The joint selection is open already.")
    sealed = set(Panel.objects.filter(side__call=call, sealed_at__isnull=False).values_list("side", flat=True))
    if own.pk not in sealed:
        return _("Your own panel is not sealed yet.")
    return None if sealed >= {side.pk for side in call.sides.all()} else _("This is not possible yet.")


def change_selection_refusal(selection: Selection | None, call: Call, by: User) -> Refusal | None:
    """Say why ``by`` may not decide, write or note anything in the joint selection."""
    if side_of(call, by) is None:
        return _("Only an officer of this agency may do this.")
    return None if selection else _("The joint selection is not open.")


def sign_refusal(decision: Decision, standing: Iterable[Signature], side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not sign a decision for ``side``; ``standing`` are its signatures that count."""
    for signature in standing:
        if signature.refuses:
            return _("Pair %(pair)s is refused: propose an outcome for it again first.") % {"pair": decision.seminar}
        if signature.side_id != side.pk and signature.signed_by_id == by.pk:
            return _("Nobody signs for both agencies.")
    return None

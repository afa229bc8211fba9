"""Working in a panel, sealing it, and opening it again before the joint selection (R22, R24)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.models import Panel, Selection
from seminars.permissions import Refusal


def panel_refusal(panel: Panel, by: User) -> Refusal | None:
    """Say why ``by`` may not rank, write or change anything in a panel now. Fetch the panel with its side."""
    if panel.side.agency_id not in by.panel_agencies:
        return _("Only the officers and chairs of this agency may do this.")
    return _("The panel is sealed: nothing in it can change.") if panel.sealed_at else None


def seal_refusal(panel: Panel, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not seal a panel at ``at``, whatever is still missing in it."""
    if refusal := panel_refusal(panel, by):
        return refusal
    if at <= panel.reviews_due_at:
        return _("No panel can be sealed before the reviews are due.")
    return None


def unseal_refusal(panel: Panel, by: User) -> Refusal | None:
    """Say why ``by`` may not open a sealed panel again: the other agency may have looked (R24)."""
    if panel.side.agency_id not in by.panel_agencies:
        return _("Only the officers and chairs of this agency may do this.")
    if not panel.sealed_at:
        return _("The panel is not sealed.")
    if Selection.objects.filter(call=panel.side.call_id).exists():
        return _("The joint selection is open: a panel can no longer be unsealed.")
    return None

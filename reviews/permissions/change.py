"""Asking for other dates or another venue, and deciding on it (R28)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import WRITING, ChangeState
from reviews.models import Change, Report
from reviews.permissions.award import not_running
from reviews.permissions.base import not_officer
from reviews.rules.change import is_past
from seminars.choices import SeminarState
from seminars.models import CallAgency, Proposal
from seminars.permissions import Refusal
from seminars.permissions.base import not_owner


def ask_change_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not ask at ``at`` for a change of the selected or confirmed seminar.

    What took place is told by the report. A seminar that nobody has confirmed did not take place: it still changes.
    """
    if refusal := not_running(proposal, by):
        return refusal
    if _took_place(proposal, at):
        return _("The last day of the seminar is over: say in the final report what took place, where, and with whom.")
    if Change.objects.filter(seminar=proposal.seminar_id, state=ChangeState.ASKED).exists():
        return _("A change is with both agencies already. It must be settled first.")
    return None


def withdraw_change_refusal(change: Change, proposal: Proposal, by: User) -> Refusal | None:
    """Say why ``by`` may not take back what the coordinator of a record has asked for."""
    if refusal := not_owner(proposal, by):
        return refusal
    if (change.seminar_id, change.side_id) != (proposal.seminar_id, proposal.side_id):
        return _("Your partner has asked for this change.")
    return None if change.state == ChangeState.ASKED else _("This change is settled already.")


def decide_change_refusal(change: Change, side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not decide on a change for a side."""
    if refusal := not_officer(side, by):
        return refusal
    if change.state != ChangeState.ASKED:
        return _("This change is settled already.")
    return _("Your agency has decided already.") if change.words.filter(side=side).exists() else None


def agree_change_refusal(change: Change) -> Refusal | None:
    """Say why nobody may agree to a change that was asked for in time: once the report is handed in, it tells."""
    written = Report.objects.filter(seminar=change.seminar_id).exclude(state__in=WRITING).exists()
    return _("The final report is handed in and says what took place: refuse the change.") if written else None


def _took_place(proposal: Proposal, at: datetime) -> bool:
    if proposal.seminar is None or proposal.seminar.state != SeminarState.CONFIRMED or proposal.end_on is None:
        return False
    return is_past(proposal.end_on, proposal.venue_country, zones_of(proposal), at)


def zones_of(proposal: Proposal) -> dict[str, str]:
    """Return the time zone of each agency of a record's call, by its country."""
    sides = CallAgency.objects.filter(call=proposal.side.call_id)
    return dict(sides.values_list("agency__country", "deadline_zone"))

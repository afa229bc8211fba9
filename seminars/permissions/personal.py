"""Who may be erased, and by whom."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions.erasure import is_erased
from accounts.models import User
from seminars.choices import ProposalState, SeminarState
from seminars.models import Proposal
from seminars.permissions.base import Refusal

ENDED = (SeminarState.INELIGIBLE, SeminarState.NOT_SELECTED, SeminarState.CANCELLED)
REPORTING = timedelta(days=366)
"""How long after the last possible day a funded seminar's coordinator may still be needed, for its report."""


def under_way(user: User, at: datetime) -> QuerySet[Proposal]:
    """Return the records that the person coordinates and that may still need the person at ``at``."""
    gone = Q(state__in=[ProposalState.WITHDRAWN, ProposalState.LAPSED]) | Q(seminar__state__in=ENDED)
    reported = Q(side__call__window_end_on__lt=(at - REPORTING).date())
    return Proposal.objects.filter(coordinator=user).exclude(gone | reported)


def erasure_refusal(user: User, by: User, at: datetime) -> Refusal | None:
    """An administrator erases somebody else who acts for nobody any more and has nothing under way."""
    if not by.is_staff:
        return _("Only administrators may do this.")
    if user == by:
        return _("Another administrator must erase your account.")
    if is_erased(user):
        return _("This person is erased already.")
    if user.is_staff or user.memberships.exists():
        return _("Take the person's roles first: nobody else would act in their place.")
    if under_way(user, at).exists():
        return _("The person coordinates a project that is under way.")
    return None


def retention_refusal(last_day: date, by: User, at: datetime) -> Refusal | None:
    """An administrator ends a period once its last day is past."""
    if not by.is_staff or not by.is_active:
        return _("Only administrators may do this.")
    return _("The period has not ended yet.") if at.date() <= last_day else None

"""Deciding on eligibility, reopening a decision, and choosing when coordinators are told."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import Eligibility, SeminarState
from seminars.models import EligibilityNotice
from seminars.permissions.base import Refusal
from seminars.queries.eligibility import Case, Half
from seminars.rules import eligibility, states


def settled_at(case: Case) -> datetime:
    """Return the last moment at which something of the case may still change by itself, late admissions included.

    A correction that one agency asked for holds up its own decision only.
    """
    admitted = [half.record.admitted_until for half in case.halves if half.record]
    return max(filter(None, [*(side.deadline_at for side in case.call.sides.all()), *admitted]))


def _not_of_agency(half: Half, by: User) -> Refusal | None:
    own = half.side.agency_id in by.officer_agencies
    return None if own else _("Only an officer of this agency may do this.")


def decide_refusal(case: Case, half: Half, by: User, at: datetime, outcome: str = "") -> Refusal | None:
    """Say why ``by`` may not decide on a half at ``at``, with ``outcome`` where it is known already.

    Another agency's, not submitted, too early, decided already, or an outcome that R3 does not leave.
    """
    if refusal := _not_of_agency(half, by):
        return refusal
    if not half.is_filed:
        return _("Only a submitted record is decided on.")
    if half.decision and half.decision.outcome == Eligibility.CORRECTION:
        return _("A correction is under way. Wait until it has come in, or reopen the decision.")
    if half.decision:
        return _("This is decided already. Reopen the decision first.")
    if at <= settled_at(case) + eligibility.SETTLED:
        return _("A deadline or a late admission has not passed yet: the records can still change.")
    if case.seminar and not states.allowed(states.SEMINAR, "find_eligible", case.seminar.state):
        return _("This pair has gone further than eligibility.")
    return _outcome_refusal(case, half, outcome)


def _outcome_refusal(case: Case, half: Half, outcome: str) -> Refusal | None:
    if outcome in (Eligibility.ELIGIBLE, Eligibility.CORRECTION) and case.is_void:
        return _("Only one half was submitted: the project is void (R3), and neither eligible nor to be corrected.")
    if outcome == Eligibility.CORRECTION and half.record is None:
        return _("This half is only listed here: it is corrected where it was filed.")
    return None


def reopen_decision_refusal(case: Case, half: Half, by: User) -> Refusal | None:
    """Say why ``by`` may not reopen the decision on a half: another agency's, none there, or the pair went further."""
    if refusal := _not_of_agency(half, by):
        return refusal
    if half.decision is None:
        return _("Nothing is decided here.")
    reopenable = (SeminarState.PAIRED, SeminarState.ELIGIBLE, SeminarState.INELIGIBLE)
    if case.seminar and case.seminar.state not in reopenable:
        return _("This pair has gone further than eligibility.")
    return None


def _not_of_call(notice: EligibilityNotice, by: User) -> bool:
    return not any(side.agency_id in by.officer_agencies for side in notice.call.sides.all())


def change_notice_refusal(notice: EligibilityNotice, by: User) -> Refusal | None:
    """Say why ``by`` may not move or cancel a notice: not an officer of the call, or it is over."""
    if _not_of_call(notice, by):
        return _("Only an officer of this agency may do this.")
    if notice.sent_at:
        return _("This notice has gone already.")
    return _("This notice has been cancelled.") if notice.cancelled_at else None


def agree_refusal(notice: EligibilityNotice, by: User) -> Refusal | None:
    """Say why ``by`` may not agree to a notice: it is over, agreed to, or their own agency's proposal."""
    if refusal := change_notice_refusal(notice, by):
        return refusal
    if notice.agreed_at:
        return _("Both agencies have agreed to this notice already.")
    others = [side.agency_id for side in notice.call.sides.all() if side.pk != notice.side_id]
    if not set(others) & set(by.officer_agencies):
        return _("Your agency has planned this notice: an officer of the other one agrees to it.")
    return None

"""Validating a budget, answering to it, and declining a seminar."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import WRITING, AwardState
from reviews.models import Award, Report
from reviews.permissions.base import not_officer
from reviews.queries.award import listed_side
from seminars.choices import SeminarState
from seminars.models import CallAgency, Proposal, Seminar
from seminars.permissions import Refusal
from seminars.permissions.base import not_owner
from seminars.rules import states


def validate_refusal(proposal: Proposal, award: Award | None, by: User) -> Refusal | None:
    """Say why ``by`` may not change what is granted to a record."""
    if refusal := not_officer(proposal.side, by):
        return refusal
    if award is not None and award.state == AwardState.ACCEPTED:
        return _("The coordinator has accepted: the budget can no longer change.")
    return _not_selected(proposal)


def propose_refusal(proposal: Proposal, award: Award | None, by: User) -> Refusal | None:
    """Say why ``by`` may not send what is granted to the coordinator."""
    if refusal := validate_refusal(proposal, award, by):
        return refusal
    if award is None:
        return _("Validate the budget first.")
    return _("The budget is with the coordinator already.") if award.state == AwardState.PROPOSED else None


def accept_refusal(proposal: Proposal, award: Award | None, by: User) -> Refusal | None:
    """Say why ``by`` may not accept the validated budget; an answer to it does not stand in the way."""
    if refusal := not_owner(proposal, by) or _not_selected(proposal):
        return refusal
    if award is None or award.state == AwardState.VALIDATING:
        return _("The agency is still validating the budget.")
    return _("You have accepted the budget already.") if award.state == AwardState.ACCEPTED else None


def answer_refusal(proposal: Proposal, award: Award | None, by: User) -> Refusal | None:
    """Say why ``by`` may not disagree with the validated budget."""
    if refusal := accept_refusal(proposal, award, by):
        return refusal
    answered = award is not None and award.state == AwardState.ANSWERED
    return _("You have answered already: the agency looks at it.") if answered else None


def decline_award_refusal(proposal: Proposal, by: User) -> Refusal | None:
    """Say why ``by`` may not give the selected or confirmed seminar up."""
    return not_running(proposal, by) or reported_refusal(proposal.seminar_id)


def reported_refusal(seminar: int | None) -> Refusal | None:
    """Say why a seminar can no longer be given up or cancelled: its report, which tells what took place, is there."""
    written = Report.objects.filter(seminar=seminar).exclude(state__in=WRITING).exists()
    return _("The final report is handed in and says what took place: nothing is left to cancel.") if written else None


def not_running(proposal: Proposal, by: User) -> Refusal | None:
    """Say why ``by`` has no say, as a coordinator, in a selected or confirmed seminar."""
    if refusal := not_owner(proposal, by):
        return refusal
    announced = proposal.seminar is not None and proposal.seminar.state in (
        SeminarState.SELECTED,
        SeminarState.CONFIRMED,
    )
    return None if announced else _("This seminar is not selected, or no longer.")


def settle_listed_refusal(side: CallAgency, seminar: Seminar, by: User) -> Refusal | None:
    """Say why ``by`` may not note that the budget of a half known from a list only is settled."""
    if refusal := not_officer(side, by):
        return refusal
    if listed_side(seminar) != side or not states.allowed(states.SEMINAR, "confirm_seminar", seminar.state):
        return _("This seminar is not selected, or no longer.")
    noted = seminar.listed_awards.filter(side=side).exists()
    return _("Your agency has noted this already.") if noted else None


def _not_selected(proposal: Proposal) -> Refusal | None:
    seminar = proposal.seminar
    may = seminar is not None and states.allowed(states.SEMINAR, "confirm_seminar", seminar.state)
    return None if may and proposal.side.cap is not None else _("This seminar is not selected, or no longer.")

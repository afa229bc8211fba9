"""Mails about awards. They name no amount: those are read after signing in."""

from datetime import datetime

from django.db.models import Model

from accounts.actions.messages import queue_message, render_message
from reviews.models import Award
from reviews.models.closed import officers_who_see
from seminars.models import CallAgency, Proposal, Seminar


def award_proposed(award: Award, *, at: datetime) -> None:
    """Ask the coordinator to accept the validated budget, or to answer."""
    proposal = award.proposal
    queue_message(
        "award_proposed",
        to=proposal.coordinator,
        about=award,
        context={"proposal": proposal},
        at=at,
        key=str(award.version),
    )


def preview(award: Award, *, at: datetime) -> tuple[str, str]:
    """Return subject and text of the mail that ``award_proposed`` would send now."""
    proposal = award.proposal
    subject, text, _html = render_message(
        "award_proposed", to=proposal.coordinator, about=award, context={"proposal": proposal}, at=at
    )
    return subject, text


def award_answered(award: Award, *, at: datetime) -> None:
    """Tell the officers of the agency that the coordinator disagrees."""
    context = {"proposal": award.proposal}
    for officer in officers_who_see(award.proposal.seminar, [award.proposal.side]):
        queue_message("award_answered", to=officer, about=award, context=context, at=at, key=str(award.version))


def seminar_confirmed(seminar: Seminar, *, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that the seminar takes place."""
    tell_all("seminar_confirmed", seminar, about=seminar, at=at)


def seminar_declined(seminar: Seminar, *, by: Proposal, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that a coordinator has given the seminar up."""
    tell_all("seminar_declined", seminar, about=seminar, at=at, decliner=by.coordinator)


def tell_all(kind: str, seminar: Seminar, *, about: Model, at: datetime, **context: object) -> None:
    """Write to both coordinators and to the officers of both agencies."""
    for proposal in seminar.proposals.select_related("coordinator", "side__call").order_by("pk"):
        values = {**context, "seminar": seminar, "proposal": proposal}
        queue_message(kind, to=proposal.coordinator, about=about, context=values, at=at)
    tell_officers(kind, seminar, about=about, at=at, **context)


def tell_officers(kind: str, seminar: Seminar, *, about: Model, at: datetime, **context: object) -> None:
    """Write to the officers of both agencies who may know of the pair."""
    for officer in officers_who_see(seminar, CallAgency.objects.filter(call=seminar.call_id)):
        queue_message(kind, to=officer, about=about, context={**context, "seminar": seminar}, at=at)

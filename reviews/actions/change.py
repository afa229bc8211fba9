"""Asking for other dates, another venue or other participants, and what both agencies' officers say to it (R28)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.award import require_not_shut_out
from reviews.actions.evaluation import lock_call
from reviews.actions.people_change import apply_people
from reviews.choices import ChangeDeed, ChangeState
from reviews.models import Change, ChangeWord
from reviews.models.change import person_values
from reviews.permissions import (
    agree_change_refusal,
    ask_change_refusal,
    decide_change_refusal,
    withdraw_change_refusal,
    zones_of,
)
from reviews.queries.change import FACTS, Wanted, findings_of, moved_by, says_now, wanted_of
from reviews.rules.change import is_past
from seminars.choices import ParticipantRole, SeminarState
from seminars.models import CallAgency, Laboratory, Participant, Proposal, Session
from seminars.permissions import Refused, require
from seminars.words.wording import words


@transaction.atomic
def ask_change(proposal: Proposal, wanted: Wanted, *, reason: str, by: User, at: datetime) -> Change:
    """Ask both agencies, as a coordinator, for other dates or another venue.

    Raises Refused: not the coordinator, not selected, over already, another change under way, nothing changed, days
    that are over, no reason, or a rule that the wanted values break (R6, R7, R9).
    """
    change = _asked(proposal, wanted, reason, by=by, at=at)
    if is_past(wanted.end_on, wanted.venue_country, zones_of(proposal), at):
        raise Refused(_("The new last day is over already."))
    if change.before == says_now(_as_wanted(proposal, wanted)):
        raise Refused(_("These are the dates and the venue of the seminar already."))
    return _send(change, "change_asked", by=by, at=at)


@transaction.atomic
def ask_people_change(
    proposal: Proposal,
    deed: ChangeDeed,
    person: Participant | None = None,
    laboratory: Laboratory | None = None,
    *,
    row: int | None = None,
    reason: str,
    by: User,
    at: datetime,
) -> Change:
    """Ask both agencies, as a coordinator, to add a participant, or to replace or remove that of ``row``.

    ``person`` is who comes, with the ``laboratory`` where they work; neither is stored before both have agreed.
    Raises Refused: as ``ask_change``, not a participant of the record or its coordinator, or a rule that the change
    breaks (R10 to R12, R15, R17).
    """
    change = _asked(proposal, None, reason, by=by, at=at)
    change.deed, change.participant = deed, row
    if row is not None:
        known = Participant.objects.exclude(role=ParticipantRole.COORDINATOR).filter(proposal=proposal, pk=row).first()
        if known is None:
            raise Refused(_("This person is not, or no longer, a participant of your record."))
        change.person_before = person_values(known, known.laboratory)
    change.person = person_values(person, laboratory) if person else {}
    if change.person == change.person_before:
        raise Refused(_("Nothing would change."))
    return _send(change, "people_change_asked", by=by, at=at)


def _asked(proposal: Proposal, wanted: Wanted | None, reason: str, *, by: User, at: datetime) -> Change:
    """Return a change that is not stored yet, under the lock of the call; dates and venue stay without ``wanted``."""
    lock_call(proposal.side.call)
    proposal = Proposal.objects.with_side().get(pk=proposal.pk)
    require(ask_change_refusal(proposal, by, at))
    assert proposal.seminar is not None  # noqa: S101 - or there had been a refusal
    if not reason.strip():
        raise Refused(_("Say why the seminar is to change."))
    facts = wanted.__dict__ if wanted else {name: getattr(proposal, name) for name in FACTS}
    change = Change(seminar=proposal.seminar, side=proposal.side, asked_by=by, asked_at=at, **facts)
    change.before, change.reason = says_now(proposal), reason.strip()
    return change


def _send(change: Change, verb: str, *, by: User, at: datetime) -> Change:
    _require_rules(change)
    change.save()
    record(change.seminar, verb, by=by, at=at, reason=change.reason)
    mails.change_asked(change, at=at)
    return change


@transaction.atomic
def decide_change(
    change: Change, side: CallAgency, *, agrees: bool, reason: str = "", by: User, at: datetime
) -> ChangeState:
    """Say for one agency whether a change is agreed to, and return how the change stands.

    One refusal ends it; when every side of the call has agreed, both records say it from then on. Raises Refused: not
    the side's officer, in conflict with the pair, settled or decided already, a refusal without a reason, a seminar
    that no longer takes place or whose report is handed in, or rules that no longer hold.
    """
    call = lock_call(side.call)
    change = Change.objects.select_related("seminar", "side").get(pk=change.pk)
    require(decide_change_refusal(change, side, by))
    require_not_shut_out(change.seminar_id, by)
    if change.seminar.call_id != call.pk or change.seminar.state == SeminarState.CANCELLED:
        raise Refused(_("This seminar is not selected, or no longer."))
    if not agrees and not reason.strip():
        raise Refused(_("Say why the change is refused."))
    if agrees:
        require(agree_change_refusal(change))
        _require_rules(change)
    ChangeWord.objects.create(change=change, side=side, agrees=agrees, reason=reason.strip(), said_at=at, said_by=by)
    verb = "change_agreed" if agrees else "change_refused"
    record(change.seminar, verb, by=by, at=at, reason=reason.strip())
    if not agrees:
        _settle(change, ChangeState.REFUSED, at)
    elif change.words.filter(agrees=True).count() == len(call.sides.all()):
        (apply_people if change.deed else _apply)(change, by=by, at=at)
        _settle(change, ChangeState.APPROVED, at)
    return ChangeState(change.state)


@transaction.atomic
def withdraw_change(change: Change, proposal: Proposal, *, by: User, at: datetime) -> None:
    """Take back, as the coordinator who asked, a change that is not settled yet. Raises Refused."""
    lock_call(proposal.side.call)
    change = Change.objects.select_related("seminar", "side").get(pk=change.pk)
    require(withdraw_change_refusal(change, proposal, by))
    change.state, change.ended_at = ChangeState.WITHDRAWN, at
    change.save(update_fields=["state", "ended_at"])
    record(change.seminar, "change_withdrawn", by=by, at=at)
    mails.change_withdrawn(change, at=at)


def _require_rules(change: Change) -> None:
    if broken := findings_of(change).stopping:
        raise Refused(" ".join(dict.fromkeys(str(words(violation)) for violation in broken)))


def _as_wanted(proposal: Proposal, wanted: Wanted) -> Proposal:
    return Proposal(**wanted.__dict__, side=proposal.side, coordinator_id=proposal.coordinator_id)


def _settle(change: Change, state: ChangeState, at: datetime) -> None:
    change.state, change.ended_at = state, at
    change.save(update_fields=["state", "ended_at"])
    mails.change_settled(change, at=at)


def _apply(change: Change, *, by: User, at: datetime) -> None:
    """Let both records say it, in id order, and move their sessions with the first day."""
    wanted = wanted_of(change)
    for proposal in Proposal.objects.filter(seminar=change.seminar).select_for_update(of=("self",)).order_by("pk"):
        before, days = says_now(proposal), moved_by(proposal.start_on, wanted.start_on)
        version = {"facts_version": F("facts_version") + 1, "facts_saved_at": at, "changed_at": at}
        Proposal.objects.filter(pk=proposal.pk).update(**wanted.__dict__, **version)
        for session in Session.objects.filter(proposal=proposal) if days else ():
            session.on += days
            session.version += 1
            session.saved_at = at
            session.save(update_fields=["on", "version", "saved_at"])
        after = says_now(Proposal.objects.get(pk=proposal.pk))
        changed = [name for name in after if before[name] != after[name]]
        was, now = ({name: values[name] for name in changed} for values in (before, after))
        record(proposal, "change_applied", by=by, at=at, before=was, after=now, reason=change.reason)

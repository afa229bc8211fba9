"""Declaring conflicts of interest, detecting them, and deciding on them; what stands shuts out at once (R23)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.choices import Role
from accounts.models import Membership, User
from reviews import mails
from reviews.actions.assignment import lock_panel
from reviews.choices import ACTIVE, CONFLICTED, AssignmentState, ConflictState
from reviews.models import Assignment, Conflict
from reviews.permissions import decide_conflict_refusal, declare_refusal, withdraw_declaration_refusal
from reviews.queries.ties import judges_of, names_of, teams_of
from reviews.rules.conflicts import reasons
from seminars.choices import SeminarState
from seminars.models import CallAgency, Recusal, Seminar
from seminars.permissions import Refused, require

JUDGED = (SeminarState.ELIGIBLE, SeminarState.IN_REVIEW)
"""The states of a pair in which conflicts matter."""


@transaction.atomic
def declare_conflict(side: CallAgency, seminar: Seminar, *, statement: str, by: User, at: datetime) -> Conflict:
    """Declare that one is in conflict with a pair: it is closed to ``by`` from now on. Raises Refused."""
    lock_panel(side)
    require(declare_refusal(side, by))
    if seminar.call_id != side.call_id or seminar.state not in JUDGED:
        raise Refused(_("This pair is not in review."))
    conflict = Conflict.objects.filter(user=by, seminar=seminar).select_for_update().first()
    if conflict is None:
        conflict = Conflict(side=side, user=by, seminar=seminar, noted_at=at)
    before = conflict.state
    conflict.state, conflict.statement = ConflictState.DECLARED, statement
    conflict.save()
    record(conflict, "conflict_declared", by=by, at=at, before={"state": before}, after={"state": conflict.state})
    apply(conflict, by=by, at=at)
    return conflict


@transaction.atomic
def withdraw_declaration(conflict: Conflict, *, by: User, at: datetime) -> None:
    """Take one's declaration back. Raises Refused where the application sees a conflict too."""
    held = _lock(conflict)
    require(withdraw_declaration_refusal(held, by))
    _become(held, ConflictState.WITHDRAWN, "conflict_withdrawn", by=by, at=at)


@transaction.atomic
def decide_conflict(conflict: Conflict, *, stands: bool, reason: str, by: User, at: datetime) -> None:
    """Confirm a detected conflict, or set it aside, with a reason. Raises Refused."""
    held = _lock(conflict)
    require(decide_conflict_refusal(held, by))
    if not reason.strip():
        raise Refused(_("Say why."))
    held.decided_at, held.decided_by, held.decision_reason = at, by, reason
    state = ConflictState.CONFIRMED if stands else ConflictState.SET_ASIDE
    _become(held, state, "conflict_decided", by=by, at=at, reason=reason)


def _lock(conflict: Conflict) -> Conflict:
    lock_panel(conflict.side)
    list(Conflict.objects.filter(pk=conflict.pk).select_for_update().values_list("pk"))
    return Conflict.objects.select_related("side__agency", "user", "seminar").get(pk=conflict.pk)


def _become(held: Conflict, state: str, verb: str, *, by: User, at: datetime, reason: str = "") -> None:
    before = {"state": held.state}
    held.state = state
    held.save()
    record(held, verb, by=by, at=at, before=before, after={"state": state}, reason=reason)
    apply(held, by=by, at=at)


def apply(conflict: Conflict, *, by: User | None, at: datetime) -> None:
    """Shut the person out of the pair while the conflict stands, and let them in again when it no longer does.

    Assignments of the pair end with it; call it with the panel's row locked, in the conflict's own transaction.
    """
    if conflict.state not in CONFLICTED:
        Recusal.objects.filter(user=conflict.user_id, seminar=conflict.seminar_id).delete()
        return
    Recusal.objects.get_or_create(user_id=conflict.user_id, seminar_id=conflict.seminar_id, defaults={"since": at})
    given = Assignment.objects.filter(
        reviewer__user=conflict.user_id, seminar=conflict.seminar_id, state__in=ACTIVE
    ).select_for_update(of=("self",))
    for assignment in given:
        before = {"state": assignment.state}
        assignment.state, assignment.answered_at = AssignmentState.WITHDRAWN, at
        assignment.save(update_fields=["state", "answered_at"])
        record(assignment, "withdrawn", by=by, at=at, before=before, after={"state": assignment.state})


@transaction.atomic
def detect_conflicts(side: CallAgency, *, at: datetime, user: User | None = None) -> list[Conflict]:
    """Compare everybody who judges for a side, or one person, with the teams of all pairs; return what is new.

    What an officer has set aside stays so unless a reason has come to it; what was declared or confirmed stands.
    """
    lock_panel(side)
    pairs = Seminar.objects.filter(call=side.call_id, state__in=JUDGED)
    teams = teams_of(list(pairs.values_list("pk", flat=True)))
    silent = names_of(side)
    judges = judges_of(side, user.pk if user else None)
    known = {
        (conflict.user_id, conflict.seminar_id): conflict
        for conflict in Conflict.objects.filter(user__in=[judge.user for judge in judges], seminar__in=teams)
    }
    new = []
    for judge in judges:
        for seminar, team in teams.items():
            found = [{"code": reason.code, "seen": reason.seen} for reason in reasons(judge, team, silent)]
            conflict = known.get((judge.user, seminar))
            if found and (changed := _noted(conflict, found, side, judge.user, seminar, at)):
                new.append(changed)
    if new:
        mails.conflicts_detected(side, new, at=at)
    return new


def detect_at_role(membership: Membership, *, at: datetime) -> None:
    """Look for the conflicts of somebody who becomes an officer or a chair while an evaluation is under way (R23)."""
    if membership.role in (Role.OFFICER, Role.CHAIR):
        for side in CallAgency.objects.filter(agency=membership.agency_id, panel__isnull=False).order_by("pk"):
            detect_conflicts(side, user=membership.user, at=at)


def _noted(
    conflict: Conflict | None,
    found: list[dict[str, str]],
    side: CallAgency,
    user: int,
    seminar: int,
    at: datetime,
) -> Conflict | None:
    """Write down what was found; return the conflict where it has to be decided on, anew or for the first time."""
    if conflict is None:
        conflict = Conflict(side=side, user_id=user, seminar_id=seminar, noted_at=at, state=ConflictState.DETECTED)
    elif all(reason in conflict.reasons for reason in found):
        return None
    before = {"state": conflict.state} if conflict.pk else {}
    conflict.reasons = found
    if conflict.state in (ConflictState.SET_ASIDE, ConflictState.WITHDRAWN):
        conflict.state = ConflictState.DETECTED
    conflict.save()
    record(conflict, "conflict_detected", by=None, at=at, before=before, after={"state": conflict.state})
    apply(conflict, by=None, at=at)
    return conflict if conflict.state == ConflictState.DETECTED else None

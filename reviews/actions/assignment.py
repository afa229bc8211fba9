"""Giving pairs to reviewers and taking them back; acknowledging, declining, and chasing by an officer."""

import hashlib
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.choices import ACTIVE, AssignmentState, ReviewerState
from reviews.models import Assignment, Panel, Reviewer
from reviews.models.closed import closed_to
from reviews.permissions import acknowledge_refusal, assign_refusal, decline_refusal, withdraw_refusal
from reviews.queries.pairs import Pairing, shut_out
from seminars.choices import SeminarState
from seminars.models import CallAgency, Seminar
from seminars.permissions import Refused, require


def lock_panel(side: CallAgency) -> Panel | None:
    """Lock the panel of a side, for what concerns one agency alone, and return it."""
    return Panel.objects.filter(side=side).select_for_update().first()


@transaction.atomic
def assign(
    side: CallAgency, wanted: Collection[Pairing], *, keep_to_load: bool = False, by: User, at: datetime
) -> list[Assignment]:
    """Give pairs to reviewers of a side, all or none; each reviewer gets one mail for the batch.

    What is given already is left alone. Raises Refused: not an officer, no panel or a sealed one, a reviewer who has
    not accepted, a pair that is not in review, a conflict of interest (R23), or, with ``keep_to_load``, more than a
    reviewer is ready to review.
    """
    panel = lock_panel(side)
    require(assign_refusal(side, panel, by))
    assert panel is not None  # noqa: S101 - or there had been a refusal
    ids = {reviewer for reviewer, _pair in wanted}, {pair for _reviewer, pair in wanted}
    reviewers = _lock_reviewers(side, ids[0])
    seminars = Seminar.objects.filter(pk__in=ids[1], call=side.call_id, state=SeminarState.IN_REVIEW)
    pairs = {seminar.pk: seminar for seminar in seminars.select_for_update().order_by("pk")}
    conflicts = shut_out([by.pk, *(person.user_id for person in reviewers.values() if person.user_id)], ids[1])
    given = set(Assignment.objects.active().filter(reviewer__in=reviewers).values_list("reviewer", "seminar"))
    new = sorted(set(wanted) - given)
    for reviewer, pair in new:
        if reviewer not in reviewers:
            raise Refused(_("One of these people does not review for this agency."))
        if pair not in pairs or (by.pk, pair) in conflicts:
            raise Refused(_("One of these pairs is not in review."))
        if (reviewers[reviewer].user_id, pair) in conflicts:
            names = {"reviewer": reviewers[reviewer], "pair": pairs[pair]}
            raise Refused(_("%(reviewer)s has a conflict of interest with pair %(pair)s.") % names)
    if keep_to_load:
        _require_load(reviewers, Counter(reviewer for reviewer, _pair in [*given, *new]))
    made = [
        Assignment(reviewer=reviewers[reviewer], seminar=pairs[pair], assigned_at=at, assigned_by=by)
        for reviewer, pair in new
    ]
    for assignment in Assignment.objects.bulk_create(made):
        after = {"reviewer": assignment.reviewer_id, "seminar": assignment.seminar_id, "state": assignment.state}
        record(assignment, "assigned", by=by, at=at, after=after)
    for reviewer, number in sorted(Counter(reviewer for reviewer, _pair in new).items()):
        mails.assignments_given(reviewers[reviewer], number, panel, at=at)
    return made


def _lock_reviewers(side: CallAgency, ids: Collection[int]) -> dict[int, Reviewer]:
    found = Reviewer.objects.filter(pk__in=ids, side=side, state=ReviewerState.ACCEPTED, user__is_active=True)
    list(found.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    return {reviewer.pk: reviewer for reviewer in found.select_related("user", "side__call", "side__agency")}


def _require_load(reviewers: dict[int, Reviewer], loads: Counter[int]) -> None:
    for reviewer in reviewers.values():
        if loads[reviewer.pk] > reviewer.most:
            raise Refused(_("%(reviewer)s would get more pairs than agreed.") % {"reviewer": reviewer})


def stand_of(side: CallAgency, by: User) -> str:
    """Return a fingerprint of who has which pair of a side, as far as ``by`` may know."""
    active = Assignment.objects.visible_to(by).active().filter(reviewer__side=side)
    stand = sorted(active.values_list("reviewer", "seminar"))
    return hashlib.sha256(str(stand).encode()).hexdigest()


@transaction.atomic
def take_proposal(
    side: CallAgency, wanted: Collection[Pairing], *, seen: str, by: User, at: datetime
) -> list[Assignment]:
    """Give what was proposed while the assignments stood as ``seen`` (``stand_of``).

    Raises Refused when they have changed since, when somebody would get more than agreed, and as ``assign`` does.
    """
    lock_panel(side)
    if stand_of(side, by) != seen:
        raise Refused(_("Assignments have changed since this was proposed. Here is a new proposal."))
    return assign(side, wanted, keep_to_load=True, by=by, at=at)


@transaction.atomic
def change(
    side: CallAgency, *, give: Collection[Pairing], take_back: Collection[int], by: User, at: datetime
) -> tuple[int, int]:
    """Give pairs and take others back (ids of assignments of the side) in one go; return how many of each.

    What is no longer in force is left alone. Raises Refused as ``assign`` and ``withdraw`` do, with nothing changed.
    """
    lock_panel(side)
    active = Assignment.objects.visible_to(by).active().filter(pk__in=take_back, reviewer__side=side)
    back = list(active.select_related("reviewer__side").order_by("pk"))
    for assignment in back:
        withdraw(assignment, by=by, at=at)
    return len(assign(side, give, by=by, at=at)), len(back)


@transaction.atomic
def withdraw(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Take a pair back from its reviewer. Raises Refused: not an officer, sealed, or no longer in force."""
    panel = lock_panel(assignment.reviewer.side)
    held = _lock(assignment)
    require(withdraw_refusal(held, panel, by))
    _answer(held, AssignmentState.WITHDRAWN, "withdrawn", by=by, at=at)


@transaction.atomic
def acknowledge(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Say that one takes a pair on. Raises Refused: somebody else's, no longer in force, or said before."""
    held = _lock(assignment)
    require(acknowledge_refusal(held, by))
    _answer(held, AssignmentState.ACKNOWLEDGED, "acknowledged", by=by, at=at)


@transaction.atomic
def decline(assignment: Assignment, *, reason: str, by: User, at: datetime) -> None:
    """Hand a pair back with a reason; the agency's officers are told.

    Raises Refused: somebody else's, no longer in force, the review or the panel sealed, or no reason.
    """
    panel = lock_panel(assignment.reviewer.side)
    held = _lock(assignment)
    require(decline_refusal(held, panel, by))
    if not reason.strip():
        raise Refused(_("Say why."))
    _answer(held, AssignmentState.DECLINED, "declined", by=by, at=at, reason=reason)
    mails.assignment_declined(held, at=at)


def _lock(assignment: Assignment) -> Assignment:
    list(Assignment.objects.filter(pk=assignment.pk).select_for_update().values_list("pk"))
    related = ("reviewer__side__call", "reviewer__side__agency", "reviewer__user", "seminar__call", "review")
    return Assignment.objects.select_related(*related).get(pk=assignment.pk)


def _answer(held: Assignment, state: str, verb: str, *, by: User, at: datetime, reason: str = "") -> None:
    before = {"state": held.state}
    held.state, held.answered_at, held.reason = state, at, reason
    held.save(update_fields=["state", "answered_at", "reason"])
    record(held, verb, by=by, at=at, before=before, after={"state": state}, reason=reason)


@transaction.atomic
def chase(side: CallAgency, assignments: Collection[int], *, by: User, at: datetime) -> int:
    """Remind reviewers of a side of those of ``assignments`` (ids) that are not sealed; return how many are reminded.

    Each gets one mail. Raises Refused: not an officer, no panel, or a sealed one.
    """
    panel = lock_panel(side)
    require(assign_refusal(side, panel, by))
    awaited = Assignment.objects.filter(pk__in=assignments, reviewer__side=side, state__in=ACTIVE)
    own = closed_to(by)
    return _chase(list(awaited.exclude(seminar__in=own).values_list("pk", flat=True)), by=by, at=at)


def _chase(ids: Collection[int], *, by: User, at: datetime) -> int:
    recused = Assignment.objects.shut_out().values("pk")
    awaited = Assignment.objects.filter(pk__in=ids, review__sealed_at__isnull=True).exclude(pk__in=recused)
    related = ("reviewer__user", "reviewer__side__call", "reviewer__side__agency", "reviewer__side__panel")
    found: dict[int, list[Assignment]] = {}
    for assignment in awaited.select_related(*related).order_by("reviewer", "pk"):
        found.setdefault(assignment.reviewer_id, []).append(assignment)
    for of_reviewer in found.values():
        for assignment in of_reviewer:
            assignment.chased_at = at
            assignment.save(update_fields=["chased_at"])
            record(assignment, "chased", by=by, at=at)
        reviewer = of_reviewer[0].reviewer
        mails.assignments_chased(reviewer, len(of_reviewer), reviewer.side.panel, at=at)
    return len(found)

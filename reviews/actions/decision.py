"""Proposing outcomes, signing and refusing them; all under the lock of the call (R25)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.evaluation import lock_call
from reviews.actions.selection import open_to_change
from reviews.choices import Outcome
from reviews.models import Decision, Selection, Signature
from reviews.permissions import sign_refusal
from reviews.permissions.selection import side_of
from reviews.queries.reserve import told_ranks
from reviews.queries.selection import discussed_by, seen_by
from reviews.rules.proposals import Place, changed, selected, skipped
from seminars.choices import SeminarState
from seminars.models import Call, CallAgency
from seminars.permissions import Refused, require

APART = 10000
"""Added to ranks while they change places, so that no two are ever the same."""


@transaction.atomic
def propose(call: Call, wishes: Mapping[int, Place], *, by: User, at: datetime) -> int:
    """Propose outcomes by the id of the pair, all or none; return how many decisions change, moved reserves included.

    What changes loses its signatures. Nothing that ``by`` is shut out of moves: the reserve list rather keeps a gap
    until somebody else changes it. Raises Refused: not an officer, not open, a pair that is not in review, or more
    selected than the call funds, or a reserve that moves up past a better one once the list is announced.
    """
    held = lock_call(call)
    selection = open_to_change(held, by)
    if discussed_by(held, by).filter(pk__in=wishes).count() != len(wishes):
        raise Refused(_("One of these pairs is not in review."))
    return _change(held, selection, wishes, by=by, at=at)


def _change(call: Call, selection: Selection, wishes: Mapping[int, Place], *, by: User, at: datetime) -> int:
    decisions = {decision.seminar_id: decision for decision in selection.decisions.order_by("pk").select_for_update()}
    standing = {pair: Place(decision.outcome, decision.reserve_rank) for pair, decision in decisions.items()}
    seen = set(seen_by(call, by).filter(pk__in=decisions).values_list("pk", flat=True))
    new = changed(standing, wishes, unmoved=standing.keys() - seen)
    _require_capacity(call, selection, {**standing, **new})
    if any(place.outcome == Outcome.SELECTED for place in new.values()) and skipped(
        told_ranks(call), {**standing, **new}
    ):
        raise Refused(_("The reserve list moves up in its order: decide on the pair with the better rank first."))
    moved = [decisions[pair].pk for pair in new if pair in decisions]
    _void(call, selection, moved, by=by, at=at)
    Decision.objects.filter(pk__in=moved, reserve_rank__isnull=False).update(reserve_rank=F("reserve_rank") + APART)
    for pair, place in sorted(new.items()):
        known = decisions.get(pair)
        decision = known or Decision(selection=selection, seminar_id=pair)
        decision.outcome, decision.reserve_rank = place.outcome, place.rank
        decision.proposed_at, decision.proposed_by = at, by
        decision.version += 1
        decision.save()
        before = {"outcome": standing[pair].outcome, "reserve_rank": standing[pair].rank} if known else {}
        after = {"outcome": place.outcome, "reserve_rank": place.rank}
        record(decision, "proposed", by=by, at=at, before=before, after=after)
    return len(new)


def _require_capacity(call: Call, selection: Selection, places: Mapping[int, Place]) -> None:
    """Refuse more selected than the call funds; a seminar that was cancelled has given its place back."""
    gone = set(selection.decisions.filter(seminar__state=SeminarState.CANCELLED).values_list("seminar", flat=True))
    counted = [place for pair, place in places.items() if pair not in gone]
    if call.capacity is not None and selected(counted) > call.capacity:
        raise Refused(_("The call funds %(capacity)s: no more can be selected.") % {"capacity": call.capacity})


def _void(call: Call, selection: Selection, decisions: Collection[int], *, by: User, at: datetime) -> None:
    standing = Signature.objects.standing().filter(decision__in=decisions).select_related("decision")
    signatures = list(standing.order_by("pk").select_for_update(of=("self",)))
    Signature.objects.filter(pk__in=[signature.pk for signature in signatures]).update(voided_at=at)
    for signature in signatures:
        record(signature, "voided", by=by, at=at)
    lost: dict[int, set[int]] = {}
    for signature in signatures:
        if signature.signed_by_id != by.pk:
            lost.setdefault(signature.side_id, set()).add(signature.decision.seminar_id)
    for side in call.sides.all():
        if side.pk in lost:
            mails.signatures_voided(selection, side, lost[side.pk], at=at)


@transaction.atomic
def sign(call: Call, versions: Mapping[int, int], *, by: User, at: datetime) -> int:
    """Sign decisions (id to the version that was read) for one's agency, all or none; return how many are new.

    What the own agency has signed already is left as it is. Raises Refused: not an officer, not open, changed since it
    was read, refused, signed by the same person for the other agency, or more selected than the call funds.
    """
    held = lock_call(call)
    selection = open_to_change(held, by)
    side = _side(held, by)
    decisions = _read(held, selection, versions, by)
    standing = selection.decisions.values_list("seminar", "outcome", "reserve_rank")
    _require_capacity(held, selection, {pair: Place(outcome, rank) for pair, outcome, rank in standing})
    number = 0
    for decision in decisions:
        signatures = list(decision.signatures.standing())
        require(sign_refusal(decision, signatures, side, by))
        if side.pk not in {signature.side_id for signature in signatures}:
            signature = Signature.objects.create(decision=decision, side=side, signed_by=by, signed_at=at)
            record(signature, "signed", by=by, at=at, after={"version": decision.version, "outcome": decision.outcome})
            number += 1
    return number


@transaction.atomic
def refuse(call: Call, decision: Decision, *, version: int, reason: str, by: User, at: datetime) -> None:
    """Refuse a decision for one's agency, with a reason: the pair is then not selected.

    Whoever was behind it on the reserve list moves up, and what moves loses its signatures. Raises Refused: not an
    officer, not open, changed since it was read, refused already, or no reason.
    """
    held = lock_call(call)
    selection = open_to_change(held, by)
    side = _side(held, by)
    read = _read(held, selection, {decision.pk: version}, by)[0]
    if not reason.strip():
        raise Refused(_("Say why."))
    if read.signatures.standing().filter(refuses=True).exists():
        raise Refused(_("This pair is refused already."))
    _change(held, selection, {read.seminar_id: Place(Outcome.NOT_SELECTED)}, by=by, at=at)
    _void(held, selection, [read.pk], by=by, at=at)
    signature = Signature.objects.create(
        decision=read, side=side, signed_by=by, signed_at=at, refuses=True, reason=reason
    )
    record(signature, "refused", by=by, at=at, before={"outcome": read.outcome}, reason=reason)


def _side(call: Call, by: User) -> CallAgency:
    side = side_of(call, by)
    assert side is not None  # noqa: S101 - whoever may change the selection acts for a side
    return side


def _read(call: Call, selection: Selection, versions: Mapping[int, int], by: User) -> list[Decision]:
    """Lock the decisions that were read, and refuse when one is not as it was read."""
    mine = selection.decisions.filter(pk__in=versions, seminar__in=discussed_by(call, by).values("pk"))
    locked = list(mine.select_for_update(of=("self",)).select_related("seminar__call").order_by("pk"))
    if {decision.pk: decision.version for decision in locked} != dict(versions):
        raise Refused(_("What you read has changed meanwhile. Read it again before you sign."))
    return locked

"""The reserve list after an announcement: who moves up next when a place is free (R25)."""

from collections.abc import Iterable

from django.db.models import Exists

from accounts.models import User
from reviews.models import Decision, Told
from reviews.models.closed import pairs_run_by
from reviews.models.selection import JointDecisionQuerySet
from reviews.queries.panel_board import hidden_from
from reviews.rules.ranking import as_seen
from seminars.choices import FUNDED, SeminarState
from seminars.models import Call, Seminar


def told_ranks(call: Call) -> dict[int, int]:
    """Return the rank that each pair still on the reserve list of a call was told, by the id of the pair."""
    told = Told.objects.filter(seminar__call=call, seminar__state=SeminarState.RESERVE, reserve_rank__isnull=False)
    found = told.order_by("announcement").values_list("seminar", "reserve_rank")
    return {pair: rank for pair, rank in found if rank is not None}


def decisions_of(call: Call, user: User) -> JointDecisionQuerySet:
    """Return the decisions of a call that an officer may see, with whether there are others: ``partly``."""
    seen = Decision.objects.visible_to(user).filter(selection__call=call)
    return seen.annotate(partly=Exists(hidden_from(user, call)))


def reserve_ranks(decisions: Iterable[Decision]) -> dict[int, int | None]:
    """Return the rank on the reserve list of each pair as an officer sees it; give all of ``decisions_of`` (R23)."""
    ranked = [decision for decision in decisions if decision.reserve_rank]
    ranks = {decision.seminar_id: decision.reserve_rank for decision in ranked}
    return as_seen(ranks, partly=any(decision.partly for decision in ranked))  # type: ignore[attr-defined]


def moves_up(call: Call, user: User) -> Seminar | None:
    """Return the first pair of the reserve list, for an officer, while a selected one has given its place back.

    Nothing where no place is free, the list is empty, or the officer is shut out of that pair (R23).
    """
    states = list(Seminar.objects.filter(call=call).values_list("state", flat=True))
    is_free = call.capacity is None or sum(state in FUNDED for state in states) < call.capacity
    if SeminarState.CANCELLED not in states or SeminarState.RESERVE not in states or not is_free:
        return None
    ranks = told_ranks(call)
    if not ranks:
        return None
    first = min(ranks, key=lambda pair: ranks[pair])
    return pairs_run_by(user).select_related("call").filter(pk=first).first()

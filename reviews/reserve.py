"""The reserve list after an announcement: who moves up next when a place is free (R25)."""

from accounts.models import User
from reviews.models import Told
from seminars.choices import FUNDED, SeminarState
from seminars.models import Call, Seminar


def told_ranks(call: Call) -> dict[int, int]:
    """Return the rank that each pair still on the reserve list of a call was told, by the id of the pair."""
    told = Told.objects.filter(seminar__call=call, seminar__state=SeminarState.RESERVE, reserve_rank__isnull=False)
    found = told.order_by("announcement").values_list("seminar", "reserve_rank")
    return {pair: rank for pair, rank in found if rank is not None}


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
    seen = Seminar.objects.overseen_by(user).exclude(pk__in=user.recusals.values("seminar"))
    return seen.select_related("call").filter(pk=first).first()

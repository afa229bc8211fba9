"""Which pairs are closed to a person, whatever their role, and who is left to read of one (R23, SAFETY 3)."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from seminars.models import CallAgency, Proposal, Recusal, Seminar
from seminars.models.seminar import SeminarQuerySet


def closed_to(user: User) -> QuerySet[Seminar, int]:
    """Return the ids of the pairs of whose evaluation ``user`` reads nothing, for a subquery.

    They are those one is shut out of by a conflict of interest, and those one coordinates: at once and by itself,
    whether the conflict has been noted or not, and whatever an officer decides on it.
    """
    recused = Recusal.objects.filter(user=user).values("seminar")
    own = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
    return Seminar.objects.filter(Q(pk__in=recused) | Q(pk__in=own)).order_by().values_list("pk", flat=True)


def pairs_run_by(user: User) -> SeminarQuerySet:
    """Return the pairs whose evaluation, and what follows, ``user`` runs as an officer: none that is closed to them."""
    return Seminar.objects.overseen_by(user).exclude(pk__in=closed_to(user))


def officers_who_see(seminar: Seminar | None, sides: Iterable[CallAgency]) -> QuerySet[User]:
    """Return the officers of the agencies of ``sides`` to whom a pair is not closed; one query."""
    recused = Recusal.objects.filter(seminar=seminar).values("user")
    coordinating = Proposal.objects.filter(seminar=seminar).values("coordinator")
    acting = User.objects.officers_of([side.agency_id for side in sides])
    return acting.exclude(pk__in=recused).exclude(pk__in=coordinating)


def officers_who_see_any(pairs: Collection[int], side: CallAgency) -> list[User]:
    """Return the officers of a side's agency to whom not all of ``pairs`` (ids) are closed."""
    return [who for who in User.objects.officers_of([side.agency_id]) if not set(pairs) <= set(closed_to(who))]

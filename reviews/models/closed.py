"""Which pairs are closed to a person, whatever their role (R23, SAFETY 3)."""

from django.db.models import Q, QuerySet

from accounts.models import User
from seminars.models import Proposal, Recusal, Seminar


def closed_to(user: User) -> QuerySet[Seminar, int]:
    """Return the ids of the pairs of whose evaluation ``user`` reads nothing, for a subquery.

    They are those one is shut out of by a conflict of interest, and those one coordinates: at once and by itself,
    whether the conflict has been noted or not, and whatever an officer decides on it.
    """
    recused = Recusal.objects.filter(user=user).values("seminar")
    own = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
    return Seminar.objects.filter(Q(pk__in=recused) | Q(pk__in=own)).order_by().values_list("pk", flat=True)

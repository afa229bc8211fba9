"""Which budgets are validated, by who may read them, and how one stands beside what was asked for."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import User
from reviews.choices import SHOWN
from reviews.models import Award
from reviews.models.closed import closed_to, pairs_run_by
from seminars.choices import SELECTED
from seminars.models import BudgetLine, CallAgency, Proposal, Seminar

FETCHED = ("lines__participant", "lines__award_line")


def _announced() -> QuerySet[Proposal]:
    related = ("side__agency", "side__call", "seminar__call", "seminar__cancellation", "coordinator", "award")
    return Proposal.objects.filter(seminar__state__in=SELECTED).select_related(*related).prefetch_related(*FETCHED)


def validated_for(user: User) -> QuerySet[Proposal]:
    """Return the records with a cap (R14) of announced seminars that an officer oversees, both agencies' alike.

    Pairs one is shut out of, or coordinates, are not there (R23).
    """
    overseen = Proposal.objects.overseen_by(user).values("pk")
    found = _announced().filter(side__cap__isnull=False, pk__in=overseen)
    return found.exclude(seminar__in=closed_to(user)).order_by("seminar", "pk")


def selected_for(user: User) -> QuerySet[Seminar]:
    """Return the announced seminars that an officer oversees, but not those one is shut out of or coordinates (R23)."""
    return pairs_run_by(user).filter(state__in=SELECTED).order_by("pk")


def listed_of(user: User) -> QuerySet[Seminar]:
    """Return those of ``selected_for`` whose half of a side with a cap is known from a list only."""
    return selected_for(user).filter(listed__side__cap__isnull=False)


def listed_side(seminar: Seminar) -> CallAgency | None:
    """Return the side with a cap whose half of a pair is known from a list only, or nothing: one query."""
    capped = CallAgency.objects.filter(cap__isnull=False, listed__seminar=seminar)
    return capped.select_related("call", "agency").first()


def unsettled_listed(seminar: Seminar) -> bool:
    """Say whether a pair waits for the agency of its listed half to settle the budget there (R27)."""
    side = listed_side(seminar)
    return side is not None and not seminar.listed_awards.filter(side=side).exists()


def own_announced(user: User) -> QuerySet[Proposal]:
    """Return one's own records of announced seminars."""
    return _announced().filter(coordinator=user)


@dataclass(frozen=True)
class Line:
    """A line of the budget with what is granted of it, as far as the reader may know."""

    line: BudgetLine
    requested: Decimal
    approved: Decimal | None
    reason: str

    @property
    def is_lowered(self) -> bool:
        """Whether less is granted than was asked for."""
        return self.approved is not None and self.approved < self.requested


@dataclass(frozen=True)
class Budget:
    """The budget of a record with its award; ``approved`` is None as long as nothing is granted that may be shown."""

    proposal: Proposal
    award: Award | None
    lines: tuple[Line, ...]

    @property
    def requested(self) -> Decimal:
        """The sum of what was asked for."""
        return sum((line.requested for line in self.lines), Decimal(0))

    @property
    def approved(self) -> Decimal | None:
        """The sum of what is granted; nothing before the first validation."""
        known = [line.approved for line in self.lines if line.approved is not None]
        return sum(known, Decimal(0)) if self.award and len(known) == len(self.lines) else None


def budget_of(proposal: Proposal, *, for_coordinator: bool = False) -> Budget:
    """Return the budget of a record of the querysets above; a coordinator reads amounts once they are sent."""
    award = getattr(proposal, "award", None)
    if for_coordinator and award is not None and award.state not in SHOWN:
        award = None
    lines = []
    for line in proposal.lines.all():
        granted = getattr(line, "award_line", None) if award else None
        approved, reason = (granted.approved, granted.reason) if granted else (None, "")
        lines.append(Line(line, granted.requested if granted else line.amount, approved, reason))
    return Budget(proposal, award, tuple(lines))

"""Selected seminars with a budget, and what their agency grants, in a line each."""

from decimal import Decimal

from reviews.actions import award as actions
from reviews.models import Award
from reviews.rules.award import Granted
from seminars.choices import CostKind, SeminarState, Unit
from seminars.models import BudgetLine, Proposal, Seminar
from tests.cast import DEADLINE
from tests.reviews.world import AFTER_DUE
from tests.seminars.filed import bare_pair, officer

AT = AFTER_DUE


def selected(title: str = "Selected", costs: tuple[str, ...] = ("1000.00", "500.50")) -> Seminar:
    """Return a selected pair whose French half asks for ``costs``."""
    seminar = bare_pair(title)
    seminar.state = SeminarState.SELECTED
    seminar.paired_at = DEADLINE
    seminar.save()
    for cost in costs:
        BudgetLine.objects.create(
            proposal=half(seminar),
            kind=CostKind.MEALS,
            quantity=1,
            unit=Unit.MEAL,
            unit_cost=Decimal(cost),
            saved_at=DEADLINE,
        )
    return seminar


def half(seminar: Seminar, country: str = "FR") -> Proposal:
    """Return the record of one country."""
    return Proposal.objects.with_side().get(seminar=seminar, side__agency__country=country)


def all_of(record: Proposal, **less: tuple[str, str]) -> dict[int, Granted]:
    """Return everything granted, but for the ``first`` or ``last`` line an amount and a reason of their own."""
    granted = {line.pk: Granted(line.amount) for line in record.lines.all()}
    keys = sorted(granted)
    for name, (approved, reason) in less.items():
        granted[keys[0] if name == "first" else keys[-1]] = Granted(Decimal(approved), reason)
    return granted


def validated(seminar: Seminar, **less: tuple[str, str]) -> Award:
    """Let Inserm's officer validate the French budget."""
    record = half(seminar)
    version = getattr(getattr(record, "award", None), "version", None)
    return actions.validate(record, all_of(record, **less), version=version, by=officer("FR"), at=AT)


def proposed(seminar: Seminar, **less: tuple[str, str]) -> Award:
    """Let Inserm's officer validate the French budget and send it."""
    made = validated(seminar, **less)
    actions.propose(half(seminar), version=made.version, by=officer("FR"), at=AT)
    return Award.objects.get(pk=made.pk)

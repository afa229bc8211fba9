"""The pairs of a call that are not discussed because they are not eligible, with the agencies' reasons."""

from dataclasses import dataclass

from accounts.models import User
from reviews.models.closed import pairs_run_by
from reviews.queries.pairs import titles_of
from seminars.choices import Eligibility, SeminarState
from seminars.models import Call, EligibilityDecision, Seminar


@dataclass(frozen=True)
class Ineligible:
    """A pair with the decisions against it."""

    seminar: Seminar
    title: str
    decisions: list[EligibilityDecision]


def ineligible_pairs(call: Call, user: User) -> list[Ineligible]:
    """Return the ineligible pairs that an officer may see, by number; none one is shut out of."""
    found = list(pairs_run_by(user).filter(call=call, state=SeminarState.INELIGIBLE).order_by("pk"))
    if not found:
        return []
    ids = [pair.pk for pair in found]
    decided = EligibilityDecision.objects.visible_to(user).in_force().filter(seminar__in=ids)
    against: dict[int | None, list[EligibilityDecision]] = {}
    refusals = decided.filter(outcome=Eligibility.INELIGIBLE).select_related("side__agency")
    for decision in refusals.order_by("side__agency__accent"):
        against.setdefault(decision.seminar_id, []).append(decision)
    titles = titles_of(ids)
    for pair in found:
        pair.call = call
    return [Ineligible(pair, titles.get(pair.pk, ""), against.get(pair.pk, [])) for pair in found]

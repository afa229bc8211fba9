"""Records by who may see them, and with what those who read them need."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, Union, cast

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest

from accounts.models import ActsForAgencies, User
from seminars.choices import CONFIRMED, ProposalState
from seminars.models.call import CallAgency
from seminars.models.recusal import recused

if TYPE_CHECKING:
    from seminars.models.proposal import Proposal

Lookup = Union[str, "models.Prefetch[Any]"]
UNFINISHED = (ProposalState.DRAFT, ProposalState.AWAITING_INSTITUTION)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Records by who may see them, and with what they need."""

    _of_both: tuple[Lookup, ...] = ()

    def visible_to(self, user: User) -> Self:
        """Return the records that ``user`` may read.

        One's own; and for an officer those of the agency, and the other agency's as far as they are paired
        with one of the agency's, or with an application that the agency knows from its own list only; nothing of a
        pair that the officer is shut out of by a conflict of interest (SAFETY 3).
        """
        scope = Q(coordinator=user)
        if user.officer_agencies:
            scope |= self._oversight(user)
        return self.filter(scope)

    def overseen_by(self, user: ActsForAgencies, sides: Collection[int] | None = None) -> Self:
        """Return the records ``visible_to`` a user as an officer: without those the user coordinates for others.

        ``sides`` are all sides of the calls whose records are asked for: other calls are then not looked at.
        """
        within = Q() if sides is None else Q(side__in=sides)
        return self.filter(within, self._oversight(user, within))

    def _oversight(self, user: ActsForAgencies, within: Q | None = None) -> Q:
        own = Q(side__agency__in=user.officer_agencies)
        confirmed = self.model.objects.filter(within or Q(), seminar__state__in=CONFIRMED)
        listed = confirmed.filter(seminar__listed__side__agency__in=user.officer_agencies)
        paired = confirmed.filter(own)
        seen = own | Q(seminar__in=paired.values("seminar")) | Q(seminar__in=listed.values("seminar"))
        return seen & ~Q(seminar__in=recused(user))

    def that_stand_for(self, user: ActsForAgencies) -> Self:
        """Return an officer's one record of each pair: the own agency's, or the other where the own half is listed."""
        own = user.officer_agencies
        return self.filter(Q(side__agency__in=own) | Q(seminar__listed__side__agency__in=own))

    def owned_by(self, user: User) -> Self:
        """Return the records that ``user`` coordinates."""
        return self.filter(coordinator=user)

    def and_partners(self) -> "ProposalQuerySet":
        """Return these records and their partners: one narrow query now, and one wide one for both instead of two."""
        found = dict(self.values_list("pk", "seminar_id"))
        seminars = {seminar_id for seminar_id in found.values() if seminar_id}
        return self.model.objects.filter(Q(pk__in=found) | Q(seminar__in=seminars))

    def held_by(self, user: User, at: datetime) -> Self:
        """Return the records that ``user`` may be writing in at ``at``: own drafts, and own corrections under way."""
        correcting = Q(state=ProposalState.SUBMITTED, correct_until__gte=at, correction_sent_at__isnull=True)
        return self.filter(Q(state=ProposalState.DRAFT) | correcting, coordinator=user)

    def with_side(self) -> Self:
        """Fetch the side, its call and agency, and the seminar with each record."""
        return self.select_related("side__call", "side__agency", "seminar", "coordinator")

    def with_dossier(self) -> Self:
        """Fetch everything the rules look at, of the record and of its partner, in a fixed number of queries."""
        return self._with_partner(
            "side__call__countries",
            "side__cost_kinds",
            "areas",
            "participants",
            "sessions",
            "lines",
            "attachments",
        )

    def with_pairing(self) -> Self:
        """Fetch what the line of pairing looks at: both sides, both records, their invitations."""
        sides = models.Prefetch("side__call__sides", CallAgency.objects.select_related("agency"))
        return self._with_partner(sides, "invitations")

    def _with_partner(self, *lookups: Lookup) -> Self:
        """Fetch ``lookups`` for each record and its partner alike: one query a table for both, not one for each."""
        fetched = self.with_side().select_related("theme")
        fetched._of_both = (*self._of_both, *lookups)
        return fetched

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._of_both = self._of_both
        return clone

    def _fetch_all(self) -> None:
        is_first_time = self._result_cache is None
        super()._fetch_all()
        if is_first_time and self._of_both:
            records = cast("list[Proposal]", self._result_cache)
            _fetch_of_both(self.model.objects.all(), records, self._of_both)

    def with_state_at(self, at: datetime) -> Self:
        """Annotate ``state_now``: unfinished records have lapsed once their deadline passed, task or no task."""
        closes_at = Greatest(F("side__deadline_at"), F("admitted_until"))
        late = Q(state__in=UNFINISHED) & (
            Q(admitted_until__isnull=True, side__deadline_at__lt=at)
            | Q(admitted_until__isnull=False, admitted_until__lt=at, side__deadline_at__lt=at)
        )
        return self.annotate(
            closes_at_now=Case(When(admitted_until__isnull=True, then=F("side__deadline_at")), default=closes_at),
            state_now=Case(
                When(late, then=Value(ProposalState.LAPSED.value)),
                default=F("state"),
                output_field=models.CharField(),
            ),
        )


def _fetch_of_both(every: ProposalQuerySet, records: "list[Proposal]", lookups: tuple[Lookup, ...]) -> None:
    """Find among ``every`` record the partner of each where it is not there yet; fetch ``lookups`` for all together."""
    halves_here = Counter(record.seminar_id for record in records if record.seminar_id)
    seminars = [seminar_id for seminar_id, number in halves_here.items() if number == 1]
    own = [record.pk for record in records]
    others = every.none()
    if seminars:
        others = every.filter(seminar__in=seminars).exclude(pk__in=own).with_side().select_related("theme")
    both = [*records, *others]
    halves: dict[int | None, list[Proposal]] = {}
    for record in both:
        halves.setdefault(record.seminar_id, []).append(record)
    for record in both:
        pair = halves[record.seminar_id] if record.seminar_id else []
        record.partner = next((other for other in pair if other.pk != record.pk), None)
    models.prefetch_related_objects(both, *lookups)
    fetch_listed(both)


def fetch_listed(records: "Iterable[Proposal]") -> None:
    """Fetch the row of the other agency's list that is the other half of each record, in two queries, or in none.

    It is half of few pairs, and joining its many columns would cost the pages of all others.
    """
    matched = [record.seminar for record in records if record.seminar and record.seminar.matched_by_id]
    models.prefetch_related_objects(matched, "listed__side__agency")

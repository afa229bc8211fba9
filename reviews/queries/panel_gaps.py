"""What a panel still lacks before it can be sealed (R22)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from reviews.models import Panel, PanelMember, Ranking
from reviews.queries.panel_board import JUDGED, counted
from seminars.models import Seminar


@dataclass(frozen=True)
class Gaps:
    """Ids of pairs with too few sealed reviews, and without a rank; the chair, and how many are absent."""

    short: frozenset[int]
    unranked: frozenset[int]
    no_chair: bool
    absent: int

    @property
    def stop(self) -> bool:
        """Whether something is missing that no reason makes up for."""
        return bool(self.unranked) or self.no_chair or self.absent > 0

    def among(self, pairs: Collection[int]) -> "Gaps":
        """Return what is missing as somebody sees it who sees only these pairs (R23)."""
        return replace(self, short=self.short & set(pairs), unranked=self.unranked & set(pairs))


def gaps_of(panel: Panel) -> Gaps:
    """Return what is missing in a panel, over all its pairs. Fetch the panel with its side."""
    side = panel.side
    pairs = frozenset(Seminar.objects.filter(call=side.call_id, state__in=JUDGED).values_list("pk", flat=True))
    sealed = Counter(counted(panel).values_list("assignment__seminar", flat=True))
    ranked = set(Ranking.objects.filter(panel=panel, rank__isnull=False).values_list("seminar", flat=True))
    present = PanelMember.objects.filter(panel=panel, is_present=True).count()
    return Gaps(
        short=frozenset(pair for pair in pairs if sealed[pair] < side.minimum_reviews),
        unranked=pairs - ranked,
        no_chair=panel.chair_id is None,
        absent=max(side.quorum - present, 0),
    )

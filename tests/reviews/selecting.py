"""A joint selection in a few lines: both panels sealed, ranked, and opened."""

from collections.abc import Sequence
from datetime import timedelta

from reviews.actions.selection import open_selection
from reviews.choices import Recommendation
from reviews.models import Panel, Ranking, Selection
from seminars.models import Seminar
from tests import cast
from tests.reviews import world
from tests.seminars.filed import officer

SEALED = world.AFTER_DUE
OPENED = SEALED + timedelta(days=1)
LATER = OPENED + timedelta(hours=1)


def seal(*countries: str) -> None:
    """Seal the panels of the agencies of these countries."""
    for country in countries:
        Panel.objects.filter(pk=world.panel(country).pk).update(sealed_at=SEALED, sealed_by=officer(country))


def ranked(pairs: Sequence[Seminar]) -> None:
    """Let Inserm rank the pairs in order and JSPS the other way round; both propose to fund the first."""
    for place, pair in enumerate(pairs, start=1):
        proposal = Recommendation.FUND if place == 1 else Recommendation.RESERVE
        for country, rank in (("FR", place), ("JP", len(pairs) + 1 - place)):
            Ranking.objects.create(panel=world.panel(country), seminar=pair, rank=rank, proposal=proposal)


def opened(number: int = 3) -> list[Seminar]:
    """Return pairs in the open joint selection of the call of 2026."""
    pairs = world.pairs_in_review(number)
    ranked(pairs)
    seal("FR", "JP")
    open_selection(cast.call_2026(), by=officer("FR"), at=OPENED)
    return pairs


def selection() -> Selection:
    return Selection.objects.get()

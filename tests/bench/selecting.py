"""A call in its joint selection to measure on: 500 judged pairs, ranked by both panels, half of them decided."""

from datetime import datetime, timedelta

from reviews.choices import Outcome, Recommendation
from reviews.models import Decision, Panel, Ranking, Selection, Signature
from seminars.models import Seminar
from tests import cast
from tests.bench import judging

CODE = "selection"
RESERVES = 50


def build(at: datetime) -> None:
    """Judge a call as ``judging`` does, let both panels rank and seal, open the selection, and sign for one agency."""
    judging.build(at - timedelta(days=40), CODE)
    pairs = list(Seminar.objects.filter(call__code=CODE).order_by("pk"))
    panels = Panel.objects.filter(side__call__code=CODE)
    panels.update(sealed_at=at, sealed_by=cast.inserm_officer())
    for step, panel in zip((1, 7), panels, strict=True):
        Ranking.objects.bulk_create(
            Ranking(
                panel=panel,
                seminar=pair,
                rank=1 + (place * step) % len(pairs),
                proposal=Recommendation.values[place % 3],
            )
            for place, pair in enumerate(pairs)
        )
    by = cast.inserm_officer()
    selection = Selection.objects.create(call=pairs[0].call, opened_at=at, opened_by=by)
    decisions = Decision.objects.bulk_create(
        Decision(
            selection=selection,
            seminar=pair,
            outcome=Outcome.RESERVE if place < RESERVES else Outcome.NOT_SELECTED,
            reserve_rank=place + 1 if place < RESERVES else None,
            proposed_at=at,
            proposed_by=by,
            version=1,
        )
        for place, pair in enumerate(pairs[: judging.PAIRS // 2])
    )
    side = panels[0].side
    Signature.objects.bulk_create(
        Signature(decision=decision, side=side, signed_by=by, signed_at=at) for decision in decisions
    )


def joint_page() -> str:
    """Return the address of a pair of the joint selection."""
    return f"/desk/{CODE}/selection/{Seminar.objects.filter(call__code=CODE).order_by('pk')[0].pk}/"

"""What was submitted from call to call, as far as the officer oversees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from seminars.breakdowns import Row
from seminars.choices import PairingStep, ProposalState
from seminars.drawings.bars import Drawing, Value, drawing
from seminars.models import Call, CallAgency
from seminars.queries.overview import Overview


@dataclass(frozen=True)
class Trend:
    """Calls, oldest first: records submitted on each side and, in the last column, pairs submitted on both."""

    rows: tuple[Row, ...]
    accents: tuple[int, ...]

    @property
    def drawing(self) -> Drawing:
        """The records submitted on each side as bars; the pairs stand in the table."""
        sides = len(self.accents)
        return drawing([(row.label, row.values[:sides]) for row in self.rows], self.accents)


def trend(calls: Sequence[Call], sides: Sequence[CallAgency], overview: Overview) -> Trend:
    """Return how many records and pairs were submitted in each of ``calls``, in columns like ``sides``."""
    submitted = {pk: found for pk, found in overview.situations.items() if found.state == ProposalState.SUBMITTED}
    by_agency = Counter((found.call_id, overview.sides[found.side_id].agency_id) for found in submitted.values())
    complete = [pk for pk, found in submitted.items() if found.step == PairingStep.COMPLETE]
    # Counted by pair: the other half of one may be a row of a list, which is no record here.
    halves = overview.records.filter(pk__in=complete).order_by().values("seminar__call")
    counted = halves.annotate(number=Count("seminar", distinct=True)).values_list("seminar__call", "number")
    pairs = Counter(dict(counted))
    rows = []
    for call in sorted(calls, key=lambda call: (call.year, call.pk)):
        numbers = (*(by_agency[call.pk, side.agency_id] for side in sides), pairs[call.pk])
        rows.append(Row(call.title, tuple(Value(number, str(number)) for number in numbers)))
    return Trend(tuple(rows), tuple(side.agency.accent for side in sides))

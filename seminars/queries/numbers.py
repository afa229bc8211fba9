"""The numbers of a call as officers read them: by state and situation, by side, each with the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.choices import PairingStep, ProposalState, Situation
from seminars.models import Call
from seminars.queries.overview import Overview
from seminars.rules.situation import RecordSituation


@dataclass(frozen=True)
class Number:
    """A number, and the query of the list that it counts."""

    value: int
    query: str


@dataclass(frozen=True)
class Row:
    """What is counted: for each side, in their order, and in all."""

    label: str | Promise
    cells: tuple[Number, ...]
    total: Number


@dataclass(frozen=True)
class Numbers:
    """A call in numbers."""

    records: Number
    submitted: Number
    complete: Number
    attention: Number
    states: tuple[Row, ...]
    situations: tuple[Row, ...]


SITUATIONS = (
    Situation.PAIRED,
    Situation.ONE_SIDED,
    Situation.MISMATCHING,
    Situation.PARTNER_ALONE,
    Situation.WRONG_TRACK,
    Situation.ADMITTED,
)


def numbers(call: Call, overview: Overview) -> Numbers:
    """Return the numbers of ``call`` from an overview that holds it."""

    def number(holds: Callable[[RecordSituation], bool], **asked: str) -> Number:
        return Number(overview.count(lambda record: record.call_id == call.pk and holds(record)), urlencode(asked))

    def on_side(pk: int, holds: Callable[[RecordSituation], bool]) -> Callable[[RecordSituation], bool]:
        return lambda record: record.side_id == pk and holds(record)

    def row(label: str | Promise, holds: Callable[[RecordSituation], bool], **asked: str) -> Row:
        cells = tuple(number(on_side(side.pk, holds), side=side.agency.code, **asked) for side in call.sides.all())
        return Row(label, cells, number(holds, **asked))

    def in_state(state: str) -> Callable[[RecordSituation], bool]:
        return lambda record: record.state == state

    def so(flag: str) -> Callable[[RecordSituation], bool]:
        return lambda record: flag in record.flags

    complete = PairingStep.COMPLETE
    return Numbers(
        records=number(lambda record: True),
        submitted=number(in_state(ProposalState.SUBMITTED), state=ProposalState.SUBMITTED),
        complete=number(lambda record: record.step == complete, step=complete),
        attention=number(so(Situation.ATTENTION), situation=Situation.ATTENTION),
        states=(
            *(row(state.label, in_state(state), state=state) for state in ProposalState),
            row(_("All records"), lambda record: True),
        ),
        situations=tuple(row(found.label, so(found), situation=found) for found in SITUATIONS),
    )

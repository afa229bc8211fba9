"""The numbers of a call as officers read them: by state and situation, by side, each with the list behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.choices import PairingStep, ProposalState, Situation
from seminars.models import Call
from seminars.overview import Tally, count


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


def numbers(call: Call, tally: Sequence[Tally]) -> Numbers:
    """Return the numbers of ``call`` from a tally of what the officer sees; fetch it with its sides."""
    rows = [row for row in tally if row["side__call_id"] == call.pk]

    def number(what: Mapping[str, object], **asked: str) -> Number:
        return Number(count(rows, **what), urlencode(asked))

    def row(label: str | Promise, what: Mapping[str, object], **asked: str) -> Row:
        cells = tuple(number({**what, "side_id": side.pk}, side=side.agency.code, **asked) for side in call.sides.all())
        return Row(label, cells, number(what, **asked))

    return Numbers(
        records=number({}),
        submitted=number({"state_now": ProposalState.SUBMITTED}, state=ProposalState.SUBMITTED),
        complete=number({"step": PairingStep.COMPLETE}, step=PairingStep.COMPLETE),
        attention=number({Situation.ATTENTION: True}, situation=Situation.ATTENTION),
        states=(
            *(row(state.label, {"state_now": state}, state=state) for state in ProposalState),
            row(_("All records"), {}),
        ),
        situations=tuple(row(situation.label, {situation: True}, situation=situation) for situation in SITUATIONS),
    )

"""What would be announced of a call now, and what is missing before it can be."""

from dataclasses import dataclass

from reviews.models import Decision, LetterTemplate, Signature
from reviews.rules import outcome as rules
from seminars.choices import SeminarState
from seminars.models import Call, Seminar


class PairBlocked(Exception):
    """A pair, by its id, cannot be told what was decided for it."""

    def __init__(self, pair: int) -> None:
        """Keep which pair it is."""
        super().__init__(f"pair {pair}")
        self.pair = pair


@dataclass(frozen=True)
class Outcomes:
    """Outcomes that hold and differ from what was told, by pair, and the pairs that nothing holds for yet.

    ``letters`` are the versions of what officers have written in the letters, by part.
    """

    ready: dict[int, rules.Outcome]
    missing: frozenset[int]
    letters: dict[str, int]

    @property
    def digest(self) -> str:
        """The mark of what is ready, and of the words in which it is told; releases are given for it."""
        return rules.digest(self.ready, self.letters)

    @property
    def can_go(self) -> bool:
        """Whether there is something to tell and nothing is missing: everybody learns at the same moment."""
        return bool(self.ready) and not self.missing


def outcomes_of(call: Call) -> Outcomes:
    """Return what the two agencies have settled in a call and not told yet. Four queries; not for one person's eyes.

    Pairs in review must all be settled. Of the reserve list only those count whose decision has changed since.
    """
    states = dict(
        Seminar.objects.filter(call=call, state__in=(SeminarState.IN_REVIEW, SeminarState.RESERVE)).values_list(
            "pk", "state"
        )
    )
    words: dict[int, dict[int, bool]] = {}
    signed = Signature.objects.filter(decision__seminar__in=states, voided_at__isnull=True)
    for pair, side, refuses in signed.values_list("decision__seminar", "side", "refuses"):
        words.setdefault(pair, {})[side] = refuses
    holding: dict[int, rules.Outcome] = {}
    decisions = Decision.objects.filter(seminar__in=states)
    for pair, outcome, rank in decisions.values_list("seminar", "outcome", "reserve_rank"):
        if held := rules.settled(outcome, rank, words.get(pair, {})):
            holding[pair] = held
    ready = {
        pair: held
        for pair, held in holding.items()
        if states[pair] == SeminarState.IN_REVIEW or held[0] != SeminarState.RESERVE
    }
    missing = frozenset(pair for pair, state in states.items() if state == SeminarState.IN_REVIEW) - ready.keys()
    letters = dict(LetterTemplate.objects.filter(call=call).values_list("part", "version"))
    return Outcomes(ready, missing, letters)

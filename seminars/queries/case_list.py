"""The cases of a call as a list: narrowed and sorted as the address asks, counted by the same questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise

from accounts.rules.person import name_key
from seminars.choices import CaseStand, SideDecision
from seminars.queries.eligibility import Case, Half
from seminars.rules import eligibility as rules

PLACES = {rules.INELIGIBLE: 0, rules.LOOK: 1, rules.ELIGIBLE: 2}


def _decided(half: Half) -> str:
    return half.decision.outcome if half.decision else SideDecision.NONE


def _waits_for_other(case: Case) -> bool:
    others = [half for half in case.halves if half.is_filed and not half.is_own]
    return bool(case.own) and not case.to_decide and any(half.decision is None for half in others)


def _is_untold(case: Case) -> bool:
    decisions = [half.decision for half in case.halves if half.decision]
    return case.outcome != rules.PAIRED and any(decision.told_at is None for decision in decisions)


STANDS: Mapping[str, Callable[[Case], bool]] = {
    CaseStand.MINE: lambda case: bool(case.to_decide),
    CaseStand.CLEAR: lambda case: case.is_clear,
    CaseStand.VOID: lambda case: bool(case.to_decide) and case.is_void,
    CaseStand.CORRECTED: lambda case: any(getattr(half.filing, "correction", None) for half in case.to_decide),
    CaseStand.CORRECTING: lambda case: any(half.correction for half in case.halves),
    CaseStand.OTHER: _waits_for_other,
    CaseStand.LATE: lambda case: any(half.record and half.record.admitted_until for half in case.halves),
    CaseStand.ELIGIBLE: lambda case: case.outcome == rules.ELIGIBLE,
    CaseStand.INELIGIBLE: lambda case: case.outcome == rules.INELIGIBLE,
    CaseStand.UNTOLD: _is_untold,
}
"""What each situation asks of a case."""

ORDERS: Mapping[str, Callable[[Case], Any]] = {
    "number": lambda case: (case.seminar is None, case.seminar.pk if case.seminar else case.first.pk),
    "title": lambda case: (not case.first.display_title, case.first.display_title.casefold()),
    "proposed": lambda case: (PLACES[case.proposed.outcome], len(case.proposed.rules)),
    "decided": lambda case: [_decided(half) for half in case.halves],
}


def said_in(case: Case) -> str:
    """Return what a search looks in: titles, numbers, and coordinators in any script, accents and capitals aside."""
    words = [str(case.seminar) if case.seminar else "", *(f"#{half.record.pk}" for half in case.halves if half.record)]
    for half in case.halves:
        record, listed = half.record, half.listed
        if record:
            person = record.coordinator
            words += [record.title_en, record.title_fr, record.title_ja, person.latin_name, person.kanji_name]
        if listed:
            words += [listed.display_title, str(listed.application_number)]
    return f"{' '.join(words).casefold()} {name_key(' '.join(words))}"


def matching(cases: Sequence[Case], asked: Mapping[str, Any]) -> list[Case]:
    """Return the cases that are as the address asks, in its order; by itself pairs first, by number."""
    found = list(cases)
    for word in str(asked.get("q") or "").casefold().split():
        found = [case for case in found if word in said_in(case) or (name_key(word) or word) in said_in(case)]
    if stand := asked.get("stand"):
        found = [case for case in found if STANDS[stand](case)]
    if proposed := asked.get("proposed"):
        found = [case for case in found if case.proposed.outcome == proposed]
    for name, is_own in (("own", True), ("other", False)):
        if wanted := asked.get(name):
            found = [
                case
                for case in found
                if any(h.is_filed and h.is_own == is_own and _decided(h) == wanted for h in case.halves)
            ]
    sort = asked.get("sort") or "number"
    return sorted(found, key=ORDERS[sort.removeprefix("-")], reverse=sort.startswith("-"))


@dataclass(frozen=True)
class Count:
    """How many cases stand so, and the query of the list that shows them."""

    stand: CaseStand
    label: str | Promise
    value: int
    query: str


def counts(cases: Sequence[Case]) -> list[Count]:
    """Return how many cases stand in each way, in the order in which officers work."""
    return [
        Count(stand, stand.label, len(matching(cases, {"stand": stand})), urlencode({"stand": stand}))
        for stand in CaseStand
    ]

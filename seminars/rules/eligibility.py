"""R1 to R20 on a whole case: what every rule says of a pair, or of a record alone, and what follows from it.

The checks are those of the form (``rules.completeness``); added is only what is not known before the deadline: when
each filing counted (R1, R2, R5), whether both halves are there (R3), and who applied twice (R20).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from seminars.rules import completeness, deadline
from seminars.rules.dossier import Dossier, Terms, Violation

NUMBERS = tuple(f"R{number}" for number in range(1, 21))
HOLDS, BROKEN, WARNING, UNKNOWN = "holds", "broken", "warning", "unknown"
ELIGIBLE, INELIGIBLE, CORRECTION, LOOK = "eligible", "ineligible", "correction", "look"
PAIRED, FILED = "paired", "submitted"

SETTLED = timedelta(minutes=5)
"""How long after its last moment a case is left alone: what arrived in time may still wait for its lock (SAFETY 6)."""

ESCALATED = frozenset({"no_partner", "pair_unconfirmed"})
"""Warnings of the form that make a record void once the deadline has passed (R3)."""
MENDABLE = frozenset({"difference", "charged_twice"})
"""What two records say against each other: a correction may mend it, so that an officer looks first."""
PAIR_RULES = frozenset({"R3", "R17"})
"""Rules that concern both halves, whichever record shows it."""
FROM_TIME = frozenset({"R1", "R2", "R5", "R20"})
"""Rules that are judged without the record's contents."""


@dataclass(frozen=True)
class FilingFacts:
    """How one half was filed. ``counted_at`` is when its first filing counted, before any correction asked for.

    ``others`` are other filed records on the same side by the same person, ``namesakes`` those by somebody of the
    same name only.
    """

    state: str
    counted_at: datetime | None = None
    admitted_until: datetime | None = None
    is_approved: bool = False
    corrected_at: datetime | None = None
    others: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HalfFacts:
    """One side of a case. Without ``dossier`` the agency knows its half from its own list only.

    Without ``filing`` there is no half on this side at all. ``terms`` is what the call asks of the side.
    """

    side: str
    terms: Terms
    filing: FilingFacts | None = None
    dossier: Dossier | None = None
    listed: tuple[Violation, ...] = ()
    """What is known against a half that is only listed, such as another track (R4)."""
    known: frozenset[str] = frozenset()
    """The rules that a list of the agency says enough about."""
    listed_track: str = ""
    """The track under which the list has the file, "" where it says nothing."""

    @property
    def is_there(self) -> bool:
        """Whether there is anything to judge on this side."""
        return self.filing is not None

    @property
    def is_filed(self) -> bool:
        """Whether this half counts as submitted."""
        return self.filing is not None and self.filing.state == FILED


@dataclass(frozen=True)
class Finding:
    """What one rule finds, on which side; ``weight`` is BROKEN or WARNING."""

    side: str
    violation: Violation
    weight: str


@dataclass(frozen=True)
class Result:
    """What one rule says of the case; ``unknown`` names the sides of which it can say nothing."""

    rule: str
    verdict: str
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What the application proposes: by side and for the case, with the numbers of the rules behind it.

    ``clear`` names the sides whose agency may say eligible at once: nothing at all speaks against the case, not even a
    warning, and everything is known of that side. What only the other agency's own list could tell is its own matter.
    """

    outcome: str
    rules: tuple[str, ...]
    clear: frozenset[str] = frozenset()
    sides: Mapping[str, str] = field(default_factory=dict)


def check_time(half: HalfFacts, rule: str) -> tuple[Violation, ...]:
    """Return whether a filing was late, or on time only by late admission or a correction (R1, R2)."""
    filing = half.filing
    if filing is None or filing.counted_at is None:
        return ()
    found = []
    at, deadline_at = filing.counted_at, half.terms.deadline_at
    if not deadline.is_on_time(at, deadline_at, filing.admitted_until):
        found.append(Violation("late", rule, "declarations", "", {"counted_at": at}))
    elif not deadline.is_on_time(at, deadline_at):
        found.append(Violation("admitted_late", rule, "declarations", "", {"counted_at": at}, blocking=False))
    if filing.corrected_at:
        params = {"counted_at": filing.corrected_at}
        found.append(Violation("corrected_late", rule, "declarations", "", params, blocking=False))
    return tuple(found)


def check_filed(half: HalfFacts) -> tuple[Violation, ...]:
    """Return whether a half was not submitted, or withdrawn (R3), or lacks its institution's approval (R5)."""
    filing = half.filing
    if filing is None:
        return ()
    if filing.state != FILED:
        return (Violation("not_filed", "R3", "declarations", "", {"state": filing.state}),)
    if half.dossier and half.terms.asks_institution_approval and not filing.is_approved:
        return (Violation("not_approved", "R5", "declarations"),)
    return ()


def check_repeated(half: HalfFacts) -> tuple[Violation, ...]:
    """Return whether the same person has filed more than one record on this side (R20); a name alone is a warning."""
    filing = half.filing
    if filing is None:
        return ()
    found = []
    if filing.others:
        found.append(Violation("several_records", "R20", "coordinators", "", {"records": ", ".join(filing.others)}))
    if filing.namesakes:
        params = {"records": ", ".join(filing.namesakes)}
        found.append(Violation("same_name", "R20", "coordinators", "", params, blocking=False))
    return tuple(found)


def _weight(violation: Violation) -> str:
    return BROKEN if violation.blocking or violation.code in ESCALATED else WARNING


def _findings(half: HalfFacts, other: HalfFacts | None, time_rule: str) -> list[Finding]:
    found = [*check_time(half, time_rule), *check_filed(half), *check_repeated(half), *half.listed]
    if half.dossier and half.is_filed:
        partner = other.dossier if other else None
        by_contents = completeness.check(half.dossier, half.terms, partner)
        listed_partner = other is not None and other.is_there and partner is None
        found += [v for v in by_contents if not (listed_partner and v.code == "no_partner")]
    return [Finding(half.side, violation, _weight(violation)) for violation in found]


def gather(halves: Sequence[HalfFacts]) -> tuple[Result, ...]:
    """Return what every rule from R1 to R20 says of a case, then what is said under no number, if anything.

    ``halves`` are the sides of the call in their order; one without a filing has no half in this case. R1 is the
    deadline of the first side, R2 that of the others (R2: the deadlines are separate, and both apply).
    """
    findings = []
    for place, half in enumerate(halves):
        other = next((one for one in halves if one is not half), None)
        findings += _findings(half, other, "R2" if place else "R1")
    results = [_result(rule, findings, halves) for rule in NUMBERS]
    plain = tuple(finding for finding in findings if not finding.violation.rule)
    return (*results, Result("", _verdict(plain, ()), plain)) if plain else tuple(results)


def _verdict(findings: Sequence[Finding], unknown: Sequence[str]) -> str:
    weights = {finding.weight for finding in findings}
    if BROKEN in weights:
        return BROKEN
    if unknown:
        return UNKNOWN
    return WARNING if weights else HOLDS


def _result(rule: str, findings: Sequence[Finding], halves: Sequence[HalfFacts]) -> Result:
    own = tuple(finding for finding in findings if finding.violation.rule == rule)
    unknown = tuple(half.side for place, half in enumerate(halves) if _is_unknown(rule, place, half))
    return Result(rule, _verdict(own, unknown), own, unknown)


def _is_unknown(rule: str, place: int, half: HalfFacts) -> bool:
    """Say whether a rule can say nothing of a side: there is no half, or only a line of a list."""
    if rule in ("R1", "R2"):
        concerned = (rule == "R1") == (place == 0)
        return concerned and (half.filing is None or half.filing.counted_at is None)
    if rule == "R3":
        return False
    if not half.is_there:
        return rule not in FROM_TIME
    return half.dossier is None and rule not in half.known


def propose(results: Sequence[Result], halves: Sequence[HalfFacts]) -> Proposed:
    """Return what follows from the results: ineligible where a rule is broken that no correction may mend.

    Eligible where every rule holds, warnings or not; else an officer must look. A half that is missing makes the
    other one void (R3), so that what cannot be told of it does not matter then.
    """
    broken = {result.rule: result for result in results if result.verdict == BROKEN}
    sides = {half.side: _of_side(half, results) for half in halves if half.is_there}
    fatal = tuple(rule for rule, result in broken.items() if any(_is_fatal(finding) for finding in result.findings))
    if fatal:
        return Proposed(INELIGIBLE, fatal, sides=sides)
    unsure = tuple(result.rule for result in results if result.verdict in (BROKEN, UNKNOWN))
    silent = not any(result.findings for result in results)
    clear = frozenset(side for side, outcome in sides.items() if silent and outcome == ELIGIBLE)
    if unsure:
        return Proposed(LOOK, unsure, clear if all(half.is_filed for half in halves) else frozenset(), sides)
    warned = tuple(result.rule for result in results if result.verdict == WARNING)
    return Proposed(ELIGIBLE, warned, clear, sides)


def _is_fatal(finding: Finding) -> bool:
    return finding.weight == BROKEN and finding.violation.code not in MENDABLE and bool(finding.violation.rule)


def _of_side(half: HalfFacts, results: Sequence[Result]) -> str:
    own = [
        finding
        for result in results
        for finding in result.findings
        if finding.weight == BROKEN and (finding.side == half.side or result.rule in PAIR_RULES)
    ]
    if any(map(_is_fatal, own)):
        return INELIGIBLE
    if own or any(half.side in result.unknown for result in results):
        return LOOK
    return ELIGIBLE


def is_void(halves: Sequence[HalfFacts]) -> bool:
    """Say whether a half is missing, or was not submitted, or was withdrawn: no decision can make it eligible (R3)."""
    return not all(half.is_filed for half in halves)


def joint(outcomes: Sequence[str | None]) -> str:
    """Return what the decisions of the sides that have something to decide make of a pair.

    Eligible when all say so; ineligible when all have decided and one says so; else it stays paired: a refusal by
    one agency alone ends nothing, because the two decide together.
    """
    if any(outcome not in (ELIGIBLE, INELIGIBLE) for outcome in outcomes) or not outcomes:
        return PAIRED
    return INELIGIBLE if INELIGIBLE in outcomes else ELIGIBLE

"""The page of one case: every rule's result with both sides' facts, and what a correction has changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.models import Correction, Proposal
from seminars.queries.eligibility import Case
from seminars.queries.readable import Part, read
from seminars.rules.apart import Piece, lines_apart
from seminars.rules.eligibility import BROKEN, HOLDS, UNKNOWN, WARNING, Finding, Result
from seminars.words.findings import TITLES, looked_at, said

VERDICTS: Mapping[str, tuple[str, str | Promise]] = {
    HOLDS: ("done", _("Holds")),
    WARNING: ("warn", _("Worth a look")),
    BROKEN: ("stop", _("Broken")),
    UNKNOWN: ("none", _("Cannot tell")),
}


@dataclass(frozen=True)
class Said:
    """One finding in words."""

    words: str
    weight: str


@dataclass(frozen=True)
class Cell:
    """What a rule looked at on one side, and what it found there."""

    acronym: str
    accent: int
    looked_at: str
    findings: tuple[Said, ...]


@dataclass(frozen=True)
class Row:
    """One rule: its number, what it asks, its verdict as a mark and in words, and a cell for each half."""

    rule: str
    title: str | Promise
    mark: str
    verdict: str | Promise
    cells: tuple[Cell, ...]


def rows(case: Case) -> list[Row]:
    """Return every rule's result, one cell for each half of the case."""
    return [_row(case, result) for result in case.results]


def _row(case: Case, result: Result) -> Row:
    mark, verdict = VERDICTS[result.verdict]
    cells = []
    for place, (facts, side) in enumerate(zip(case.facts, case.call.sides.all(), strict=True)):
        if facts.is_there:
            agency = side.agency
            own = [finding for finding in result.findings if finding.side == facts.side]
            looked = looked_at(result.rule, facts, is_first=place == 0)
            cells.append(Cell(agency.acronym, agency.accent, looked, _told(own)))
    return Row(result.rule, TITLES[result.rule], mark, verdict, tuple(cells))


def _told(findings: Sequence[Finding]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(Said(said(finding.violation), finding.weight) for finding in findings))


Lines = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Corrected:
    """One section that a correction has changed: what was filed before, and what was filed then."""

    title: str
    before: Lines
    after: Lines


def _lines(part: Part) -> tuple[str, ...]:
    said_in = [f"{field.label}: {line}" for field in part.fields for line in field.value.splitlines()]
    table = [" · ".join(filter(None, row)) for row in part.table.rows] if part.table else []
    return (*said_in, *table)


def corrected(correction: Correction) -> list[Corrected]:
    """Return the sections in which a corrected filing differs from the earlier one; only lines that changed."""
    if correction.submission is None:
        return []
    snapshots = (correction.earlier.snapshot, correction.submission.snapshot)
    found = []
    for before, after in zip(*(read(json.loads(text)) for text in snapshots), strict=True):
        old, new = lines_apart(_lines(before), _lines(after))
        old, new = (tuple(line for line in lines if line[0].changed) for lines in (old, new))
        if old or new:
            found.append(Corrected(before.title, old, new))
    return found


def corrections_of(records: Sequence[Proposal]) -> list[tuple[Correction, list[Corrected]]]:
    """Return the corrections that came in for some records, the newest first, each with what it has changed."""
    came_in = Correction.objects.filter(proposal__in=records, submission__isnull=False)
    held = came_in.select_related("submission", "earlier", "proposal__side__agency").defer("kept")
    return [(correction, corrected(correction)) for correction in held]

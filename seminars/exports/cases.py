"""The cases of a call as a file: the same cases, words and order as in the list of eligibility."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from seminars.choices import ProposalState, ProposedOutcome, SideDecision
from seminars.exports.tables import by_clock, of_side
from seminars.exports.workbook import Sheet
from seminars.models import Call
from seminars.queries.columns import Written
from seminars.queries.eligibility import Case, Half
from seminars.queries.listing import local
from seminars.rules.eligibility import PAIRED


def cases_sheet(call: Call, cases: Iterable[Case]) -> Sheet:
    """Return ``cases`` of ``call`` as a table; each side of the call has its own columns."""
    sides = list(call.sides.all())
    headings = [_("Number"), _("Title")]
    for side in sides:
        parts = (_("Number"), _("Coordinator"), _("Decision"), _("Correct until"))
        *plain, until = [of_side(part, side.agency.acronym) for part in parts]
        headings += [*plain, by_clock(until)]
    headings += [_("Proposed"), _("Rules"), _("Together"), by_clock(_("Coordinators told"))]
    return Sheet(_("Eligibility"), headings, (_row(case, [case.half_of(side) for side in sides]) for case in cases))


def _row(case: Case, halves: Iterable[Half | None]) -> list[Written]:
    written: list[Written] = [str(case.seminar) if case.seminar else f"#{case.first.pk}", str(case.first)]
    for half in halves:
        written += _half(half) if half else [None] * 4
    is_open = case.outcome == PAIRED
    together = SideDecision.NONE.label if is_open else ProposedOutcome(case.outcome).label
    told_at = None if is_open else local(case.first.told_at)
    proposed = str(ProposedOutcome(case.proposed.outcome).label)
    return [*written, proposed, " ".join(case.proposed.rules), str(together), told_at]


def _half(half: Half) -> list[Written]:
    record, listed = half.record, half.listed
    until = local(half.correction.until) if half.correction else None
    if record:
        person = record.coordinator
        return [record.pk, person.display_name or person.email, _decision(half), until]
    said = [listed.application_number, listed.display_name] if listed else ["", ""]
    return [*said, _decision(half), until]


def _decision(half: Half) -> str:
    if half.decision:
        return str(SideDecision(half.decision.outcome).label)
    return str(SideDecision.NONE.label if half.is_filed else ProposalState(half.state).label)

"""Reconciliation as a file: the applications of one list of the page, a row for each candidate with its reasons."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from seminars.exports.tables import by_clock
from seminars.exports.workbook import Sheet
from seminars.models import Proposal, RejectedMatch
from seminars.queries.columns import Written
from seminars.queries.listing import local
from seminars.queries.reconciliation import NONE, Half, Line, Offer
from seminars.rules.matching import Candidate
from seminars.words import matching


def candidates_sheet(lines: Iterable[Line]) -> Sheet:
    """Return applications without a pair as a table: a row for each candidate, one for an application without any."""
    own, other = _headings(_("Application")), _headings(_("Candidate"))
    judged = [_("Rank"), _("Band"), _("Score"), _("Reasons")]
    return Sheet(_("Reconciliation"), [*own, _("Remarks"), *judged, *other], _rows(lines))


def rejected_sheet(rejected: Iterable[RejectedMatch]) -> Sheet:
    """Return refused candidates as a table."""
    headings = [*_headings(_("Application")), *_headings(_("Candidate")), _("Rejected by"), by_clock(_("Rejected"))]
    rows = ([*_half(one.record), *_half(one.half), str(one.rejected_by), local(one.rejected_at)] for one in rejected)
    return Sheet(_("Rejected candidates"), headings, rows)


def _headings(which: str) -> list[str]:
    parts = (_("Agency"), _("Number"), _("Title"), _("Coordinator"), _("Name in kanji"), _("Institution"))
    return [f"{which}: {part}" for part in (*parts, _("Start date"), _("End date"))]


def _rows(lines: Iterable[Line]) -> Iterator[list[Written]]:
    for line in lines:
        said = [*_half(line.half), _remarks(line)]
        for place, offer in enumerate(line.offers, start=1):
            yield [*said, place, *_offered(offer)]
        if not line.offers:
            yield [*said, None, str(matching.BANDS[NONE]), None, "", *[None] * 8]


def _remarks(line: Line) -> str:
    found = (("track", line.has_wrong_track), ("twice", line.is_twice))
    return " · ".join(str(matching.LISTS[name]) for name, holds in found if holds)


def _offered(offer: Offer) -> list[Written]:
    found = offer.candidate
    return [str(matching.BANDS[found.band]), found.score, reasons(found), *_half(offer.half)]


def reasons(candidate: Candidate) -> str:
    """Return why two applications may be one, and why that is not sure, in words, with the points of each reason."""
    said = [f"{matching.reason(one)} ({matching.points(one)})" for one in candidate.reasons]
    held = matching.HELD_BACK.get(candidate.held_back)
    return " · ".join([*said, str(held)] if held else said)


def _half(half: Half) -> list[Written]:
    person: Any = half.coordinator if isinstance(half, Proposal) else half
    name = person.latin_name or (person.email if isinstance(half, Proposal) else "")
    number = half.pk if isinstance(half, Proposal) else half.application_number
    days = [half.start_on, half.end_on]
    return [half.side.agency.acronym, number, str(half), name, person.kanji_name, person.institution, *days]

"""Freezing a report: all that is handed in, as JSON values; receipts and photos by their fingerprints."""

from decimal import Decimal
from typing import Any

from django.utils import translation

from reviews.models import ReportFile
from reviews.queries.report_contents import Contents, People, SideReport


def _people(people: People) -> dict[str, int | None]:
    return {"attended": people.attended, "young": people.young, "statutory": people.statutory}


def _money(side: SideReport) -> dict[str, Any] | None:
    if side.record is None:
        return None
    decimals = side.held.side.decimals

    def text(amount: Decimal | None) -> str | None:
        return None if amount is None else f"{amount:.{decimals}f}"

    return {
        "currency": side.held.side.currency,
        "lines": [
            {
                "kind": line.kind,
                "whom": line.whom,
                "planned": line.line is not None,
                "approved": text(line.approved),
                "spent": text(line.spent),
            }
            for line in side.lines
            if line.line is not None or line.spent is not None
        ],
        "approved": text(side.approved),
        "spent": text(side.spent),
        "note": side.held.spending_note,
    }


def _file(file: ReportFile) -> dict[str, Any]:
    names = ("kind", "name", "size", "pages", "sha256", "alt", "credit")
    return {name: getattr(file, name) for name in names} | {"agency": file.side.agency.code}


@translation.override("en")
def frozen(contents: Contents) -> dict[str, Any]:
    """Return everything that a report fetched with its contents says, but for the public summary.

    Names are in Latin letters, whoever signs last: the same report always has the same fingerprint.
    """
    report = contents.report
    first, last = report.start_on, report.end_on
    return {
        "call": report.seminar.call.code,
        "seminar": str(report.seminar),
        "title": contents.title,
        "facts": {
            "start_on": first.isoformat() if first else None,
            "end_on": last.isoformat() if last else None,
            "venue_name": report.venue_name,
            "venue_city": report.venue_city,
            "venue_country": report.venue_country,
        },
        "narrative": report.narrative,
        "follow_up": report.follow_up,
        "publications": [{"citation": one.citation, "doi": one.doi} for one in report.publications.all()],
        "sides": [
            {
                "agency": side.held.side.agency.code,
                "acronym": side.held.side.agency.acronym,
                "people": _people(side.people),
                "planned": _people(side.plan),
                "money": _money(side),
                "signed_at": side.held.signed_at.isoformat() if side.held.signed_at else None,
                "signed_by": str(side.held.signed_by) if side.held.signed_by else None,
            }
            for side in contents.sides
        ],
        "files": [_file(file) for file in report.files.all()],
    }

"""A frozen report as people read it, in the reader's language; the same reading for writers, officers and print."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext, pgettext

from accounts import formats
from reviews.choices import ReportFileKind
from reviews.words.report import SECTIONS
from seminars.choices import CostKind
from seminars.queries.readable import Field, Part, Table, choice

Snapshot = Mapping[str, Any]


def _language() -> str:
    return (get_language() or "en")[:2]


def _facts(facts: Snapshot) -> Iterable[Field]:
    for name, label in (("start_on", gettext("First day")), ("end_on", gettext("Last day"))):
        day = facts[name]
        yield Field(label, formats.weekday(date.fromisoformat(day), _language()) if day else "")
    yield Field(gettext("Venue"), facts["venue_name"])
    yield Field(gettext("City"), facts["venue_city"])
    country = facts["venue_country"]
    yield Field(gettext("Country of the venue"), formats.country(country, _language()) if country else "")


def _attendance(sides: Iterable[Snapshot]) -> Table:
    def against(side: Snapshot, name: str) -> str:
        said, planned = side["people"][name], side["planned"][name]
        words = "–" if said is None else str(said)
        if planned is None:
            return words
        return gettext("%(said)s (planned: %(planned)s)") % {"said": words, "planned": planned}

    headings = (
        gettext("Agency"),
        gettext("Participants"),
        gettext("Young researchers"),
        gettext("Statutory researchers (permanent)"),
    )
    names = ("attended", "young", "statutory")
    return Table(headings, tuple((side["acronym"], *(against(side, name) for name in names)) for side in sides))


def _money(side: Snapshot) -> Part:
    money, language = side["money"], _language()

    def text(amount: str | None) -> str:
        return "–" if amount is None else formats.money(Decimal(amount), money["currency"], language)

    is_granted = money["approved"] is not None
    rows = [
        (
            choice(CostKind, line["kind"]) + ("" if line["planned"] else f" · {gettext('beside the planned lines')}"),
            line["whom"],
            text(line["approved"]),
            text(line["spent"]),
        )
        for line in money["lines"]
    ]
    rows.append((gettext("Total"), "", text(money["approved"]), text(money["spent"])))
    headings = [gettext("Budget category"), gettext("For whom"), pgettext("an amount", "Approved"), gettext("Spent")]
    # An agency that approves nothing here has no column of dashes.
    shown = [place for place in range(len(headings)) if is_granted or place != 2]
    picked = tuple(tuple(row[place] for place in shown) for row in rows)
    table = Table(tuple(headings[place] for place in shown), picked, totalled=True, numeric=tuple(range(2, len(shown))))
    note = money["note"]
    fields = (Field(gettext("Why spending differs from what was approved"), note, block=True),) if note else ()
    title = gettext("Spending of %(side)s") % {"side": side["acronym"]}
    return Part(f"spending-{side['agency']}", title, fields, table)


def _files(files: Iterable[Snapshot]) -> Table:
    headings = (gettext("Kind of file"), gettext("File name"), gettext("Fingerprint (SHA-256)"))
    rows = []
    for file in files:
        kind = choice(ReportFileKind, file["kind"])
        name = f"{file['name']} · {file['alt']}" if file["alt"] else file["name"]
        rows.append((kind, name, file["sha256"][:16] + "…"))
    return Table(headings, tuple(rows))


def read_report(snapshot: Snapshot) -> list[Part]:
    """Return a frozen report, parsed from its JSON, section by section."""
    texts = (
        Field(gettext("Course and outcomes"), snapshot["narrative"], block=True),
        Field(gettext("Follow-up plans"), snapshot["follow_up"], block=True),
    )
    cited = tuple((one["citation"], one["doi"]) for one in snapshot["publications"])
    return [
        Part("facts", str(SECTIONS["facts"]), tuple(_facts(snapshot["facts"]))),
        Part("narrative", str(SECTIONS["narrative"]), texts),
        Part("attendance", str(SECTIONS["attendance"]), (), _attendance(snapshot["sides"])),
        Part("publications", str(SECTIONS["publications"]), (), Table((gettext("Publication"), "DOI"), cited)),
        *(_money(side) for side in snapshot["sides"] if side["money"]),
        Part("files", gettext("Files"), (), _files(snapshot["files"])),
    ]


def differing(parts: Iterable[Part], before: Iterable[Part]) -> list[str]:
    """Return the titles of the sections that are not as they were in an earlier version."""
    known = {part.key: part for part in before}
    return [part.title for part in parts if known.get(part.key) != part]

"""A pack of dossiers: one ZIP with all PDFs, a page that leads to them, and a spreadsheet."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.choices import Language
from seminars.choices import DossierVersion
from seminars.exports.cells import Value
from seminars.exports.pdf.cover import mark_of, state_words, titles_of
from seminars.exports.pdf.dossier import Manner, dossier_pdf, seen_in
from seminars.exports.pdf.halves import Half, half_of, pair_halves, with_halves
from seminars.exports.pdf.people import coordinators
from seminars.exports.workbook import Sheet, workbook_file
from seminars.models import Call, Pack, Proposal, Seminar
from seminars.rules.filenames import dossier_name

AT_ONCE = 10
"""Pairs read from the database at a time: the memory a pack takes does not grow with it."""
STYLE = Path(__file__).with_name("pack.css")
FOLDER = "dossiers"
INDEX, TABLE = "index.html", "index.xlsx"


@dataclass(frozen=True)
class Item:
    """What one dossier is of: a pair, or a record that is in none."""

    seminar: int | None = None
    record: int | None = None


@dataclass(frozen=True)
class Entry:
    """One dossier as the index and the spreadsheet have it, in the language of who asked."""

    line: dict[str, Any]
    row: list[Value]


def write_pack(
    pack: Pack, items: Sequence[Item], target: BinaryIO, *, at: datetime, told: Callable[[int], None]
) -> None:
    """Write the ZIP to ``target``, dossier by dossier; ``told`` hears after each how many are done.

    What the person who asked may not see any more at ``at`` is left out. Of each dossier only its line stays in memory.
    """
    person = pack.requested_by
    call = Call.objects.with_sides().get(pk=pack.call_id)
    entries = []
    with (
        translation.override(person.language),
        timezone.override(person.time_zone),
        zipfile.ZipFile(target, "w") as archive,
    ):
        for done, (number, halves) in enumerate(_found(items, pack, at), 1):
            if halves:
                files = list(_write_dossiers(archive, pack, call, number, halves))
                shown = seen_in(pack.version, halves)
                entries.append(_entry(number or halves[0].name, shown, files, call))
            told(done)
        archive.writestr(_named(TABLE, pack), workbook_file(_sheet(entries, call)))
        archive.writestr(_named(INDEX, pack), _index(entries, pack, call), zipfile.ZIP_DEFLATED)
        archive.writestr(_named(STYLE.name, pack), STYLE.read_bytes(), zipfile.ZIP_DEFLATED)


def _found(items: Sequence[Item], pack: Pack, at: datetime) -> Iterator[tuple[str, list[Half]]]:
    """Yield for each item its number and the halves that are still to be seen, some at a time."""
    by = pack.requested_by
    for some in (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)):
        seminars = Seminar.objects.visible_to(by).filter(pk__in=[item.seminar for item in some if item.seminar])
        pairs = {seminar.pk: seminar for seminar in seminars.select_related("call")}
        halves = pair_halves(list(pairs.values()), by=by, at=at)
        records = Proposal.objects.overseen_by(by).filter(pk__in=[item.record for item in some if item.record])
        single = {record.pk: half_of(record, at=at) for record in with_halves(records)}
        for item in some:
            if item.seminar in pairs:
                yield str(pairs[item.seminar]), halves[item.seminar]
            elif item.record in single:
                yield "", [single[item.record]]
            else:
                yield "", []


def _write_dossiers(
    archive: zipfile.ZipFile, pack: Pack, call: Call, number: str, halves: Sequence[Half]
) -> Iterator[tuple[str, str, str]]:
    """Write one dossier in each language; yield the language, its own name for itself, and the file's name."""
    for language in pack.languages:
        manner = Manner(language, pack.requested_by.time_zone, DossierVersion(pack.version))
        name = f"{FOLDER}/{dossier_name(number or halves[0].name, pack.version, language)}"
        archive.writestr(_named(name, pack), dossier_pdf(halves, call=call, number=number, manner=manner))
        yield language, str(Language(language).label), name


def _named(name: str, pack: Pack) -> zipfile.ZipInfo:
    """Return a member of the archive, dated when the pack was asked for: nothing in it tells of a machine."""
    return zipfile.ZipInfo(name, pack.requested_at.timetuple()[:6])


def _entry(number: str, halves: Sequence[Half], files: Sequence[tuple[str, str, str]], call: Call) -> Entry:
    title = titles_of(halves[0].said)[0]
    sides = [
        {
            "agency": half.agency.acronym,
            "state": state_words(half.said),
            "is_marked": bool(mark_of(half.said)),
            "person": _leader(half)["name"],
        }
        for half in halves
    ]
    line = {"number": number, "title": title, "sides": sides, "files": files}
    facts = _facts(halves[0].said)
    days = [date.fromisoformat(facts[name]) if facts[name] else None for name in ("start_on", "end_on")]
    place = [facts.get("venue_name", ""), facts["venue_city"], facts["venue_country"]]
    row: list[Value] = [number, title[0], *days, *place]
    for side in call.sides.all():
        own = next((half for half in halves if half.agency.pk == side.agency_id), None)
        row += _side_cells(own) if own else [None] * 7
    return Entry(line, [*row, " ".join(name for _code, _label, name in files)])


def _index(entries: Sequence[Entry], pack: Pack, call: Call) -> str:
    lines = [entry.line for entry in entries]
    context = {"lines": lines, "pack": pack, "call": call, "language": translation.get_language(), "table": TABLE}
    return render_to_string("seminars/packs/index.html", context)


def _sheet(entries: Sequence[Entry], call: Call) -> Sheet:
    """Return the spreadsheet: a line for each dossier, the columns of each side after those of the seminar."""
    headings = [_("Number"), _("Title"), _("Start date"), _("End date"), _("Venue"), _("City"), _("Host country")]
    for side in call.sides.all():
        words = (
            _("Coordinator"),
            _("Name in kanji"),
            _("Institution"),
            _("State"),
            _("Receipt number"),
            _("Amount requested"),
            _("Currency"),
        )
        headings += [f"{word} ({side.agency.acronym})" for word in words]
    return Sheet(_("Dossiers"), [*headings, _("Files")], [entry.row for entry in entries])


def _facts(said: Any) -> Any:
    return said["listed"] if "listed" in said else said["snapshot"]["facts"]


def _side_cells(half: Half) -> list[Value]:
    leader, budget = _leader(half), half.said.get("snapshot", {}).get("budget")
    number = half.said.get("number") or half.said.get("listed", {}).get("application_number", "")
    asked: list[Value] = [Decimal(budget["total"]), budget["currency"]] if budget else [None, None]
    return [leader["name"], leader["kanji"], leader["institution"], state_words(half.said), number, *asked]


def _leader(half: Half) -> dict[str, str]:
    """Return the coordinator of a half's own side, in words."""
    if "listed" in half.said:
        person = half.said["listed"]
        institution = person["institution"]
    else:
        named = coordinators(half.said["snapshot"])
        person = next((one for one in named if one["side"] == half.agency.country), None)
        if person is None:
            return {"name": "", "kanji": "", "institution": ""}
        institution = (person["laboratory"] or {}).get("institution", "")
    return {
        "name": " ".join(filter(None, (person["given_name"], person["family_name"].upper()))),
        "kanji": " ".join(filter(None, (person["family_name_kanji"], person["given_name_kanji"]))),
        "institution": institution,
    }

"""A snapshot as people read it: labelled fields and tables in the reader's language.

The same reading serves receipts, the institution's officer, the officers' pages and print.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars.choices import (
    CareerStage,
    CostKind,
    LaboratoryKind,
    ParticipantRole,
    Section,
    SessionKind,
    Track,
    Unit,
)
from seminars.queries.snapshots import DECLARED, FILING
from seminars.rules.case import PARTS
from seminars.words.wording import field_label

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A label and what is said; ``language`` marks text in a language of its own, ``block`` paragraphs."""

    label: str
    value: str
    language: str = ""
    block: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings; the last row is a total where ``totalled``; ``numeric`` are the places of amounts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totalled: bool = False
    numeric: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with each cell under its heading, for pages too narrow for a table."""
        return tuple(tuple(zip(self.headings, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Part:
    """One section: its fields and at most one table."""

    key: str
    title: str
    fields: tuple[Field, ...] = ()
    table: Table | None = None


def _language() -> str:
    return (get_language() or "en")[:2]


def choice(choices: Any, value: str) -> str:
    """Return the label of a value of closed ``choices``, or the value itself where it is none of them."""
    return str(choices(value).label) if value in choices.values else value


def _day(iso: str | None) -> str:
    return formats.weekday(date.fromisoformat(iso), _language()) if iso else ""


def _yes(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


def _titled(item: Mapping[str, str] | None) -> str:
    return item[_language()] if item else ""


def _facts(facts: Snapshot) -> Iterable[Field]:
    for language in ("en", "fr", "ja"):
        if text := facts[f"title_{language}"]:
            yield Field(field_label(f"title_{language}"), text, language)
    yield Field(field_label("abstract_en"), facts["abstract_en"], "en", block=True)
    yield Field(field_label("keywords"), ", ".join(facts["keywords"]))
    yield Field(field_label("theme"), _titled(facts["theme"]))
    yield Field(field_label("areas"), " · ".join(_titled(area) for area in facts["areas"]))
    yield Field(field_label("start_on"), _day(facts["start_on"]))
    yield Field(field_label("end_on"), _day(facts["end_on"]))
    yield Field(field_label("venue_name"), facts["venue_name"])
    yield Field(field_label("venue_city"), facts["venue_city"])
    country = facts["venue_country"]
    yield Field(field_label("venue_country"), formats.country(country, _language()) if country else "")


def _filing(filing: Snapshot) -> Iterable[Field]:
    for name in FILING:
        if value := filing[name]:
            yield Field(field_label(name), choice(Track, value) if name == "track" else value)


def _person_name(person: Snapshot) -> str:
    latin = f"{person['given_name']} {person['family_name'].upper()}".strip()
    kanji = f"{person['family_name_kanji']} {person['given_name_kanji']}".strip()
    kana = f"{person['family_name_kana']} {person['given_name_kana']}".strip()
    return " · ".join(filter(None, (latin, kanji, kana)))


def _laboratory(laboratory: Snapshot | None) -> str:
    if laboratory is None:
        return ""
    country = formats.country(laboratory["country"], _language())
    names = (laboratory["name"], laboratory["unit"], laboratory["institution"], laboratory["city"], country)
    kind = choice(LaboratoryKind, laboratory["kind"]) if laboratory["kind"] == LaboratoryKind.INSERM else ""
    return " · ".join(filter(None, (*names, kind)))


def _side(code: str) -> str:
    return formats.country(code, _language()) if code else gettext("Third country")


def _people(people: Iterable[Snapshot]) -> Table:
    headings = (
        _("Name"),
        _("Side"),
        _("Role"),
        _("Grade"),
        _("Laboratory"),
        _("Young researcher"),
        _("Statutory"),
        _("Title of the talk"),
    )
    rows = (
        (
            _person_name(person),
            _side(person["side"]),
            choice(ParticipantRole, person["role"]),
            choice(CareerStage, person["career_stage"]) or person["position"],
            _laboratory(person["laboratory"]),
            _yes(person["young"]),
            _yes(person["statutory"]),
            person["talk_title"],
        )
        for person in people
    )
    return Table(tuple(map(str, headings)), tuple(rows))


def _sessions(sessions: Iterable[Snapshot]) -> Table:
    headings = (_("Day"), _("Time"), _("Kind"), _("Title"), _("Speaker"))
    rows = (
        (
            _day(session["on"]),
            f"{session['starts'][:5]}–{session['ends'][:5]}",
            choice(SessionKind, session["kind"]),
            session["title"],
            session["speaker"],
        )
        for session in sessions
    )
    return Table(tuple(map(str, headings)), tuple(rows))


def _budget(budget: Snapshot) -> Table:
    def money(text: str) -> str:
        return formats.money(Decimal(text), budget["currency"], _language())

    headings = (
        _("Budget category"),
        _("Participant"),
        _("Quantity"),
        _("Unit"),
        _("Unit cost"),
        _("Amount"),
        _("Note"),
    )
    lines = [
        (
            choice(CostKind, line["kind"]),
            line["participant"],
            localize(line["quantity"]),
            choice(Unit, line["unit"]),
            money(line["unit_cost"]),
            money(line["amount"]),
            line["note"],
        )
        for line in budget["lines"]
    ]
    total = (gettext("Total"), "", "", "", "", money(budget["total"]), "")
    return Table(tuple(map(str, headings)), (*lines, total), totalled=True)


def _attachments(attachments: Iterable[Snapshot]) -> Table:
    headings = (_("File name"), _("Pages"), _("Size in bytes"), "SHA-256")
    rows = ((item["name"], str(item["pages"]), localize(item["size"]), item["sha256"]) for item in attachments)
    return Table(tuple(map(str, headings)), tuple(rows))


def read(snapshot: Snapshot) -> tuple[Part, ...]:
    """Return a snapshot, frozen or of a draft, as labelled parts in the active language."""

    def part(section: Section, fields: Iterable[Field] = (), table: Table | None = None) -> Part:
        return Part(section.value, str(section.label), tuple(field for field in fields if field.value), table)

    # A frozen snapshot has its keys in alphabetical order; people read them in the order of the form.
    case = (Field(field_label(name), snapshot["case"][name], block=True) for name in PARTS)
    said = snapshot["declarations"]
    declared = (Field(field_label(name), _yes(said[name])) for name in DECLARED if name in said)
    return (
        part(Section.FACTS, _facts(snapshot["facts"])),
        part(Section.COORDINATORS, _filing(snapshot["filing"])),
        part(Section.CASE, case),
        part(Section.PROGRAMME, table=_sessions(snapshot["programme"])),
        part(Section.PARTICIPANTS, table=_people(snapshot["participants"])),
        part(Section.BUDGET, table=_budget(snapshot["budget"])),
        part(Section.ATTACHMENTS, table=_attachments(snapshot["attachments"])),
        part(Section.DECLARATIONS, declared),
    )

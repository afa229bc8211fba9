"""The sections of a record as blocks, from its snapshot, in the active language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import formats
from seminars.choices import CareerStage, CostKind, ParticipantRole, Section, SessionKind, Track, Unit
from seminars.exports.pdf import people
from seminars.exports.pdf.runs import Block, Lines, fields, instant_lines, line, prose, reader, remark, row, table
from seminars.queries.readable import choice
from seminars.queries.snapshots import DECLARED, FILING
from seminars.rules.case import PARTS
from seminars.words.wording import field_label

Snapshot = Mapping[str, Any]
Part = dict[str, Any]


def parts_of(said: Snapshot) -> list[Part]:
    """Return the sections of what a record says, those that a reader may not see left out."""
    snapshot = said["snapshot"]
    made = [(section, read(snapshot[key])) for section, key, read in READ if key in snapshot]
    made.insert(1, (Section.COORDINATORS, _coordinators(snapshot)))
    parts = [{"title": str(section.label), "blocks": blocks} for section, blocks in made if blocks]
    if approval := said.get("approval"):
        parts.append({"title": _("Institution's approval"), "blocks": [_approval(approval)]})
    return parts


def day(iso: str | None) -> str:
    """Return a day of a snapshot with its day of the week."""
    return formats.weekday(date.fromisoformat(iso), reader()) if iso else ""


def _titled(item: Mapping[str, str] | None) -> str:
    return item[reader()] if item else ""


def _facts(facts: Snapshot) -> list[Block]:
    titles = [(field_label(f"title_{code}"), line(facts[f"title_{code}"], lang=code)) for code in ("en", "fr", "ja")]
    country = facts["venue_country"]
    rows = [
        *titles,
        (field_label("start_on"), line(day(facts["start_on"]))),
        (field_label("end_on"), line(day(facts["end_on"]))),
        (field_label("venue_name"), line(facts["venue_name"])),
        (field_label("venue_city"), line(facts["venue_city"])),
        (field_label("venue_country"), line(formats.country(country, reader()) if country else "")),
        (field_label("theme"), line(_titled(facts["theme"]))),
        (field_label("areas"), [part for area in facts["areas"] for part in line(_titled(area))]),
        (field_label("keywords"), line(", ".join(facts["keywords"]))),
    ]
    blocks = [fields(rows)]
    if facts["abstract_en"]:
        blocks.append(prose(field_label("abstract_en"), facts["abstract_en"], "en"))
    return blocks


def _coordinators(snapshot: Snapshot) -> list[Block]:
    filing = snapshot.get("filing", {})
    rows = [(people.side_name(person["side"]), people.introduced(person)) for person in people.coordinators(snapshot)]
    for name in FILING:
        value = filing.get(name, "")
        rows.append((field_label(name), line(choice(Track, value) if name == "track" else value)))
    return [fields(rows)]


def _case(case: Snapshot) -> list[Block]:
    return [prose(field_label(name), case[name]) for name in PARTS if case[name]]


def _programme(sessions: Sequence[Snapshot]) -> list[Block]:
    if not sessions:
        return [remark(_("No session is planned yet."))]
    columns = (
        (_("Time"), 1.1, "left"),
        (_("Kind"), 1.5, "left"),
        (_("Title"), 3.6, "left"),
        (_("Speaker"), 2.2, "left"),
    )
    return [table(columns, _agenda(sessions))]


def _agenda(sessions: Iterable[Snapshot]) -> Iterator[dict[str, Any]]:
    said = None
    for session in sessions:
        if session["on"] != said:
            said = session["on"]
            yield row(line(day(said)), style="group")
        yield row(
            line(f"{session['starts'][:5]}–{session['ends'][:5]}", whole=True),
            line(choice(SessionKind, session["kind"])),
            line(session["title"]),
            line(session["speaker"]),
        )


def _participants(participants: Sequence[Snapshot]) -> list[Block]:
    if not participants:
        return [remark(_("Nobody is named yet."))]
    columns = (
        (_("Name"), 2.6, "left"),
        (_("Role"), 1.9, "left"),
        (_("Laboratory"), 2.4, "left"),
        (_("Title of the talk"), 2.1, "left"),
    )
    rows = []
    for side in dict.fromkeys(person["side"] for person in participants):
        team = [person for person in participants if person["side"] == side]
        number = ngettext("%(count)s person", "%(count)s people", len(team)) % {"count": len(team)}
        rows.append(row(line(f"{people.side_name(side)} · {number}"), style="group"))
        rows += [_person(person) for person in team]
    return [table(columns, rows), *people.laboratories(participants)]


def _person(person: Snapshot) -> dict[str, Any]:
    role = line(choice(ParticipantRole, person["role"]))
    role += line(choice(CareerStage, person["career_stage"]) or person["position"])
    flags = [
        str(words)
        for words, holds in ((_("Young researcher"), "young"), (_("Statutory"), "statutory"))
        if person[holds]
    ]
    role += line(" · ".join(flags), style="weak")
    where = people.laboratory_lines(person["laboratory"])
    return row(people.name_lines(person) + people.contact_lines(person), role, where, line(person["talk_title"]))


def _budget(budget: Snapshot) -> list[Block]:
    def money(text: str) -> Lines:
        return line(formats.money(Decimal(text), budget["currency"], reader()), whole=True)

    if not budget["lines"]:
        return [remark(_("No cost is entered yet."))]
    columns = (
        (_("Participant"), 2.2, "left"),
        (_("Note"), 2.2, "left"),
        (_("Quantity"), 1.1, "right"),
        (_("Unit"), 1.2, "left"),
        (_("Unit cost"), 1.4, "right"),
        (_("Amount"), 1.5, "right"),
    )
    rows = []
    for kind in CostKind:
        lines = [entry for entry in budget["lines"] if entry["kind"] == kind]
        if lines:
            rows.append(row(line(kind.label), style="group"))
            rows += [_cost(entry, money) for entry in lines]
            rows.append(row(line(_("Subtotal")), money(budget["totals"][kind]), style="subtotal"))
    rows.append(row(line(_("Total")), money(budget["total"]), style="total"))
    return [table(columns, rows)]


def _cost(entry: Snapshot, money: Any) -> dict[str, Any]:
    return row(
        line(entry["participant"]),
        line(entry["note"]),
        line(localize(entry["quantity"])),
        line(choice(Unit, entry["unit"])),
        money(entry["unit_cost"]),
        money(entry["amount"]),
    )


def _declarations(said: Snapshot) -> list[Block]:
    columns = ((_("Declaration"), 6.0, "left"), (_("Answer"), 1.0, "left"))
    answers = [
        row(line(field_label(name)), line(_("Yes") if said[name] else _("No"), style="strong"))
        for name in DECLARED
        if name in said
    ]
    return [table(columns, answers)] if answers else []


def _approval(approval: Snapshot) -> Block:
    return fields(
        [
            (_("Institution officer"), line(approval["officer_name"])),
            (_("E-mail address"), line(approval["officer_email"])),
            (_("Asked"), instant_lines(approval["asked_at"])),
            (_("Approved by the institution"), instant_lines(approval["approved_at"])),
            (_("Returned for correction"), instant_lines(approval["returned_at"])),
            (_("Reason"), line(approval["reason"])),
        ]
    )


READ: tuple[tuple[Section, str, Callable[[Any], list[Block]]], ...] = (
    (Section.FACTS, "facts", _facts),
    (Section.CASE, "case", _case),
    (Section.PROGRAMME, "programme", _programme),
    (Section.PARTICIPANTS, "participants", _participants),
    (Section.BUDGET, "budget", _budget),
    (Section.DECLARATIONS, "declarations", _declarations),
)
"""Each section, the part of the snapshot it is made of, and how; what a reader may not see is no part of theirs."""

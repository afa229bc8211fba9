"""R28: until when a change is asked for, what a record says once a participant comes or goes, what a change breaks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from reviews.rules.report import is_over
from seminars.rules.dossier import Dossier, ParticipantFacts, Violation

Mark = tuple[str, str, str, object]


def is_past(last_day: date, country: str, zones: Mapping[str, str], at: datetime) -> bool:
    """Say whether a seminar's last day is over at ``at`` where it takes place: its report tells from then on (R28).

    ``country`` is the venue's. ``zones`` has the time zone of each agency by its country; in a country of neither, the
    day is over once it is over in all of them.
    """
    return is_over(last_day, [zones[country]] if country in zones else zones.values(), at)


def with_person(dossier: Dossier, old: ParticipantFacts | None, new: ParticipantFacts | None) -> Dossier:
    """Return a record with ``new`` in the place of ``old``; without either it is an addition, or a removal.

    Lines of the budget go with the place: they are the new person's, or nobody's.
    """
    if old is None:
        return replace(dossier, participants=(*dossier.participants, new)) if new else dossier
    placed = [new if person.id == old.id else person for person in dossier.participants]
    lines = tuple(
        replace(line, participant=new) if line.participant and line.participant.id == old.id else line
        for line in dossier.lines
    )
    return replace(dossier, participants=tuple(person for person in placed if person), lines=lines)


def same_person(dossier: Dossier, person: ParticipantFacts) -> ParticipantFacts | None:
    """Return who is the same person in another record, or nothing; its coordinators stay who they are (R10)."""
    others = (other for other in dossier.participants if other.role != "coordinator")
    return next((other for other in others if other.is_same_person(person)), None)


def mark(violation: Violation) -> Mark:
    """Return what makes two violations the same one: what is said, where, and of whom."""
    return (violation.rule, violation.code, violation.field, violation.params.get("name"))


def newly_broken(before: Iterable[Violation], after: Iterable[Violation]) -> list[Violation]:
    """Return the violations that a change brings, warnings included."""
    known = {mark(violation) for violation in before}
    return [violation for violation in after if mark(violation) not in known]

"""R28: what a record says once a participant is added, replaced or removed, and what a change breaks."""

from collections.abc import Iterable
from dataclasses import replace

from seminars.rules.dossier import Dossier, ParticipantFacts, Violation

Mark = tuple[str, str, str, object]


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

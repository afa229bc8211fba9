"""All the rules on one record, in the order of its sections."""

from seminars.rules import budget, case, dates, facts, filing, listed_half, pair, people, programme
from seminars.rules.dossier import Dossier, Terms, Violation
from seminars.rules.listed_half import ListedFacts

SECTIONS = (
    "facts",
    "coordinators",
    "case",
    "programme",
    "participants",
    "budget",
    "attachments",
    "declarations",
)


def check(
    dossier: Dossier, terms: Terms, partner: Dossier | None = None, row: ListedFacts | None = None
) -> tuple[Violation, ...]:
    """Return everything missing or wrong (R3–R19), blocking or not, by section.

    The other half is ``partner``, or ``row`` where it is known from the other agency's list only.
    The same results feed the completeness list, the forms, the submit button and the officers' pages. Time is
    judged apart (``rules.deadline``), because it changes while nobody edits.
    """
    found = (
        *facts.check(dossier, terms),
        *dates.check(dossier, terms),
        *filing.check(dossier, terms),
        *case.check(dossier),
        *programme.check(dossier),
        *people.check(dossier, terms, partner),
        *budget.check(dossier, terms, partner),
        *pair.check(dossier, partner, is_listed=row is not None),
        *(listed_half.check(dossier, row) if row else ()),
    )
    return tuple(sorted(found, key=lambda violation: (SECTIONS.index(violation.section), not violation.blocking)))


def blocking(violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Return the violations that stop a submission."""
    return tuple(violation for violation in violations if violation.blocking)

"""R6 to R8: when the seminar takes place, in days of the venue's calendar."""

from datetime import date

from seminars.rules.dossier import Dossier, Terms, Violation


def seminar_days(start_on: date, end_on: date) -> int:
    """Return the number of seminar days, both ends included; below 1 when the end is before the start.

    Travel, preparatory and debriefing days are sessions of their own kinds and never count (R8).
    """
    return (end_on - start_on).days + 1


def check_span(start_on: date | None, end_on: date | None, terms: Terms) -> tuple[Violation, ...]:
    """Return what is wrong with a first and a last day: missing, reversed, length (R7), window (R6)."""
    missing = tuple(
        Violation("missing", "", "facts", field)
        for field, value in (("start_on", start_on), ("end_on", end_on))
        if value is None
    )
    if start_on is None or end_on is None:
        return missing
    if end_on < start_on:
        return (Violation("end_before_start", "R7", "facts", "end_on"),)
    found = []
    days = seminar_days(start_on, end_on)
    bounds = {"days": days, "minimum": terms.min_days, "maximum": terms.max_days}
    if not terms.min_days <= days <= terms.max_days:
        found.append(Violation("length", "R7", "facts", "end_on", bounds))
    window = {"first": terms.window_start_on, "last": terms.window_end_on}
    if start_on < terms.window_start_on:
        found.append(Violation("window", "R6", "facts", "start_on", window))
    if end_on > terms.window_end_on:
        found.append(Violation("window", "R6", "facts", "end_on", window))
    return tuple(found)


def check(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return what is wrong with the seminar's dates (R6, R7)."""
    return check_span(dossier.shared.start_on, dossier.shared.end_on, terms)

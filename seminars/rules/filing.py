"""R4, R5 and the rest of what one side's procedure asks: track, number, approval, attachments, declarations."""

from seminars.rules import bounds
from seminars.rules.dossier import Dossier, Terms, Violation


def check_track(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return whether the record is filed under a call that is not accepted (R4)."""
    if not terms.required_track:
        return ()
    if not dossier.track:
        return (Violation("missing", "R4", "coordinators", "track"),)
    if dossier.track != terms.required_track:
        return (Violation("track", "R4", "coordinators", "track"),)
    return ()


def check_officer(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return whether the institution's officer is missing, or is a coordinator who would approve alone (R5)."""
    if not terms.asks_institution_approval:
        return ()
    officer = dossier.institution_officer_email.casefold()
    if not officer:
        return (Violation("missing", "R5", "coordinators", "institution_officer_email"),)
    if any(person.role == "coordinator" and person.email.casefold() == officer for person in dossier.participants):
        return (Violation("approves_alone", "R5", "coordinators", "institution_officer_email"),)
    return ()


def check_attachments(dossier: Dossier) -> tuple[Violation, ...]:
    """Return whether there are too many attachments, or one is too large."""
    found = []
    if len(dossier.attachment_sizes) > bounds.ATTACHMENTS:
        params = {"count": len(dossier.attachment_sizes), "maximum": bounds.ATTACHMENTS}
        found.append(Violation("attachments", "", "attachments", "", params))
    if any(size > bounds.ATTACHMENT_BYTES for size in dossier.attachment_sizes):
        found.append(Violation("attachment_size", "", "attachments"))
    return tuple(found)


def check(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return what this side's procedure still asks for."""
    found = [*check_track(dossier, terms), *check_officer(dossier, terms), *check_attachments(dossier)]
    if terms.asks_application_number and not dossier.application_number:
        found.append(Violation("missing", "", "coordinators", "application_number"))
    if terms.asks_director_agreement:
        if not dossier.director_name:
            found.append(Violation("missing", "", "coordinators", "director_name"))
        if not dossier.director_agrees:
            found.append(Violation("declaration", "", "declarations", "director_agrees"))
    found += [
        Violation("declaration", "", "declarations", name)
        for name, declared in dossier.declarations.items()
        if not declared
    ]
    return tuple(found)

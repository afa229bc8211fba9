"""A half that is known from the other agency's list: as plain values for the rules, and in words beside the record."""

from django.utils.translation import get_language

from accounts import formats
from seminars.models import ListedApplication, Proposal
from seminars.queries.comparison import TEXTS, Fact, Lines, fact_label, written
from seminars.queries.dossiers import dossier_of, listed_facts
from seminars.queries.shared import FACT_OF
from seminars.rules.apart import lines_apart, words_apart
from seminars.rules.listed_half import differences


def apart(proposal: Proposal) -> dict[str, bool]:
    """Return the facts on which a record and its listed half differ, each with whether it blocks; blocking ones first.

    Fetch the record ``with_dossier()``; none without such a half.
    """
    row = listed_facts(proposal)
    found: dict[str, bool] = {}
    for difference in differences(dossier_of(proposal), row) if row else ():
        fact = FACT_OF.get(difference.field, difference.field)
        found[fact] = found.get(fact, False) or difference.blocking
    return found


def facts_apart(proposal: Proposal) -> tuple[Fact, ...]:
    """Return the facts on which a record and its listed half differ, in words; fetch it ``with_pairing()`` as well."""
    return tuple(_fact(proposal, name, blocking) for name, blocking in apart(proposal).items())


def _fact(proposal: Proposal, name: str, blocking: bool) -> Fact:
    mine, theirs = written(proposal, name), said(proposal, name)
    if name in TEXTS:
        own, other = words_apart("".join(mine), "".join(theirs))
        lines: tuple[Lines, Lines] = ((own,), (other,))
    else:
        lines = lines_apart(mine, theirs)
    return Fact(name, fact_label(name), blocking, *lines, takeable=False, fingerprint="")


def said(proposal: Proposal, fact: str) -> tuple[str, ...]:
    """Return what the listed half of a record says of a fact as lines in the active language; nothing is no line."""
    row, language = proposal.listed, (get_language() or "en")[:2]
    match fact:
        case "dates":
            return dates(row)
        case "venue_country":
            code = getattr(row, fact)
            return (formats.country(code, language),) if code else ()
        case "coordinators":
            return _coordinators(proposal, language)
    return (text,) if (text := getattr(row, fact)) else ()


def dates(row: ListedApplication | None) -> tuple[str, ...]:
    """Return the dates of a row in words: both as one line, or the one that is known."""
    language = (get_language() or "en")[:2]
    if row and row.start_on and row.end_on:
        return (formats.days(row.start_on, row.end_on, language),)
    return tuple(formats.day(day, language) for day in (row.start_on, row.end_on) if day) if row else ()


def _coordinators(proposal: Proposal, language: str) -> tuple[str, ...]:
    row = proposal.listed
    if row is None:
        return ()
    partner = f"{row.partner_given_name} {row.partner_family_name}".strip()
    named = ((proposal.side.agency.country, (partner,)), (row.side.agency.country, (row.latin_name, row.kanji_name)))
    return tuple(
        formats.labelled(formats.country(side, language), ", ".join(filter(None, who)), language)
        for side, who in named
        if any(who)
    )

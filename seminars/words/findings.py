"""What the rules say of a case, in the words of officers: each rule's title, its findings, and what it looked at."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import formats
from seminars.choices import CostKind, LaboratoryKind, ProposalState, Track
from seminars.rules.budget import totals
from seminars.rules.dates import seminar_days
from seminars.rules.dossier import Dossier, Violation
from seminars.rules.eligibility import HalfFacts, Result
from seminars.rules.people import distinct_laboratories
from seminars.words import wording

Words = str | Promise

TITLES: Mapping[str, Words] = {
    "R1": _("Filed before the deadline of the first side"),
    "R2": _("Filed before the deadline of the other side"),
    "R3": _("Both halves of a pair, confirmed and submitted"),
    "R4": _("Filed under the track that the call asks for"),
    "R5": _("Approved by the institution"),
    "R6": _("Within the window of the call"),
    "R7": _("Number of seminar days"),
    "R8": _("Travel, preparatory and debriefing days apart"),
    "R9": _("Host country"),
    "R10": _("One coordinator a side, two different people"),
    "R11": _("Laboratories in both countries"),
    "R12": _("Coordinator and speakers work where they must"),
    "R13": _("Theme and priority areas"),
    "R14": _("Budget within the maximum"),
    "R15": _("Only costs that the agency pays"),
    "R16": _("Amounts as the currency has them"),
    "R17": _("Nothing charged to both sides"),
    "R18": _("A small number of participants"),
    "R19": _("Young statutory researchers"),
    "R20": _("One application by each coordinator"),
    "": _("Everything filled in"),
}

OF_SOMEBODY_ELSE: Mapping[str, Words] = {
    "no_partner": _("No record of the other agency is paired with this one."),
    "pair_unconfirmed": _("The pair was not confirmed by both coordinators."),
    "difference": _("The partner's record says something else: %(fact)s."),
    "charged_twice": _("%(kind)s for %(name)s is in the partner's budget too: only one side may pay it."),
    "not_filed": _("The record was not submitted in time: %(state)s."),
    "not_approved": _("The institution has not approved the record."),
    "late": _("The record was submitted after the deadline: %(counted_at)s."),
    "admitted_late": _("The record was submitted under a late admission: %(counted_at)s."),
    "corrected_late": _("The record was corrected after the deadline, as the agency had asked: %(counted_at)s."),
    "several_records": _("The same person has filed another record on this side: %(records)s."),
    "same_name": _("Somebody of the same name has filed another record on this side: %(records)s."),
}
"""What the rules find, said to somebody who is neither of the coordinators; other codes read as in the form."""


def said(violation: Violation) -> str:
    """Return a violation as one sentence to an officer, in the active language."""
    sentence = OF_SOMEBODY_ELSE.get(violation.code)
    if sentence is None:
        return wording.words(violation)
    params = violation.params
    fact, kind, state = (str(params.get(name, "")) for name in ("fact", "kind", "state"))
    counted_at = params.get("counted_at")
    return str(sentence) % {
        "fact": wording.field_label(fact),
        "kind": CostKind(kind).label if kind else "",
        "name": params.get("name", ""),
        "state": ProposalState(state).label if state else "",
        "records": params.get("records", ""),
        "counted_at": instant(counted_at) if isinstance(counted_at, datetime) else "",
    }


def instant(at: datetime) -> str:
    """Return an instant by the reader's clock, then by the others of Paris and Tokyo."""
    language = (get_language() or "en")[:2]
    return formats.separator(language).join(formats.clocks(at, language, timezone.get_current_timezone_name()))


def reasons(results: Iterable[Result], *, weight: str) -> str:
    """Return what the rules find with ``weight`` as a list in the active language, each line with its rule's number.

    A sentence that both records give is told once.
    """
    lines = [
        f"– {said(finding.violation)} ({finding.violation.rule})"
        for result in results
        for finding in result.findings
        if finding.weight == weight and finding.violation.rule
    ]
    return "\n".join(dict.fromkeys(lines))


def looked_at(rule: str, half: HalfFacts, *, is_first: bool) -> str:
    """Return what a rule looked at on one side, in short; "" where the side has nothing to do with it."""
    filing, dossier = half.filing, half.dossier
    if filing is None:
        return ""
    if rule in ("R1", "R2"):
        if (rule == "R1") != is_first:
            return ""
        if filing.counted_at is None:
            return str(_("Not known here"))
        values = {"counted": instant(filing.counted_at), "deadline": instant(half.terms.deadline_at)}
        words = str(_("Counted %(counted)s; deadline %(deadline)s") % values)
        if filing.admitted_until:
            admitted = _("admitted late until %(until)s") % {"until": instant(filing.admitted_until)}
            words = f"{words}; {admitted}"
        return words
    if rule == "R3":
        return str(ProposalState(filing.state).label)
    return _of_contents(rule, half, dossier) if dossier else _of_list(rule, half)


def _of_list(rule: str, half: HalfFacts) -> str:
    """Return what a rule looked at in a half that only its agency's list tells of."""
    if rule == "R4" and half.listed_track:
        return str(Track(half.listed_track).label)
    return str(_("Approved by the institution") if rule == "R5" and rule in half.known else _("Not known here"))


def _of_contents(rule: str, half: HalfFacts, dossier: Dossier) -> str:
    language, shared = (get_language() or "en")[:2], dossier.shared
    match rule:
        case "R4":
            return str(Track(dossier.track).label) if dossier.track else str(_("None asked for"))
        case "R5":
            if not half.terms.asks_institution_approval:
                return str(_("None asked for"))
            approved = half.filing is not None and half.filing.is_approved
            return str(_("Approved by the institution") if approved else _("Not approved"))
        case "R6" if shared.start_on and shared.end_on:
            return formats.days(shared.start_on, shared.end_on, language)
        case "R7" if shared.start_on and shared.end_on:
            days = seminar_days(shared.start_on, shared.end_on)
            return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
        case "R8":
            apart = [session for session in shared.sessions if session.kind != "seminar"]
            words = ngettext("%(number)d part besides the seminar", "%(number)d parts besides the seminar", len(apart))
            return words % {"number": len(apart)}
        case "R9" if shared.venue_country:
            return formats.country(shared.venue_country, language)
        case "R10":
            named = [*dossier.coordinators(dossier.side), *dossier.coordinators(dossier.partner_side)]
            return " · ".join(person.name for person in named)
        case "R11":
            places = distinct_laboratories(dossier.participants).values()
            return " · ".join(f"{place.name} ({formats.country(place.country, language)})" for place in places)
        case "R12":
            required = half.terms.required_laboratory_kind
            return str(LaboratoryKind(required).label) if required else str(_("None asked for"))
        case "R13":
            number = len(shared.areas)
            return ngettext("%(number)d priority area", "%(number)d priority areas", number) % {"number": number}
        case "R14":
            total = formats.money(dossier.total, half.terms.currency, language)
            cap = half.terms.cap
            most = formats.money(cap, half.terms.currency, language) if cap is not None else str(_("no maximum"))
            return f"{total} / {most}"
        case "R15":
            return " · ".join(str(CostKind(kind).label) for kind in totals(dossier.lines) if kind in CostKind.values)
        case "R16":
            return half.terms.currency
        case "R18":
            people = sum(person.side == dossier.side for person in dossier.participants)
            return ngettext("%(number)d person", "%(number)d people", people) % {"number": people}
        case "R19":
            young = sum(
                person.side == dossier.side and person.young and person.statutory for person in dossier.participants
            )
            return ngettext("%(number)d person", "%(number)d people", young) % {"number": young}
    return ""

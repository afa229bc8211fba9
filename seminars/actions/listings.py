"""Which record of the same side a row of a list is: known by the application number, as far as who holds it may see."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Upper

from seminars.choices import CONFIRMED, ProposalState
from seminars.models import CallAgency, ListedApplication, Proposal
from seminars.models.proposal_queries import ProposalQuerySet


def plain_number(number: str) -> str:
    """Return an application number as lists hold it: in capitals, without spaces."""
    return "".join(number.upper().split())


def by_number(records: ProposalQuerySet) -> dict[str, int]:
    """Return the records by their application number; a number that two of them give is no evidence for either."""
    found: dict[str, list[int]] = {}
    numbered = records.exclude(application_number="").exclude(state=ProposalState.WITHDRAWN)
    for pk, number in numbered.values_list("pk", Upper("application_number")):
        found.setdefault(plain_number(number), []).append(pk)
    return {number: pks[0] for number, pks in found.items() if len(pks) == 1}


def relink(side: CallAgency, numbers: Iterable[str]) -> None:
    """Look again which records the rows of these numbers are; rows in a pair stay as they are.

    Called in the transaction that writes a number down or confirms a pair, so that an application is recognised at
    once whether the list or the number came first. Who holds a row knows the records of its own agency, and others
    once they are in a confirmed pair with one of its own.
    """
    asked = {plain_number(number) for number in numbers} - {""}
    rows = ListedApplication.objects.filter(side=side, application_number__in=asked, seminar=None) if asked else ()
    known: dict[int, dict[str, int]] = {}
    for row in rows:
        if row.held_by_id not in known:
            known[row.held_by_id] = by_number(_seen(side, row.held_by_id))
        record_id = known[row.held_by_id].get(row.application_number)
        if row.record_id != record_id:
            ListedApplication.objects.filter(pk=row.pk).update(record=record_id)


def _seen(side: CallAgency, agency_id: int) -> ProposalQuerySet:
    records = Proposal.objects.filter(side=side)
    if side.agency_id == agency_id:
        return records
    paired = Proposal.objects.filter(side__agency=agency_id, seminar__state__in=CONFIRMED)
    return records.filter(Q(seminar__in=paired.values("seminar")))

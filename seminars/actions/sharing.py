"""Making the two records of a pair tell the same: filled in at the start, taken over later, or asked for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import HistoryEntry, User
from seminars import mails
from seminars.actions.locks import lock_pair
from seminars.actions.proposals import EditConflict, plain
from seminars.models import Laboratory, Participant, Proposal, Session
from seminars.permissions import Refused, require, take_refusal, tell_refusal
from seminars.queries.comparison import facts_of
from seminars.queries.shared import (
    COLUMNS,
    LABORATORY,
    PERSON,
    SESSION,
    coordinator_row,
    differing,
    fingerprint,
    is_takeable,
)

QUIET = timedelta(hours=1)
"""How long one does not write to the partner about the same fact again."""


def share_facts(source: Proposal, target: Proposal, *, at: datetime) -> None:
    """Fill a record that was just started with the facts of its partner's: columns, areas, sessions, coordinators.

    ``target`` holds its coordinator's own row; what ``source`` knows of that person besides fills its gaps.
    """
    columns = {column: getattr(source, column) for names in COLUMNS.values() for column in names}
    Proposal.objects.filter(pk=target.pk).update(**columns, facts_saved_at=at, changed_at=at)
    target.areas.set(source.areas.all())
    _copy_sessions(source, target, at)
    source_side, target_side = source.side.agency.country, target.side.agency.country
    if theirs := coordinator_row(source, source_side):
        _copy_person(theirs, target, None, at)
    if named := coordinator_row(source, target_side):
        own = Participant.objects.get(proposal=target, side=target_side, role="coordinator")
        gaps = {name: getattr(named, name) for name in PERSON if not getattr(own, name)}
        Participant.objects.filter(pk=own.pk).update(**gaps, laboratory=_laboratory(named.laboratory, target, at))


def _copy_sessions(source: Proposal, target: Proposal, at: datetime) -> None:
    Session.objects.bulk_create(
        Session(proposal=target, saved_at=at, **{name: getattr(session, name) for name in SESSION})
        for session in source.sessions.all()
    )


def _laboratory(laboratory: Laboratory | None, target: Proposal, at: datetime) -> Laboratory | None:
    """Return the record's own row of a laboratory, added when it names none that is the same (R11)."""
    if laboratory is None:
        return None
    known = Laboratory.objects.filter(proposal=target)
    same = next((row for row in known if row.identity == laboratory.identity), None)
    values = {name: getattr(laboratory, name) for name in LABORATORY}
    return same or Laboratory.objects.create(proposal=target, saved_at=at, **values)


def _copy_person(person: Participant, target: Proposal, row: Participant | None, at: datetime) -> None:
    """Write a coordinator of one record into another: over ``row``, or as a new row."""
    values = {name: getattr(person, name) for name in PERSON}
    values["laboratory"] = _laboratory(person.laboratory, target, at)
    if row is None:
        Participant.objects.create(proposal=target, side=person.side, role=person.role, saved_at=at, **values)
    else:
        Participant.objects.filter(pk=row.pk).update(**values, version=F("version") + 1, saved_at=at)


@transaction.atomic
def take_partner_value(proposal: Proposal, fact: str, *, seen: str, by: User, at: datetime) -> Proposal:
    """Write what the partner's record says of a shared fact into a draft, and return the draft.

    ``seen`` is the fingerprint of what both records said on the page (``shared.fingerprint``). Raises Refused, or
    EditConflict when either record says something else by now; then nothing is written (SAFETY 8).
    """
    proposal = lock_pair(proposal.pk)
    require(take_refusal(proposal, by, at))
    partner = proposal.partner
    if partner is None or fact not in differing(proposal):
        raise Refused(_("Your two records agree on this by now."))
    if not is_takeable(proposal, fact):
        raise Refused(_("Your partner's record says nothing here that you could take."))
    if fingerprint(proposal, fact) != seen:
        raise EditConflict
    before = _history(proposal, fact)
    section = _take(fact, partner, proposal, at)
    versions = {f"{section}_version": F(f"{section}_version") + 1, f"{section}_saved_at": at} if section else {}
    Proposal.objects.filter(pk=proposal.pk).update(**versions, changed_at=at)
    record(proposal, "partner_value_taken", by=by, at=at, before=before, after=_history(partner, fact))
    return Proposal.objects.with_side().get(pk=proposal.pk)


def _history(proposal: Proposal, fact: str) -> dict[str, Any]:
    """Return what a record says of a fact as the history keeps it: by field, the same whoever reads."""
    if fact == "sessions":
        rows = proposal.sessions.all()
        return {fact: [f"{row.on} {row.starts:%H:%M}–{row.ends:%H:%M} {row.title} ({row.speaker})" for row in rows]}
    if fact == "coordinators":
        people = [person for person in proposal.participants.all() if person.role == "coordinator"]
        return {fact: [f"{person.side}: {person.latin_name} {person.email}" for person in people]}
    if fact == "areas":
        return {fact: [area.title_en for area in proposal.areas.all()]}
    if fact == "theme":
        return {fact: proposal.theme.title_en if proposal.theme else ""}
    return {column: plain(getattr(proposal, column)) for column in COLUMNS[fact]}


def _take(fact: str, partner: Proposal, proposal: Proposal, at: datetime) -> str:
    """Write one fact over, and return the section whose version must move; rows have versions of their own."""
    if fact == "sessions":
        proposal.sessions.all().delete()
        _copy_sessions(partner, proposal, at)
        return ""
    if fact == "coordinators":
        side = partner.side.agency.country
        theirs = coordinator_row(partner, side)
        if theirs is not None:
            _copy_person(theirs, proposal, coordinator_row(proposal, side), at)
        return "coordinators"
    if fact == "areas":
        proposal.areas.set(partner.areas.all())
    else:
        values = {column: getattr(partner, column) for column in COLUMNS[fact]}
        Proposal.objects.filter(pk=proposal.pk).update(**values)
    return "facts"


@transaction.atomic
def tell_partner(proposal: Proposal, facts: Collection[str], *, note: str, by: User, at: datetime) -> tuple[str, ...]:
    """Write to the partner which shared facts differ, and return those told.

    A fact told less than an hour ago is left out. Raises Refused when nothing is left to tell.
    """
    proposal = lock_pair(proposal.pk)
    require(tell_refusal(proposal, by, at))
    partner = proposal.partner
    differ = [fact for fact in differing(proposal) if fact in facts]
    recent = told_lately(proposal, at=at)
    told = tuple(fact for fact in differ if fact not in recent)
    if not differ:
        raise Refused(_("Your two records agree on this by now."))
    if partner is None or not told:
        raise Refused(_("You told your partner about this less than an hour ago. Please give them a little time."))
    record(proposal, "partner_told", by=by, at=at, after={"facts": list(told)}, reason=note)
    mails.partner_asks(
        proposal, partner, lambda: [fact for fact in facts_of(partner) if fact.name in told], note, at=at
    )
    return told


def told_lately(proposal: Proposal, *, at: datetime) -> frozenset[str]:
    """Return the facts about which the partner was written to within the hour before ``at``."""
    entries = HistoryEntry.objects.about(proposal).filter(verb="partner_told", at__gt=at - QUIET)
    return frozenset(fact for after in entries.values_list("after", flat=True) for fact in after["facts"])

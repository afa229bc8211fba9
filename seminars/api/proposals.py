"""Records: the agency's own, and the other agency's as far as they are paired with one of them."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from accounts.http import arrival_of
from seminars.api.bearer import reads, token_of
from seminars.api.values import (
    CALL,
    CURSOR,
    LIMIT,
    SIDE,
    SINCE,
    STATE,
    Instant,
    Money,
    Since,
    Texts,
    instant,
    money,
    texts,
)
from seminars.choices import ApiRight, ProposalState, SeminarState, ToldOutcome
from seminars.models import ApiToken, Call, Proposal, Submission
from seminars.models.proposal_queries import ProposalQuerySet
from seminars.queries.fetching import AMOUNT
from seminars.queries.snapshots import snapshot_of

router = Router()
CONTACTS = ("email", "phone", "orcid")


class Venue(Schema):
    """Where the seminar takes place; the country by its ISO 3166 code."""

    name: str
    city: str
    country: str


class Coordinator(Schema):
    """Who files the record; the address only for tokens that may read contact details."""

    family_name: str
    given_name: str
    family_name_kanji: str
    given_name_kanji: str
    institution: str
    email: str | None


class Receipt(Schema):
    """The filing in force; `counted_at` is empty until the institution has approved."""

    number: str
    arrived_at: Instant
    counted_at: Instant | None
    sha256: str


class Told(Schema):
    """What the coordinators have been told about eligibility."""

    outcome: ToldOutcome
    told_at: Instant


class ProposalOut(Schema):
    """A record in short. `id` never changes; `pair` is the id of a pair that both coordinators confirmed.

    `eligibility` is empty until the coordinators are told, and for tokens that may not read decisions.
    """

    id: int
    call: str
    agency: str
    state: ProposalState
    title: Texts
    start_on: date | None
    end_on: date | None
    venue: Venue
    track: str
    application_number: str
    coordinator: Coordinator
    requested: Money
    receipt: Receipt | None
    pair: int | None
    eligibility: Told | None
    created_at: Instant
    changed_at: Instant


class Proposals(Schema):
    """A page of records by id; `next` is the cursor of the page after it, or null."""

    items: list[ProposalOut]
    next: int | None


class ProposalWhole(ProposalOut):
    """A record with all it says: frozen as it was filed while a filing is in force, else as it stands now.

    Without the right to contact details, addresses, telephone numbers and ORCID iDs are left out; `receipt.sha256`
    is that of the whole.
    """

    is_frozen: bool
    content: dict[str, Any]


def with_listing(records: ProposalQuerySet) -> ProposalQuerySet:
    """Fetch what a record in short says, in two queries."""
    in_force = Submission.objects.in_force().defer("snapshot")
    return records.with_side().annotate(amount=AMOUNT).prefetch_related(Prefetch("submissions", in_force, "filed"))


def seen_by(token: ApiToken) -> ProposalQuerySet:
    """Return the records that officers of the token's agency see on their desk."""
    calls = Call.objects.run_by(token).values("pk")
    return Proposal.objects.overseen_by(token).filter(side__call__in=calls)


def in_short(record: Any, rights: Collection[str], at: datetime) -> dict[str, Any]:
    """Return a record fetched ``with_listing`` as plain values."""
    person, filed = record.coordinator, next(iter(record.filed), None)
    is_paired = record.seminar is not None and record.seminar.state != SeminarState.FORMING
    names = ("family_name", "given_name", "family_name_kanji", "given_name_kanji", "institution")
    return {
        **{name: getattr(record, name) for name in ("start_on", "end_on", "track", "application_number")},
        "id": record.pk,
        "call": record.side.call.code,
        "agency": record.side.agency.code,
        "state": record.state_at(at),
        "title": texts(record, "title"),
        "venue": {"name": record.venue_name, "city": record.venue_city, "country": record.venue_country},
        "coordinator": {
            **{name: getattr(person, name) for name in names},
            "email": person.email if ApiRight.CONTACTS in rights else None,
        },
        "requested": money(record.amount, record.side),
        "receipt": filed and _receipt(filed),
        "pair": record.seminar_id if is_paired else None,
        "eligibility": told_of(record, rights),
        "created_at": instant(record.created_at),
        "changed_at": instant(record.changed_at),
    }


def told_of(record: Proposal, rights: Collection[str]) -> dict[str, Any] | None:
    """Return what the coordinators have been told, for whoever may read decisions (SAFETY 2)."""
    if ApiRight.DECISIONS not in rights or not record.told_outcome:
        return None
    return {"outcome": record.told_outcome, "told_at": instant(record.told_at)}


def _receipt(filed: Submission) -> dict[str, Any]:
    return {
        "number": filed.number,
        "arrived_at": instant(filed.arrived_at),
        "counted_at": instant(filed.counted_at),
        "sha256": filed.sha256,
    }


def _content(record: Any, filed: Submission | None, rights: Collection[str]) -> dict[str, Any]:
    """Return what a record says, frozen or as it stands, without contact details where there is no right to them."""
    said: dict[str, Any] = json.loads(filed.snapshot) if filed else snapshot_of(record)
    if ApiRight.CONTACTS not in rights:
        for person in said["participants"]:
            for name in CONTACTS:
                person.pop(name, None)
        said["filing"].pop("institution_officer_email", None)
    return said


@reads(router, "/proposals", ApiRight.PROPOSALS, Proposals)
def list_proposals(
    request: HttpRequest,
    call: str = CALL,
    side: str = SIDE,
    state: ProposalState | None = STATE,
    changed_since: Since | None = SINCE,
    cursor: int = CURSOR,
    limit: int = LIMIT,
) -> dict[str, Any]:
    """List records in the order of their ids: the agency's own, and those of the other agency paired with them."""
    token, at = token_of(request), arrival_of(request)
    found: Any = seen_by(token).filter(pk__gt=cursor)
    if call:
        found = found.filter(side__call__code=call)
    if side:
        found = found.filter(side__agency__code=side)
    if state:
        found = found.with_state_at(at).filter(state_now=state.value)
    if changed_since:
        changed = Q(changed_at__gte=changed_since) | Q(seminar__paired_at__gte=changed_since)
        if ApiRight.DECISIONS in token.rights:
            changed |= Q(told_at__gte=changed_since)
        found = found.filter(changed)
    page = list(with_listing(found).order_by("pk")[: limit + 1])
    items = [in_short(record, token.rights, at) for record in page[:limit]]
    return {"items": items, "next": items[-1]["id"] if len(page) > limit else None}


@reads(router, "/proposals/{int:number}", ApiRight.PROPOSALS, ProposalWhole)
def read_proposal(request: HttpRequest, number: int) -> dict[str, Any]:
    """Read one record with all it says."""
    token, at = token_of(request), arrival_of(request)
    record: Any = get_object_or_404(with_listing(seen_by(token).with_dossier()), pk=number)
    filed = next(iter(record.filed), None)
    return {
        **in_short(record, token.rights, at),
        "is_frozen": filed is not None,
        "content": _content(record, filed, token.rights),
    }

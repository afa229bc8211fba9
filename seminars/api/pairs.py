"""Confirmed pairs, with where their two halves differ."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from accounts.http import arrival_of
from seminars.api.bearer import reads, token_of
from seminars.api.proposals import seen_by, told_of
from seminars.api.values import CALL, CURSOR, LIMIT, Instant, instant
from seminars.choices import ANNOUNCED, ApiRight, ProposalState, SeminarState
from seminars.models import ApiToken, Call, ListedApplication, Proposal, Seminar
from seminars.models.seminar import SeminarQuerySet
from seminars.queries.listed import apart
from seminars.queries.shared import COLUMNS, SESSION, coordinator_row, differing

router = Router()
PERSON = ("side", "family_name", "given_name", "family_name_kanji", "given_name_kanji")


class Half(Schema):
    """One record of the pair."""

    id: int
    agency: str
    state: ProposalState


class ListedHalf(Schema):
    """The other half, where it is filed with its agency directly: known from the list of that agency only."""

    agency: str
    application_number: str


class Difference(Schema):
    """A shared fact that the two halves tell differently; what each says is under the code of its agency."""

    fact: str
    is_blocking: bool
    values: dict[str, Any]


class PairOut(Schema):
    """A pair. `id` and `number` never change; `state` is `paired` until the coordinators are told what was decided."""

    id: int
    number: str
    call: str
    state: SeminarState
    paired_at: Instant
    records: list[Half]
    listed: ListedHalf | None
    differences: list[Difference]


class Pairs(Schema):
    """A page of pairs by id; `next` is the cursor of the page after it, or null."""

    items: list[PairOut]
    next: int | None


def _seen_by(token: ApiToken) -> SeminarQuerySet:
    calls = Call.objects.run_by(token).values("pk")
    return Seminar.objects.overseen_by(token).filter(call__in=calls).select_related("call")


def _said(record: Proposal, fact: str, rights: Collection[str]) -> Any:
    """Return what a record says of a shared fact, as JSON."""
    if fact == "areas":
        return sorted(area.code for area in record.areas.all())
    if fact == "sessions":
        return [{name: _plain(getattr(row, name)) for name in SESSION} for row in record.sessions.all()]
    if fact == "theme":
        return record.theme.code if record.theme else None
    if fact == "coordinators":
        named = (*PERSON, "email") if ApiRight.CONTACTS in rights else PERSON
        sides = sorted(country.country for country in record.side.call.countries.all())
        people = [person for side in sides if (person := coordinator_row(record, side))]
        return [{name: getattr(person, name) for name in named} for person in people]
    values = {name: _plain(getattr(record, name)) for name in COLUMNS[fact]}
    return values if len(values) > 1 else values[fact]


def _said_by_list(row: ListedApplication, fact: str, opposite: str, rights: Collection[str]) -> Any:
    """Return what a row of a list says of a shared fact, as JSON; ``opposite`` is the country of the other side."""
    if fact == "coordinators":
        named = (*PERSON[1:], "email") if ApiRight.CONTACTS in rights else PERSON[1:]
        own = {name: getattr(row, name) for name in named}
        partner = {name: getattr(row, f"partner_{name}", "") for name in named}
        people = [{"side": row.side.agency.country, **own}, {"side": opposite, **partner}]
        return sorted(people, key=lambda person: person["side"])
    values = {name: _plain(getattr(row, name)) for name in COLUMNS[fact]}
    return values if len(values) > 1 else values[fact]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _state(seminar: Seminar, own: Proposal, rights: Collection[str]) -> str:
    """Return where a pair stands, as far as the coordinators have been told and decisions may be read."""
    if seminar.state in ANNOUNCED:
        return seminar.state if ApiRight.DECISIONS in rights else SeminarState.PAIRED
    told = told_of(own, rights)
    known = SeminarState.ELIGIBLE if seminar.state == SeminarState.IN_REVIEW else seminar.state
    is_told = told is not None and told["outcome"] == known
    return known if is_told else SeminarState.PAIRED


def _pairs(seminars: Iterable[Seminar], token: ApiToken, at: datetime) -> list[dict[str, Any]]:
    """Return pairs with their records and differences, in a fixed number of queries."""
    wanted = {seminar.pk: seminar for seminar in seminars}
    own = seen_by(token).filter(seminar__in=wanted).that_stand_for(token).with_dossier()
    records = {record.seminar_id: record for record in own}
    return [_pair(seminar, records[pk], token, at) for pk, seminar in wanted.items() if pk in records]


def _pair(seminar: Seminar, own: Proposal, token: ApiToken, at: datetime) -> dict[str, Any]:
    halves = sorted(filter(None, (own, own.partner)), key=lambda half: half.side.agency.accent)
    row = own.listed
    code = row.side.agency.code if row else ""
    return {
        "id": seminar.pk,
        "number": str(seminar),
        "call": seminar.call.code,
        "state": _state(seminar, own, token.rights),
        "paired_at": instant(seminar.paired_at),
        "records": [{"id": half.pk, "agency": half.side.agency.code, "state": half.state_at(at)} for half in halves],
        "listed": {"agency": code, "application_number": row.application_number} if row else None,
        "differences": [
            {
                "fact": fact,
                "is_blocking": is_blocking,
                "values": {half.side.agency.code: _said(half, fact, token.rights) for half in halves}
                | ({code: _said_by_list(row, fact, own.side.agency.country, token.rights)} if row else {}),
            }
            for fact, is_blocking in (apart(own) if row else differing(own)).items()
        ],
    }


@reads(router, "/pairs", ApiRight.PAIRS, Pairs)
def list_pairs(request: HttpRequest, call: str = CALL, cursor: int = CURSOR, limit: int = LIMIT) -> dict[str, Any]:
    """List the pairs that one of the agency's applications belongs to, in the order of their ids."""
    token, at = token_of(request), arrival_of(request)
    found = _seen_by(token).filter(pk__gt=cursor)
    if call:
        found = found.filter(call__code=call)
    page = list(found.order_by("pk")[: limit + 1])
    items = _pairs(page[:limit], token, at)
    return {"items": items, "next": items[-1]["id"] if len(page) > limit else None}


@reads(router, "/pairs/{int:number}", ApiRight.PAIRS, PairOut)
def read_pair(request: HttpRequest, number: int) -> dict[str, Any]:
    """Read one pair by its id."""
    token = token_of(request)
    seminar = get_object_or_404(_seen_by(token), pk=number)
    return _pairs([seminar], token, arrival_of(request))[0]

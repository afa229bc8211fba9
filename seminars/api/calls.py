"""Calls, as the officers of the token's agency see them on their desk."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from accounts.http import arrival_of
from seminars.api.bearer import reads, token_of
from seminars.api.values import Announced, Instant, Money, Texts, instant, money, texts
from seminars.choices import ApiRight, CallState, CostKind
from seminars.models import Call, CallAgency

router = Router()


class Side(Schema):
    """One agency's side of a call."""

    agency: str
    deadline: Announced
    deadline_is_confirmed: bool
    currency: str
    cap: Money | None
    cost_kinds: list[CostKind]
    required_track: str


class Item(Schema):
    """Something to choose or to judge by; the code never changes."""

    code: str
    title: Texts


class Theme(Item):
    """A field of science; one that is not admitted is refused."""

    is_admitted: bool


class Criterion(Item):
    """A criterion of selection."""

    weight: str
    guidance: Texts


class CallOut(Schema):
    """A call with its terms."""

    code: str
    title: Texts
    summary: Texts
    year: int
    seminar_year: int
    state: CallState
    is_published: bool
    opens_at: Instant
    sides: list[Side]
    window_start_on: date
    window_end_on: date
    min_days: int
    max_days: int
    host_countries: list[str]
    capacity: int | None
    results_from_on: date
    results_until_on: date
    report_days: int
    themes: list[Theme]
    priority_areas: list[Item]
    criteria: list[Criterion]


class Calls(Schema):
    """The calls, newest first."""

    items: list[CallOut]


def _side(side: CallAgency) -> dict[str, Any]:
    return {
        "agency": side.agency.code,
        "deadline": {
            "at": instant(side.deadline_at),
            "local_date": side.deadline_on,
            "local_time": side.deadline_time.isoformat(),
            "zone": side.deadline_zone,
        },
        "deadline_is_confirmed": side.deadline_confirmed,
        "currency": side.currency,
        "cap": money(side.cap, side),
        "cost_kinds": [cost.kind for cost in side.cost_kinds.all()],
        "required_track": side.required_track,
    }


def _item(item: Any, **more: Any) -> dict[str, Any]:
    return {"code": item.code, "title": texts(item, "title"), **more}


def _call(call: Call, at: datetime) -> dict[str, Any]:
    same = ("code", "year", "seminar_year", "is_published", "window_start_on", "window_end_on", "min_days", "max_days")
    return {
        **{name: getattr(call, name) for name in (*same, "capacity", "report_days")},
        "title": texts(call, "title"),
        "summary": texts(call, "summary"),
        "state": call.state_at(at),
        "opens_at": instant(call.opens_at),
        "sides": [_side(side) for side in call.sides.all()],
        "host_countries": list(call.host_countries),
        "results_from_on": call.announce_from_on,
        "results_until_on": call.announce_until_on,
        "themes": [_item(theme, is_admitted=theme.is_admitted) for theme in call.themes.all()],
        "priority_areas": [_item(area) for area in call.areas.all()],
        "criteria": [
            _item(criterion, weight=str(criterion.weight), guidance=texts(criterion, "guidance"))
            for criterion in call.criteria.all()
        ],
    }


@reads(router, "/calls", ApiRight.CALLS, Calls)
def list_calls(request: HttpRequest) -> dict[str, Any]:
    """List the calls that the agency takes part in, newest first, those not published yet included."""
    calls = Call.objects.run_by(token_of(request)).with_terms()
    return {"items": [_call(call, arrival_of(request)) for call in calls]}


@reads(router, "/calls/{slug:code}", ApiRight.CALLS, CallOut)
def read_call(request: HttpRequest, code: str) -> dict[str, Any]:
    """Read one call by its code."""
    call = get_object_or_404(Call.objects.run_by(token_of(request)).with_terms(), code=code)
    return _call(call, arrival_of(request))

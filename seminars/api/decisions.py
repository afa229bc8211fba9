"""Decisions on eligibility, once the coordinators have been told (SAFETY 2)."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Schema

from seminars.api.bearer import reads, token_of
from seminars.api.proposals import seen_by
from seminars.api.values import CALL, CURSOR, LIMIT, Instant, Texts, instant, texts
from seminars.choices import CONFIRMED, ApiRight, Eligibility
from seminars.models import EligibilityDecision

router = Router()


class DecisionOut(Schema):
    """One agency's decision in force, on its half of a pair or on a record without one."""

    id: int
    call: str
    agency: str
    pair: int | None
    proposal: int | None
    outcome: Eligibility
    rules: list[Any]
    reasons: Texts
    decided_at: Instant
    told_at: Instant


class Decisions(Schema):
    """A page of decisions by id; `next` is the cursor of the page after it, or null."""

    items: list[DecisionOut]
    next: int | None


def _decision(decision: EligibilityDecision) -> dict[str, Any]:
    return {
        "id": decision.pk,
        "call": decision.side.call.code,
        "agency": decision.side.agency.code,
        "pair": decision.seminar_id,
        "proposal": decision.proposal_id,
        "outcome": decision.outcome,
        "rules": decision.rules,
        "reasons": texts(decision, "reason"),
        "decided_at": instant(decision.decided_at),
        "told_at": instant(decision.told_at),
    }


@reads(router, "/decisions", ApiRight.DECISIONS, Decisions)
def list_decisions(request: HttpRequest, call: str = CALL, cursor: int = CURSOR, limit: int = LIMIT) -> dict[str, Any]:
    """List the decisions on records that the agency sees, of both agencies, once the coordinators have been told."""
    seen = seen_by(token_of(request))
    about = Q(proposal__in=seen.values("pk"))
    about |= Q(seminar__in=seen.filter(seminar__state__in=CONFIRMED).values("seminar"))
    found = EligibilityDecision.objects.in_force().filter(about, told_at__isnull=False, pk__gt=cursor)
    if call:
        found = found.filter(side__call__code=call)
    page = list(found.select_related("side__call", "side__agency").order_by("pk")[: limit + 1])
    items = [_decision(decision) for decision in page[:limit]]
    return {"items": items, "next": items[-1]["id"] if len(page) > limit else None}

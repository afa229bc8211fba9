"""A record, and a pair, with everything about it and its history."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import HistoryEntry
from accounts.policies import OFFICER, policy
from seminars.choices import CONFIRMED
from seminars.models import Call, Proposal, Seminar
from seminars.permissions import admit_refusal, end_admission_refusal, take_apart_refusal
from seminars.queries.casefile import casefile, with_casefile
from seminars.queries.comparison import facts_of
from seminars.queries.listed import facts_apart
from seminars.queries.overview import Overview
from seminars.views.desk_position import position_of
from seminars.views.notes import notes_of
from seminars.words import history

SHOWN = 100
"""How many deeds a page shows at first; ``?history=all`` shows them all."""


def _history(request: Request, records: Sequence[Proposal], seminar: Seminar | None) -> dict[str, Any]:
    """Return the history of records and of their pair, newest first; of a pair that is forming, nothing."""
    subjects: list[models.Model] = [*records, *([seminar] if seminar else [])]
    names = {(subject._meta.label_lower, subject.pk): subject_name(subject) for subject in subjects}
    reticent = [record.pk for record in records if record.side.agency_id not in request.user.officer_agencies]
    entries = HistoryEntry.objects.about(*subjects).select_related("actor")
    number = entries.count()
    shown = entries if request.GET.get("history") == "all" else entries[:SHOWN]
    return {
        "history": list(history.lines(shown, names, reticent=reticent)),
        "history_number": number,
        "history_more": number - SHOWN if request.GET.get("history") != "all" and number > SHOWN else 0,
    }


def subject_name(subject: models.Model) -> str:
    """Return how the history names a record, by its agency, or a pair."""
    return subject.side.agency.acronym if isinstance(subject, Proposal) else str(subject)


@policy(OFFICER)
@require_safe
def desk_proposal(request: Request, pk: int) -> HttpResponse:
    """Show one record: where it stands, what the rules find, all it says, and its history."""
    at, user = request.arrived_at, request.user
    call = get_object_or_404(Call.objects.run_by(user).with_sides(), sides__proposals=pk)
    overview = Overview(user, [call], at)
    proposal = get_object_or_404(with_casefile(overview.records), pk=pk)
    seminar = proposal.seminar if proposal.seminar and proposal.seminar.is_confirmed else None
    partner = proposal.partner if seminar else None
    overview.situate([proposal, partner] if partner else [proposal])
    context = {
        "call": call,
        "file": casefile(proposal, user=user, at=at),
        "seminar": seminar,
        "partner": partner,
        "facts": (facts_apart(proposal) or facts_of(proposal)) if seminar else (),
        "admit_refusal": admit_refusal(proposal, user, at),
        "end_refusal": end_admission_refusal(proposal, user, at),
        "position": position_of(request, pk, overview, call),
        **_history(request, [proposal], seminar),
        **notes_of(request, [proposal], seminar, on_pair=False),
    }
    return render(request, "seminars/desk/proposal.html", context)


@policy(OFFICER)
@require_safe
def desk_seminar(request: Request, pk: int) -> HttpResponse:
    """Show a confirmed pair: both records side by side, where they differ, all they say, and their history."""
    at, user = request.arrived_at, request.user
    paired = Seminar.objects.visible_to(user).filter(state__in=CONFIRMED)
    seminar = get_object_or_404(
        paired.filter(call__in=Call.objects.run_by(user)).select_related("call", "matched_by"), pk=pk
    )
    call = Call.objects.with_sides().get(pk=seminar.call_id)
    overview = Overview(user, [call], at)
    halves = with_casefile(overview.records.filter(seminar=seminar).order_by("side__agency__accent"))
    records = overview.situate(get_list_or_404(halves))
    context = {
        "call": call,
        "seminar": seminar,
        "files": [casefile(record, user=user, at=at) for record in records],
        "facts": facts_apart(records[0]) or facts_of(records[0]),
        "listed": records[0].listed,
        "apart_refusal": take_apart_refusal(seminar, user),
        **_history(request, records, seminar),
        **notes_of(request, records, seminar, on_pair=True),
    }
    return render(request, "seminars/desk/seminar.html", context)
